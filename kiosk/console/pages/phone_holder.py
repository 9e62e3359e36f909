"""What the holder of a number drawn on a phone does with it, at the address of the wish."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from litestar import MediaType, Request, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath, URLEncodedBody  # noqa: TC002 - read at run time
from litestar.response import Redirect  # noqa: TC002 - read at run time

from kiosk.console.http.authentication import check_origin
from kiosk.console.http.context import ConsoleContext, Context, rendered
from kiosk.console.pages.phone_refusal import PAGES_OF_REFUSALS
from kiosk.console.pages.phone_wish import Wish, held_ticket, valid_wish
from kiosk.console.pages.ticket_smiley import SmileyForm, count_smiley
from kiosk.console.pages.ticket_survey import HIDDEN, SurveyForm, count_answer, survey_page
from kiosk.console.words.phone_holder import HolderWords, holder_words
from kiosk.domain.errors import NoVisitOpen, WrongState
from kiosk.domain.ticket import TicketState
from kiosk.service import citizens

if TYPE_CHECKING:
    from collections.abc import Callable

    from litestar import Litestar

    from kiosk.domain.ids import TicketId
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office

AnyRequest = Request[Any, Any, Any]


class AnswerForm(msgspec.Struct):
    """What the button of an answer sends; an empty choice takes it back."""

    question: Annotated[str, msgspec.Meta(max_length=100)]
    choice: Annotated[str, msgspec.Meta(max_length=100)] = ""


@get("/n/{wish:str}/return")
async def ask_to_give_back(
    request: AnyRequest, context: Context, wish: FromPath[str]
) -> Response[Any]:
    """Ask once, while the number waits."""
    valid = valid_wish(context, wish)
    ticket = await sync_to_thread(held_ticket, context, valid)
    if ticket is None or ticket.state is not TicketState.WAITING:
        return valid.leads_to()
    words = await sync_to_thread(
        context.office.read, holder_words, context.texts, ticket, context.now()
    )
    page = return_page(request.app, context, valid, words)
    return Response(page, media_type=MediaType.HTML, headers=HIDDEN)


@post("/n/{wish:str}/return")
async def give_back(request: AnyRequest, context: Context, wish: FromPath[str]) -> Redirect:
    """Give the number back, unless it has been called meanwhile; its address then says so."""
    check_origin(request)
    valid = valid_wish(context, wish)
    await sync_to_thread(_change, context, valid, citizens.give_back)
    return valid.leads_to()


@post("/n/{wish:str}/answers")
async def answer(
    request: AnyRequest,
    context: Context,
    wish: FromPath[str],
    data: URLEncodedBody[AnswerForm],
) -> Redirect:
    """Keep an answer to a question of the profile, or take it back."""
    check_origin(request)
    valid = valid_wish(context, wish)
    if not context.phone_changes.count(wish):
        return valid.leads_to()

    def store(office: Office, ticket: TicketId, now: Moment) -> None:
        citizens.answer(office, ticket, data.question, data.choice or None, now)

    await sync_to_thread(_change, context, valid, store)
    return valid.leads_to()


@post("/n/{wish:str}/smiley")
async def rate(
    request: AnyRequest,
    context: Context,
    wish: FromPath[str],
    data: URLEncodedBody[SmileyForm],
) -> Redirect:
    """Count a smiley as at the page of the ticket, and stay where another number can be drawn."""
    check_origin(request)
    valid = valid_wish(context, wish)
    ticket = await sync_to_thread(held_ticket, context, valid)
    place = await count_smiley(context, ticket.code, data) if ticket else ""
    return valid.leads_to(place)


@get("/n/{wish:str}/survey/{press:str}")
async def ask_survey(
    request: AnyRequest, context: Context, wish: FromPath[str], press: FromPath[str]
) -> Response[Any]:
    """Put the survey question as at the page of the ticket."""
    valid = valid_wish(context, wish)
    ticket = await sync_to_thread(held_ticket, context, valid)
    return survey_page(request.app, context, ticket, press, valid.address)


@post("/n/{wish:str}/survey/{press:str}")
async def answer_survey(
    request: AnyRequest,
    context: Context,
    wish: FromPath[str],
    press: FromPath[str],
    data: URLEncodedBody[SurveyForm],
) -> Redirect:
    """Count its answer, and lead back to the number."""
    check_origin(request)
    valid = valid_wish(context, wish)
    ticket = await sync_to_thread(held_ticket, context, valid)
    await count_answer(context, ticket, press, data)
    return valid.leads_to()


def return_page(app: Litestar, context: ConsoleContext, wish: Wish, words: HolderWords) -> bytes:
    """Whether to give the number back, or that it was."""
    profile = context.office.profile
    return rendered(app, "phone_return.html", wish=wish.name, words=words, profile=profile)


def _change(
    context: ConsoleContext, wish: Wish, change: Callable[[Office, TicketId, Moment], None]
) -> None:
    """Change the number that is held; nothing where it has been called or is over meanwhile."""
    ticket = held_ticket(context, wish)
    if ticket is None:
        return
    with suppress(WrongState, NoVisitOpen):
        change(context.office, ticket.id, context.now())


router = Router(
    path="/",
    route_handlers=[
        ask_to_give_back,
        give_back,
        answer,
        rate,
        ask_survey,
        answer_survey,
    ],
    exception_handlers=PAGES_OF_REFUSALS,
    include_in_schema=False,
)
