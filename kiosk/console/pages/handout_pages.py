"""Sheets of A4 for staff to print and hang up in the bus: an emergency card and a guide."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from litestar import Request, Response, Router, get
from litestar.response import Redirect, Template

from hardware.trouble import Trouble
from kiosk.console.http.authentication import renew_session, session_of
from kiosk.console.http.context import ConsoleContext, Context  # noqa: TC001 - read at run time
from kiosk.console.pages.desk_choices import outcome_choices
from kiosk.devices.check_words import RESTART
from kiosk.devices.printer import PRINTER
from kiosk.devices.staff_words import CALL, WORDS
from kiosk.devices.stick_words import PULL, stick_advice
from kiosk.domain.stick import StickState
from kiosk.settings.phone_pages import THIS_MACHINE

if TYPE_CHECKING:
    from kiosk.console.http.context import Equipment

AnyRequest = Request[Any, Any, Any]

STICK_STATES: Final = (
    StickState.WRITING,
    StickState.READING_UPDATE,
    StickState.FULL,
    StickState.PROTECTED,
    StickState.FOREIGN,
    StickState.FORMAT,
    StickState.DIRTY,
    StickState.BROKEN,
    StickState.FAILED,
    StickState.UPDATE_TOO_LARGE,
)
"""Those that ask staff for something, without the second one of a stick pulled too early."""

_DIGITS_APART: Final = re.compile(r"(?<=\d) (?=\d)")
_UNBROKEN_SPACE: Final = "\N{NO-BREAK SPACE}"


@get("/staff/emergency-card", sync_to_thread=True)
def emergency_card(request: AnyRequest, context: Context) -> Response[Any]:
    """What to do when something fails, and whom to call."""
    return _sheet(
        request,
        context,
        "emergency_card.html",
        box_name=context.equipment.box_name,
        help_desk=_DIGITS_APART.sub(_UNBROKEN_SPACE, context.equipment.help_desk),
        call=CALL,
        restart=RESTART,
        paper=WORDS[Trouble.PAPER_OUT].remedy,
        cover=WORDS[Trouble.COVER_OPEN].remedy,
        jam=PRINTER.words[Trouble.FAULT].remedy,
        cable=WORDS[Trouble.LOST].remedy,
        pull=PULL,
        stick=[stick_advice(state) for state in STICK_STATES],
    )


@get("/staff/guide", sync_to_thread=True)
def guide(request: AnyRequest, context: Context) -> Response[Any]:
    """A day at the desk, from opening the visit to closing it."""
    profile = context.office.profile
    outcomes = outcome_choices(profile, books=False)
    return _sheet(request, context, "guide.html", outcomes=outcomes, pull=PULL)


def _sheet(
    request: AnyRequest, context: ConsoleContext, template: str, **values: object
) -> Response[Any]:
    session = session_of(request)
    if session is None:
        return Redirect("/staff/login")
    renew_session(request, session)
    profile = context.office.profile
    addresses = _staff_urls(request, context.equipment)
    return Template(template, context={"profile": profile, "addresses": addresses, **values})


def _staff_urls(request: AnyRequest, equipment: Equipment) -> tuple[str, ...]:
    """Where a laptop finds these pages: by what the box makes, what has led here, or its name."""
    if equipment.staff_urls:
        return equipment.staff_urls
    if request.url.hostname not in THIS_MACHINE:
        return (f"{request.base_url}staff",)
    return (equipment.staff_url_by_name,) if equipment.staff_url_by_name else ()


router = Router(path="/", route_handlers=[emergency_card, guide], include_in_schema=False)
