"""Page on which staff confirm the time, where no time service tells it to the box.

The console may not set the clock: it asks for it (`system.clock_request`) and shows the answer.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import JSONBody
from litestar.response import Redirect, Template

from kiosk.console.http.authentication import renew_session, session_of, staff_only
from kiosk.console.http.context import Context
from kiosk.console.http.sessions import IDLE_S
from kiosk.domain.local_time import BERLIN
from kiosk.domain.moment import Moment
from kiosk.service.doors import paths_of
from kiosk.system.clock_request import ClockAnswer, answer_to, ask_for_time, asked_time

_REFUSED: Final[Mapping[ClockAnswer | None, str]] = {
    ClockAnswer.SYNCHRONISED: "Die Uhr ist inzwischen von selbst gestellt worden.",
    ClockAnswer.BEFORE: "Diese Zeit ist schon vorbei. Bitte prüfen Sie Tag, Monat und Jahr.",
    ClockAnswer.AHEAD: "Diese Zeit liegt zu weit in der Zukunft. Bitte prüfen Sie das Jahr."
    " Stimmt es, rufen Sie die Technik.",
}


class ConfirmedTime(msgspec.Struct, forbid_unknown_fields=True):
    """What staff read on a watch, in the time of the bus."""

    local: datetime


@get("/staff/clock", sync_to_thread=True)
def clock_page(request: Request[Any, Any, Any], context: Context) -> Response[Any]:
    """Whether the clock is set, and a form to set it."""
    session = session_of(request)
    if session is None:
        return Redirect("/staff/login")
    renew_session(request, session)
    now = context.now()
    values = {
        "clock_set": now.trusted,
        "can_set": context.equipment.clock_request is not None,
        "told": f"{now.wall.astimezone(BERLIN):%d.%m.%Y, %H:%M}",
        "profile": context.office.profile,
        "csrf": session.csrf,
        "idle_s": int(IDLE_S),
    }
    return Template("clock.html", context=values)


class ClockState(msgspec.Struct):
    """What became of the time that was confirmed last; `refused` says why it was not set."""

    answered: bool
    refused: str = ""


@post("/staff/clock", guards=[staff_only], status_code=202, sync_to_thread=True)
def set_clock(data: JSONBody[ConfirmedTime], context: Context) -> None:
    """Ask for this time; the answer takes a program's start."""
    request = context.equipment.clock_request
    if request is None:
        raise NotFoundException
    now = context.now()
    if now.trusted:
        raise ClientException(_REFUSED[ClockAnswer.SYNCHRONISED])
    wall = data.local.replace(tzinfo=data.local.tzinfo or BERLIN).astimezone(UTC)
    asked = Moment(now.boot, now.boot_s, wall, trusted=False)
    ask_for_time(request, asked)


@get("/staff/clock/answer", guards=[staff_only], sync_to_thread=True)
def clock_answer(context: Context) -> ClockState:
    """Looking does not count as being there."""
    request = context.equipment.clock_request
    asked = asked_time(request) if request else None
    answer = answer_to(paths_of(context.office).clock_answer, asked) if asked else None
    return ClockState(answered=answer is not None, refused=_REFUSED.get(answer, ""))


router = Router(
    path="/", route_handlers=[clock_page, set_clock, clock_answer], include_in_schema=False
)
