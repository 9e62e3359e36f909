"""The page of a ticket, behind the QR code of the slip: for one citizen, without a login."""

from functools import partial
from typing import Any, Final

import msgspec
from litestar import Litestar, MediaType, Request, Response, Router, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Stream, Template

from kiosk.console.http.context import ConsoleContext, Context, rendered
from kiosk.console.http.pending_surveys import new_press_id
from kiosk.console.http.problem_responses import problems
from kiosk.console.http.public_error_page import language_of
from kiosk.console.http.stream_caps import PhoneCap
from kiosk.console.pages.ticket_smiley import give_smiley, smiley_question
from kiosk.console.pages.ticket_survey import HIDDEN, answer, ask
from kiosk.console.words.phone_holder import HolderWords
from kiosk.console.words.tickets import (
    TicketStatus,
    gone_words,
    ticket_status,
    ticket_status_with_words,
)
from kiosk.domain.ids import GERMAN, LanguageCode

_GONE_IN = (GERMAN, LanguageCode("en"))
_PRESS: Final = b"!the-press-of-this-browser!"
"""Where a page that is the same for all who ask has the press id."""

_GONE = "There is no ticket with this code: it is wrong, or the visit is over."


@get("/t/{code:str}", include_in_schema=False)
async def ticket_page(
    request: Request[Any, Any, Any], context: Context, code: FromPath[str]
) -> Response[Any]:
    """Status of a ticket, readable without any script."""
    build = partial(ticket_page_of, request.app, context, code)
    page = await context.ticket_answers.get(f"/t/{code}", build)
    if page is None:
        return _gone(request, context)
    return Response(with_press_id(page), media_type=MediaType.HTML, headers=HIDDEN)


@get("/t/{code:str}/state", responses=problems(404), tags=["ticket"])
async def ticket_state(context: Context, code: FromPath[str]) -> Response[TicketStatus]:
    """Status of one ticket, for the holder of its code: nothing about topic or person."""
    status = await context.ticket_answers.get(f"/t/{code}/state", partial(_state, context, code))
    if status is None:
        raise NotFoundException(_GONE)
    answer: Response[Any] = Response(status, media_type=MediaType.JSON)
    return answer


@get(
    "/t/{code:str}/events",
    media_type="text/event-stream",
    middleware=[PhoneCap()],
    include_in_schema=False,
)
async def ticket_events(context: Context, code: FromPath[str]) -> Stream:
    """Server-sent events `state` (as above), `gone` and `alive`."""
    return Stream(context.ticket_streams.follow(code), media_type="text/event-stream")


def ticket_page_of(
    app: Litestar,
    context: ConsoleContext,
    code: str,
    *,
    wish: str = "",
    holder: HolderWords | None = None,
) -> bytes | None:
    """The page of a ticket; with what its `holder` can do, who has the address of the `wish`.

    A press id is still to be put in (`with_press_id`). None when there is no such ticket.
    """
    found = ticket_status_with_words(
        context.office, context.texts, context.broadcast.ids.seal, code, context.now()
    )
    if found is None:
        return None
    status, words = found
    profile = context.office.profile
    return rendered(
        app,
        "ticket.html",
        status=status,
        words=words,
        profile=profile,
        page=f"/t/{code}",
        smiley=f"/n/{wish}/smiley" if wish else f"/t/{code}/smiley",
        question=smiley_question(profile, context.texts, words.language),
        given=code in context.given_smileys,
        press=_PRESS.decode(),
        wish=wish,
        holder=holder,
    )


def with_press_id(page: bytes) -> bytes:
    """The page for one browser, to which a survey question is put after its smiley."""
    return page.replace(_PRESS, new_press_id().encode())


def _state(context: ConsoleContext, code: str) -> bytes | None:
    status = ticket_status(
        context.office, context.texts, context.broadcast.ids.seal, code, context.now()
    )
    return msgspec.json.encode(status) if status else None


def _gone(request: Request[Any, Any, Any], context: ConsoleContext) -> Response[Any]:
    """In that of the browser and in two others, since a wrong code has no language."""
    languages = dict.fromkeys((language_of(request, context), *_GONE_IN))
    said = [(language, *gone_words(context.texts, language)) for language in languages]
    values = {"said": said, "texts": context.texts, "profile": context.office.profile}
    return Template("ticket_gone.html", context=values, status_code=404, headers=HIDDEN)


router = Router(
    path="/",
    route_handlers=[ticket_page, ticket_state, ticket_events, give_smiley, ask, answer],
)
