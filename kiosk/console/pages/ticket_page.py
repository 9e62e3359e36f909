"""The page of a ticket, behind the QR code of the slip: for one citizen, without a login."""

from typing import Any

from litestar import Response, Router, get
from litestar.exceptions import NotFoundException, ServiceUnavailableException
from litestar.params import FromPath
from litestar.response import Stream, Template

from kiosk.console.http.answers import problems
from kiosk.console.http.context import Door, TheDoor
from kiosk.console.words.tickets import TicketSeen, gone_words, look, look_with_words
from kiosk.domain.ids import GERMAN, LanguageCode

_HIDDEN = {"X-Robots-Tag": "noindex, nofollow"}
_GONE_IN = (GERMAN, LanguageCode("en"))
_GONE = "There is no ticket with this code: it is wrong, or the visit is over."


@get("/t/{code:str}", sync_to_thread=True, include_in_schema=False)
def ticket_page(door: TheDoor, code: FromPath[str]) -> Response[Any]:
    """How the ticket stands, already readable without any script."""
    found = look_with_words(door.office, door.texts, code, door.now())
    if found is None:
        return _gone(door)
    seen, words = found
    context = {"seen": seen, "words": words, "profile": door.office.profile}
    return Template("ticket.html", context=context, headers=_HIDDEN)


@get("/t/{code:str}/state", sync_to_thread=True, responses=problems(404), tags=["ticket"])
def ticket_state(door: TheDoor, code: FromPath[str]) -> TicketSeen:
    """How one ticket stands, for whoever has its code: nothing about topic or person."""
    seen = look(door.office, door.texts, code, door.now())
    if seen is None:
        raise NotFoundException(_GONE)
    return seen


@get("/t/{code:str}/events", media_type="text/event-stream", include_in_schema=False)
async def ticket_events(door: TheDoor, code: FromPath[str]) -> Stream:
    """Server-sent events `state` (as above), `gone` and `alive`."""
    if door.ticket_streams.full:
        raise ServiceUnavailableException("Too many phones listen already.")
    return Stream(door.ticket_streams.follow(code), media_type="text/event-stream")


def _gone(door: Door) -> Response[Any]:
    """Which language a wrong code belongs to, nobody knows."""
    said = [(language, *gone_words(door.texts, language)) for language in _GONE_IN]
    context = {"said": said, "profile": door.office.profile}
    return Template("ticket_gone.html", context=context, status_code=404, headers=_HIDDEN)


router = Router(path="/", route_handlers=[ticket_page, ticket_state, ticket_events])
