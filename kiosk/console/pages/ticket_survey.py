"""The survey question after a smiley on a ticket's page, asked of the browser that gave it alone.

Its address is made of a press id, of which the box does not know the ticket
(docs/decisions/0063-a-question-after-the-smiley-of-a-phone.md).
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from litestar import MediaType, Request, Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath, URLEncodedBody  # noqa: TC002 - read at run time
from litestar.response import Redirect

from kiosk.console.http.authentication import check_origin
from kiosk.console.http.context import ConsoleContext, Context, rendered
from kiosk.console.pages.phone_refusal import PAGES_OF_REFUSALS
from kiosk.domain.errors import NoVisitOpen
from kiosk.domain.survey import survey_question
from kiosk.service.citizens import ticket_by_code
from kiosk.service.survey import answer_survey

if TYPE_CHECKING:
    from litestar import Litestar

    from kiosk.domain.ticket import Ticket

AnyRequest = Request[Any, Any, Any]

HIDDEN = {"X-Robots-Tag": "noindex, nofollow"}


class SurveyForm(msgspec.Struct):
    """What the button of an answer sends."""

    answer: Annotated[str, msgspec.Meta(max_length=100)]


@get(
    "/t/{code:str}/survey/{press:str}",
    exception_handlers=PAGES_OF_REFUSALS,
    include_in_schema=False,
)
async def ask(
    request: AnyRequest, context: Context, code: FromPath[str], press: FromPath[str]
) -> Response[Any]:
    """Put the question; where none waits, lead on to the ticket."""
    ticket = await sync_to_thread(_ticket, context, code)
    return survey_page(request.app, context, ticket, press, f"/t/{code}")


@post(
    "/t/{code:str}/survey/{press:str}",
    exception_handlers=PAGES_OF_REFUSALS,
    include_in_schema=False,
)
async def answer(
    request: AnyRequest,
    context: Context,
    code: FromPath[str],
    press: FromPath[str],
    data: URLEncodedBody[SurveyForm],
) -> Redirect:
    """Count the answer; the page of the ticket then thanks."""
    check_origin(request)
    await count_answer(context, await sync_to_thread(_ticket, context, code), press, data)
    return Redirect(f"/t/{code}", status_code=303)


def survey_page(
    app: Litestar, context: ConsoleContext, ticket: Ticket | None, press: str, page: str
) -> Response[Any]:
    """The question that waits at `press`, in the language of the ticket; else on to its `page`."""
    pending = context.pending_surveys.get(press)
    if ticket is None or pending is None:
        return Redirect(page, status_code=303)
    profile, texts, language = context.office.profile, context.texts, ticket.language
    question = survey_question(profile.survey_questions, pending.question)
    html = rendered(
        app,
        "phone_survey.html",
        profile=profile,
        page=page,
        press=press,
        language=language,
        direction=texts.direction(language),
        question=question.text[language],
        answers=[(each.id, each.label[language]) for each in question.answers],
        words={name: texts(language, key) for name, key in _WORDS.items()},
    )
    return Response(html, media_type=MediaType.HTML, headers=HIDDEN)


async def count_answer(
    context: ConsoleContext, ticket: Ticket | None, press: str, form: SurveyForm
) -> None:
    """Count it once, while the visit is open. Raises `Unknown` for an answer that there is not."""
    pending = context.pending_surveys.get(press)
    if ticket is None or pending is None:
        return
    with suppress(NoVisitOpen):
        await sync_to_thread(
            answer_survey,
            context.office,
            pending.feedback,
            pending.question,
            form.answer,
            context.now(),
        )
    context.pending_surveys.remove(press)


_WORDS = {"thanks": "thanks.title", "unnamed": "thanks.unnamed", "done": "bar.done"}


def _ticket(context: ConsoleContext, code: str) -> Ticket | None:
    taken = context.office.read(ticket_by_code, code, context.now())
    return taken.ticket if taken else None
