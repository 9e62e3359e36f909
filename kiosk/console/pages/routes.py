"""The pages for people: login, staff, call display."""

import asyncio
from functools import partial
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.datastructures import Cookie
from litestar.exceptions import NotFoundException
from litestar.params import CookieParameter, FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from kiosk.console.http.authentication import (
    check_origin,
    delete_session,
    has_session_cookie,
    known_browser,
    remember_browser,
    renew_session,
    session_of,
    staff_only,
)
from kiosk.console.http.context import ConsoleContext, Context
from kiosk.console.http.sessions import IDLE_S, begin
from kiosk.console.pages.desk_choices import offer_of
from kiosk.console.pages.desk_page import desk_page
from kiosk.console.pages.desk_queue import QueueFilter
from kiosk.console.pages.dialogs import dialog
from kiosk.console.words.refusals import in_german
from kiosk.service import smileys
from kiosk.service.access import (
    FORGOTTEN_AFTER_S,
    TooManyWrongPins,
    WrongPin,
    forget_old_addresses,
    try_pin,
)
from kiosk.service.queue_view import queue_view

_LOGIN = "/staff/login"
_DESK_COOKIE = "radhaus_desk"
MOST_LETTERS = 10
_A_YEAR_S = 365 * 24 * 3600

Page = Response[Any]
AnyRequest = Request[Any, Any, Any]


class LoginForm(msgspec.Struct):
    """What the login page sends: the PIN, and the desk to which it leads back."""

    pin: Annotated[str, msgspec.Meta(max_length=100)] = ""
    desk: Annotated[str, msgspec.Meta(max_length=100)] = ""


@get("/", sync_to_thread=False)
def redirect_to_staff() -> Redirect:
    """The address without a path is typed by staff."""
    return Redirect("/staff")


@get("/staff/login", sync_to_thread=False)
def login_page(request: AnyRequest, context: Context, desk: FromQuery[str] = "") -> Page:
    """The form for the PIN. A cookie that opens nothing any more is left of a session."""
    if session_of(request):
        return Redirect(_seat(context, desk))
    return _login(context, desk, {"ended": has_session_cookie(request)})


@post("/staff/login")
async def log_in(
    request: AnyRequest,
    context: Context,
    data: URLEncodedBody[LoginForm],
) -> Page:
    """Begin a session, or say why not."""
    check_origin(request)
    address = request.client.host if request.client else ""
    now, browser = context.now(), known_browser(request)
    try:
        await asyncio.get_running_loop().run_in_executor(
            context.hashing,
            partial(try_pin, context.office.database, data.pin.strip(), address, now, browser),
        )
    except (WrongPin, TooManyWrongPins) as refusal:
        if isinstance(refusal, WrongPin):
            _forget_later(context)
        return _refused(context, data.desk, refusal)
    renew_session(request, begin(now))
    remember_browser(request)
    return Redirect(_seat(context, data.desk), status_code=303)


@post("/staff/logout", guards=[staff_only], status_code=204, sync_to_thread=True)
def log_out(request: AnyRequest, context: Context) -> None:
    """End the session, here and in every copy of its cookie."""
    session = session_of(request)
    if session:
        context.sessions.end(session, context.now())
    delete_session(request)


@post("/staff/here", guards=[staff_only], status_code=204, sync_to_thread=False)
def stay() -> None:
    """Keep-alive of a session: the guard has begun the idle time anew."""


@get("/staff", sync_to_thread=True)
def staff(
    request: AnyRequest,
    context: Context,
    choose: FromQuery[bool] = False,  # noqa: FBT002 - `?choose=true` in the address
    desk: Annotated[str | None, CookieParameter(name=_DESK_COOKIE)] = None,
) -> Page:
    """Go on at the desk of last time, or choose one."""
    if session_of(request) is None:
        return Redirect(_LOGIN)
    profile = context.office.profile
    if not choose and desk in {known.id for known in profile.desks}:
        return Redirect(f"/staff/desks/{desk}")
    with context.office.snapshot() as snapshot:
        view, trial = queue_view(snapshot), smileys.button_trial(snapshot, context.now())
    taken = {one.id for one in view.desks if one.at_work}
    offers = [(known.id, offer_of(profile, known), known.id in taken) for known in profile.desks]
    offers += [
        (gone.id, "Steht nicht mehr im Profil; hier ist noch jemand", True)
        for gone in profile.orphans.desks
        if view.desk(gone.id).ticket
    ]
    return Template("choose.html", context={"desks": offers, "profile": profile, "trial": trial})


@get("/staff/desks/{desk:str}", sync_to_thread=True)
def desk_of(request: AnyRequest, context: Context, desk: FromPath[str]) -> Page:
    """The page of one desk; the browser remembers it."""
    session = session_of(request)
    if session is None:
        return Redirect(f"{_LOGIN}?{urlencode({'desk': desk})}")
    renew_session(request, session)
    values = {
        "page": desk_page(context, desk),
        "csrf": session.csrf,
        "idle_s": int(IDLE_S),
    }
    return Template("desk.html", context=values, cookies=[_remembered(request, desk)])


@get("/staff/desks/{desk:str}/view", guards=[staff_only], sync_to_thread=True)
def desk_view(
    context: Context,
    desk: FromPath[str],
    mine: FromQuery[bool] = False,  # noqa: FBT002 - `?mine=true` in the address
    everyone: FromQuery[bool] = False,  # noqa: FBT002 - the same
    find: FromQuery[str] = "",
) -> Template:
    """The parts of the desk's page that change. Looking does not count as being there."""
    queue_filter = QueueFilter(mine, everyone, find.strip()[:MOST_LETTERS])
    return Template("view.html", context={"page": desk_page(context, desk, queue_filter)})


@get("/staff/desks/{desk:str}/dialogs/{name:str}", guards=[staff_only], sync_to_thread=True)
def desk_dialog(  # noqa: PLR0913 - what a dialog may be about
    context: Context,
    desk: FromPath[str],
    name: FromPath[str],
    *,
    ticket: FromQuery[int | None] = None,
    topic: FromQuery[str | None] = None,
    code: FromQuery[str | None] = None,
) -> Template:
    """What stands in a dialog when it is opened."""
    template, values = dialog(context, desk, name, ticket=ticket, topic=topic, code=code)
    return Template(template, context=values)


@get("/display", sync_to_thread=False)
def display(context: Context) -> Template:
    """The call display, for a second screen."""
    values = {"profile": context.office.profile, "clock_set": context.now().trusted}
    return Template("display.html", context=values)


@get("/display/chime.wav", media_type="audio/wav", sync_to_thread=True)
def chime(context: Context) -> bytes:
    """The sound of the loudspeaker: one box has one chime."""
    return context.equipment.chime()


@get("/display/emblem.svg", media_type="image/svg+xml", sync_to_thread=False)
def emblem(context: Context) -> bytes:
    """The operator's picture, checked when the profile was read."""
    if not context.office.profile.emblem:
        raise NotFoundException
    return context.office.profile.emblem.encode()


def _forget_later(context: ConsoleContext) -> None:
    """No address stays longer than its wrong PINs count."""
    forget = partial(forget_old_addresses, context.office.database, context.now)
    asyncio.get_running_loop().call_later(FORGOTTEN_AFTER_S + 1, context.hashing.submit, forget)


def _seat(context: ConsoleContext, desk: str) -> str:
    """Where a login leads: to a desk that there is, to nothing else that an address may say."""
    known = desk in {known.id for known in context.office.profile.desks}
    return f"/staff/desks/{desk}" if known else "/staff"


def _refused(context: ConsoleContext, desk: str, refusal: WrongPin | TooManyWrongPins) -> Page:
    if isinstance(refusal, TooManyWrongPins):
        page = _login(context, desk, {"message": in_german(refusal, 429)}, status=429)
        page.headers["Retry-After"] = str(refusal.wait_s)
        return page
    return _login(context, desk, {"message": in_german(refusal, 403)}, status=403)


def _login(context: ConsoleContext, desk: str, said: dict[str, Any], status: int = 200) -> Page:
    tls = context.equipment.tls
    certificate = tls is not None and tls.authority is not None
    values = {
        "profile": context.office.profile,
        "desk": desk,
        "certificate": certificate,
        **said,
    }
    return Template("login.html", context=values, status_code=status)


def _remembered(request: AnyRequest, desk: str) -> Cookie:
    return Cookie(
        key=_DESK_COOKIE,
        value=desk,
        path="/staff",
        max_age=_A_YEAR_S,
        secure=request.url.scheme == "https",
        samesite="strict",
    )


router = Router(
    path="/",
    route_handlers=[
        redirect_to_staff,
        login_page,
        log_in,
        log_out,
        stay,
        staff,
        desk_of,
        desk_view,
        desk_dialog,
        display,
        emblem,
        chime,
    ],
    include_in_schema=False,
)
