"""Who is staff: a browser with a session, or a program with the token."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie, MutableScopeHeaders
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException

from kiosk.console.http.admission import KNOWN, STAFF, STRANGER
from kiosk.console.http.context import context_of
from kiosk.console.http.known_browsers import COOKIE as BROWSER_COOKIE
from kiosk.console.http.known_browsers import KEPT_S
from kiosk.console.http.sessions import COOKIE, Session
from kiosk.store.errors import StoreError

if TYPE_CHECKING:
    from litestar.handlers import BaseRouteHandler
    from litestar.types import Message, Scope

    from kiosk.console.http.context import ConsoleContext

CSRF_HEADER = "X-CSRF-Token"

_SAFE = ("GET", "HEAD")
_COOKIE_SLOT = "radhaus_cookies"


async def staff_only(
    connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler
) -> None:
    """Guard: 401 without a staff session or token."""
    authorization = connection.headers.get("authorization")
    if authorization is not None:
        _check_token(connection, authorization)
        return
    session = session_of(connection)
    if session is None:
        raise NotAuthorizedException("Log in with the PIN, or send the API token.")
    if connection.scope.get("method") not in _SAFE:
        _check_csrf(connection, session)
        keep(connection, session)


def is_staff(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    """Whether a public request is by staff, who get more; a wrong token is refused with 401."""
    authorization = connection.headers.get("authorization")
    if authorization is not None:
        _check_token(connection, authorization)
        return True
    return session_of(connection) is not None


def session_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Session | None:
    """The valid session of a request, if it has one."""
    context = context_of(connection)
    cookie = connection.cookies.get(COOKIE)
    return context.sessions.unseal(cookie, context.now()) if cookie else None


def keep(connection: ASGIConnection[Any, Any, Any, Any], session: Session) -> None:
    """Answer with a fresh cookie: somebody is there, so the session is not idle."""
    context = context_of(connection)
    _answer_with(connection, context.sessions.seal(context.sessions.use(session, context.now())))


def forget(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Answer with the order to throw the cookie away."""
    _answer_with(connection, "", max_age=0)


def remember_browser(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Answer with the cookie by which strangers do not lock this browser out."""
    if known_browser(connection) is None:
        cookie = context_of(connection).known_browsers.new()
        _answer_with(connection, cookie, KEPT_S, BROWSER_COOKIE)


def known_browser(connection: ASGIConnection[Any, Any, Any, Any]) -> str | None:
    """The id of a browser in which staff have logged in before."""
    return context_of(connection).known_browsers.id_of(connection.cookies.get(BROWSER_COOKIE))


def who_asks(context: ConsoleContext, scope: Scope) -> str:
    """Who is to be answered before whom (see `Admission`). Refuses nobody: that comes later."""
    connection: ASGIConnection[Any, Any, Any, Any] = ASGIConnection(scope)
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    cookies = connection.cookies
    try:
        if scheme.lower() == "bearer" and context.secrets.token_opens(token.strip()):
            return STAFF
        if (sealed := cookies.get(COOKIE)) and context.sessions.unseal(sealed, context.now()):
            return STAFF
        return KNOWN if context.known_browsers.id_of(cookies.get(BROWSER_COOKIE)) else STRANGER
    except StoreError:
        return STRANGER


async def add_cookies(message: Message, scope: Scope) -> None:
    """A hook: put the cookies into the head of the answer."""
    cookies: dict[str, Cookie] = scope["state"].get(_COOKIE_SLOT, {})
    if message["type"] == "http.response.start":
        for cookie in cookies.values():
            MutableScopeHeaders.from_message(message).add("Set-Cookie", cookie.to_header(header=""))


def check_origin(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Refuse a login form from another site. Without a session there is no CSRF token yet."""
    origin = connection.headers.get("origin")
    here = f"{connection.url.scheme}://{connection.headers.get('host', '')}"
    site = connection.headers.get("sec-fetch-site", "same-origin")
    if site not in {"same-origin", "none"} or origin not in (None, here):
        raise PermissionDeniedException("This form was sent from another site.")


def _check_token(connection: ASGIConnection[Any, Any, Any, Any], authorization: str) -> None:
    scheme, _, token = authorization.partition(" ")
    known = context_of(connection).secrets.token_opens(token.strip())
    if scheme.lower() != "bearer" or not known:
        raise NotAuthorizedException("This is not the API token.")


def _check_csrf(connection: ASGIConnection[Any, Any, Any, Any], session: Session) -> None:
    sent = connection.headers.get(CSRF_HEADER, "")
    if not secrets.compare_digest(sent.encode(), session.csrf.encode()):
        raise PermissionDeniedException(f"The header {CSRF_HEADER} of this session is missing.")


def _answer_with(
    connection: ASGIConnection[Any, Any, Any, Any],
    value: str,
    max_age: int | None = None,
    key: str = COOKIE,
) -> None:
    connection.scope["state"].setdefault(_COOKIE_SLOT, {})[key] = Cookie(
        key=key,
        value=value,
        max_age=max_age,
        path="/",
        secure=connection.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
