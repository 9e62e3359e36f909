"""The smiley on the page of a ticket whose talk is over: one, linked to nothing.

A survey question may follow it, where the form has sent a press id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from litestar import Request, post
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath, URLEncodedBody  # noqa: TC002 - read at run time
from litestar.response import Redirect

from kiosk.console.http.authentication import check_origin
from kiosk.console.http.context import Context  # noqa: TC001 - read at run time
from kiosk.console.http.pending_surveys import PRESS_ID, PendingSurvey
from kiosk.console.pages.phone_refusal import PAGES_OF_REFUSALS
from kiosk.domain.feedback import FACE_NAMES, FACES, PHONES, validate_score
from kiosk.domain.ticket import TicketState
from kiosk.service.citizens import give_feedback, ticket_by_code

if TYPE_CHECKING:
    from kiosk.console.http.context import ConsoleContext
    from kiosk.domain.ids import LanguageCode
    from kiosk.domain.profile import Profile
    from kiosk.service.smileys import RecordedPress
    from kiosk.settings.texts import Texts


class SmileyForm(msgspec.Struct):
    """What a button of the form sends; a form of a page that is older has no `press`."""

    score: Annotated[str, msgspec.Meta(pattern="^[1-5]$")]
    press: Annotated[str, msgspec.Meta(pattern=f"^({PRESS_ID.pattern})?$")] = ""


@dataclass(frozen=True, slots=True)
class Smiley:
    """A button: what it sends, its picture and its word."""

    score: int
    icon: str
    word: str


@dataclass(frozen=True, slots=True)
class SmileyQuestion:
    """The question with its smileys, best first, and the thanks for one that was given."""

    title: str
    smileys: tuple[Smiley, ...]
    thanks: tuple[str, str, str]


def smiley_question(profile: Profile, texts: Texts, language: LanguageCode) -> SmileyQuestion:
    """In the language of the ticket, by the scale of the profile."""
    levels = profile.score_levels
    smileys = tuple(
        Smiley(levels - place, f"face-{face}.svg", texts(language, f"feedback.{FACE_NAMES[face]}"))
        for place, face in enumerate(FACES[levels])
    )
    keys = ("thanks.title", "thanks.text", "thanks.unnamed")
    thanks, text, unnamed = (texts(language, key) for key in keys)
    return SmileyQuestion(texts(language, "feedback.title"), smileys, (thanks, text, unnamed))


@post("/t/{code:str}/smiley", exception_handlers=PAGES_OF_REFUSALS, include_in_schema=False)
async def give_smiley(
    request: Request[Any, Any, Any],
    context: Context,
    code: FromPath[str],
    data: URLEncodedBody[SmileyForm],
) -> Redirect:
    """Count it; the question that follows is put, or the page says how it stands."""
    check_origin(request)
    place = await count_smiley(context, code, data)
    return Redirect(f"/t/{code}{place}", status_code=303)


async def count_smiley(context: ConsoleContext, code: str, form: SmileyForm) -> str:
    """Count it, unless the talk goes on or one was given. Raises `ScoreOutOfRange`.

    Says where it leads below the page: to the survey question that waits, also when a shaking hand
    has sent the form twice, else to the page itself.
    """
    score = validate_score(int(form.score), context.office.profile.score_levels)
    if await sync_to_thread(_is_over, context, code):
        async with context.given_smileys.once(code) as first:
            if first:
                given = await sync_to_thread(_give, context, score, with_survey=bool(form.press))
                if given.question:
                    survey = PendingSurvey(given.id, given.question)
                    context.pending_surveys.add(form.press, survey)
    return f"/survey/{form.press}" if form.press in context.pending_surveys else ""


def _is_over(context: ConsoleContext, code: str) -> bool:
    taken = context.office.read(ticket_by_code, code, context.now())
    return taken is not None and taken.ticket.state is TicketState.FINISHED


def _give(context: ConsoleContext, score: int, *, with_survey: bool) -> RecordedPress:
    office, now = context.office, context.now()
    return give_feedback(office, score, now, PHONES, with_survey=with_survey)
