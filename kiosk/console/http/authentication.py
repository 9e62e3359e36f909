"""Authentication of requests: staff by session cookie, programs by token."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from litestar.connection import ASGIConnection
from litestar.datastructures import MutableScopeHeaders
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException

from kiosk.console.http.admission import KNOWN, STAFF, STRANGER
from kiosk.console.http.context import context_of
from kiosk.console.http.known_browsers import COOKIE as BROWSER_COOKIE
from kiosk.console.http.known_browsers import KEPT_S
from kiosk.console.http.secure_transport import is_confidential
from kiosk.console.http.sessions import COOKIE, Session
from kiosk.service.access import PlainHttpRefused
from kiosk.store.errors import StoreError

if TYPE_CHECKING:
    from litestar.handlers import BaseRouteHandler
    from litestar.types import Message, Scope

    from kiosk.console.http.context import ConsoleContext

CSRF_HEADER = "X-CSRF-Token"

_SAFE = ("GET", "HEAD")
_COOKIE_SLOT = "radhaus_cookies"
_SESSION_SLOT = "radhaus_session"
_TOKEN_SLOT = "radhaus_token"  # noqa: S105 - the name of a place

AnyConnection = ASGIConnection[Any, Any, Any, Any]


async def staff_only(connection: AnyConnection, _handler: BaseRouteHandler) -> None:
    """Guard: 401 without a staff session or token, 403 where strangers could read it."""
    _check_transport(connection)
    authorization = connection.headers.get("authorization")
    if authorization is not None:
        _check_token(connection, authorization)
        return
    session = session_of(connection)
    if session is None:
        raise NotAuthorizedException("Log in with the PIN, or send the API token.")
    if connection.scope.get("method") not in _SAFE:
        _check_csrf(connection, session)
        renew_session(connection, session)


def is_staff(connection: AnyConnection) -> bool:
    """Whether a public request is by staff, who get more; a wrong token is refused with 401."""
    authorization = connection.headers.get("authorization")
    if authorization is not None:
        _check_transport(connection)
        _check_token(connection, authorization)
        return True
    return session_of(connection) is not None


def session_of(connection: AnyConnection) -> Session | None:
    """The valid session of a request, if it has one."""
    return _session(context_of(connection), connection)


def has_session_cookie(connection: AnyConnection) -> bool:
    """Whether the browser has a session, or what is left of one."""
    return _cookie(connection, COOKIE) is not None


def renew_session(connection: AnyConnection, session: Session) -> None:
    """Answer with a fresh cookie: the session is in use, so not idle."""
    context = context_of(connection)
    _answer_with(connection, context.sessions.seal(context.sessions.use(session, context.now())))


def delete_session(connection: AnyConnection) -> None:
    """Answer with an expired cookie."""
    _answer_with(connection, "", max_age=0)


def remember_browser(connection: AnyConnection) -> None:
    """Answer with the cookie by which strangers do not lock this browser out."""
    if known_browser(connection) is None:
        cookie = context_of(connection).known_browsers.new()
        _answer_with(connection, cookie, KEPT_S, BROWSER_COOKIE)


def known_browser(connection: AnyConnection) -> str | None:
    """The id of a browser in which staff have logged in before."""
    return _known_browser(context_of(connection), connection)


def client_class(context: ConsoleContext, scope: Scope) -> str:
    """Class of a request's client for `Admission`. Refuses none: that is the guards' work."""
    connection: AnyConnection = ASGIConnection(scope)
    authorization = connection.headers.get("authorization")
    if not is_confidential(context.equipment.tls, scope):
        return STRANGER
    try:
        if authorization and _token_opens(context, connection, authorization):
            return STAFF
        if _session(context, connection):
            return STAFF
        return KNOWN if _known_browser(context, connection) else STRANGER
    except StoreError:
        return STRANGER


async def add_cookies(message: Message, scope: Scope) -> None:
    """A hook: put the cookies into the head of the answer."""
    cookies: dict[str, str] = scope["state"].get(_COOKIE_SLOT, {})
    if message["type"] == "http.response.start":
        for cookie in cookies.values():
            MutableScopeHeaders.from_message(message).add("Set-Cookie", cookie)


def check_origin(connection: AnyConnection) -> None:
    """Refuse a login form from another site. Without a session there is no CSRF token yet."""
    origin = connection.headers.get("origin")
    here = f"{connection.url.scheme}://{connection.headers.get('host', '')}"
    site = connection.headers.get("sec-fetch-site", "same-origin")
    if site not in {"same-origin", "none"} or origin not in (None, here):
        raise PermissionDeniedException("This form was sent from another site.")


def secure_name(connection: AnyConnection, name: str) -> str:
    """What a cookie is called; over TLS so that no page without TLS can have set it."""
    return f"__Host-{name}" if connection.url.scheme == "https" else name


def _cookie(connection: AnyConnection, name: str) -> str | None:
    return connection.cookies.get(secure_name(connection, name))


def _known_browser(context: ConsoleContext, connection: AnyConnection) -> str | None:
    return context.known_browsers.id_of(_cookie(connection, BROWSER_COOKIE))


def _session(context: ConsoleContext, connection: AnyConnection) -> Session | None:
    """Unsealed once in a request: for admission, for the guard, and for the page."""
    state = connection.scope["state"]
    if _SESSION_SLOT not in state:
        cookie = _cookie(connection, COOKIE)
        believed = cookie and is_confidential(context.equipment.tls, connection.scope)
        state[_SESSION_SLOT] = (
            context.sessions.unseal(cookie, context.now()) if cookie and believed else None
        )
    session: Session | None = state[_SESSION_SLOT]
    return session


def _check_transport(connection: AnyConnection) -> None:
    tls = context_of(connection).equipment.tls
    if tls and not is_confidential(tls, connection.scope):
        raise PlainHttpRefused(tls.port)


def _check_token(connection: AnyConnection, authorization: str) -> None:
    if not _token_opens(context_of(connection), connection, authorization):
        raise NotAuthorizedException("This is not the API token.")


def _token_opens(context: ConsoleContext, connection: AnyConnection, authorization: str) -> bool:
    """Looked up once in a request: for admission, and for the guard."""
    state = connection.scope["state"]
    if _TOKEN_SLOT not in state:
        scheme, _, token = authorization.partition(" ")
        bearer = scheme.lower() == "bearer"
        state[_TOKEN_SLOT] = bearer and context.secrets.token_opens(token.strip())
    opens: bool = state[_TOKEN_SLOT]
    return opens


def _check_csrf(connection: AnyConnection, session: Session) -> None:
    sent = connection.headers.get(CSRF_HEADER, "")
    if not secrets.compare_digest(sent.encode(), session.csrf.encode()):
        raise PermissionDeniedException(f"The header {CSRF_HEADER} of this session is missing.")


def _answer_with(
    connection: AnyConnection,
    value: str,
    max_age: int | None = None,
    key: str = COOKIE,
) -> None:
    attributes = ["Path=/", "HttpOnly", "SameSite=strict"]
    if max_age is not None:
        attributes.append(f"Max-Age={max_age}")
    if connection.url.scheme == "https":
        attributes.append("Secure")
    cookie = "; ".join([f"{secure_name(connection, key)}={value}", *attributes])
    connection.scope["state"].setdefault(_COOKIE_SLOT, {})[key] = cookie
