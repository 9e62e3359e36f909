"""The page of a ticket, behind the QR code of the slip: for one citizen, without a login."""

from typing import Any

from litestar import Response, Router, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Stream, Template

from kiosk.console.http.context import ConsoleContext, Context
from kiosk.console.http.problem_responses import problems
from kiosk.console.http.stream_caps import PhoneCap
from kiosk.console.words.tickets import (
    TicketStatus,
    gone_words,
    ticket_status,
    ticket_status_with_words,
)
from kiosk.domain.ids import GERMAN, LanguageCode

_HIDDEN = {"X-Robots-Tag": "noindex, nofollow"}
_GONE_IN = (GERMAN, LanguageCode("en"))
_GONE = "There is no ticket with this code: it is wrong, or the visit is over."


@get("/t/{code:str}", sync_to_thread=True, include_in_schema=False)
def ticket_page(context: Context, code: FromPath[str]) -> Response[Any]:
    """Status of a ticket, readable without any script."""
    found = ticket_status_with_words(
        context.office, context.texts, context.broadcast.ids.seal, code, context.now()
    )
    if found is None:
        return _gone(context)
    status, words = found
    values = {"status": status, "words": words, "profile": context.office.profile}
    return Template("ticket.html", context=values, headers=_HIDDEN)


@get("/t/{code:str}/state", sync_to_thread=True, responses=problems(404), tags=["ticket"])
def ticket_state(context: Context, code: FromPath[str]) -> TicketStatus:
    """Status of one ticket, for the holder of its code: nothing about topic or person."""
    status = ticket_status(
        context.office, context.texts, context.broadcast.ids.seal, code, context.now()
    )
    if status is None:
        raise NotFoundException(_GONE)
    return status


@get(
    "/t/{code:str}/events",
    media_type="text/event-stream",
    middleware=[PhoneCap()],
    include_in_schema=False,
)
async def ticket_events(context: Context, code: FromPath[str]) -> Stream:
    """Server-sent events `state` (as above), `gone` and `alive`."""
    return Stream(context.ticket_streams.follow(code), media_type="text/event-stream")


def _gone(context: ConsoleContext) -> Response[Any]:
    """In two languages, since a wrong code has none."""
    said = [(language, *gone_words(context.texts, language)) for language in _GONE_IN]
    values = {"said": said, "profile": context.office.profile}
    return Template("ticket_gone.html", context=values, status_code=404, headers=_HIDDEN)


router = Router(path="/", route_handlers=[ticket_page, ticket_state, ticket_events])
