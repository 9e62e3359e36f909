"""What a phone sees where its page or form is refused: a page, in the language of its reader."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Template

from kiosk.console.http.context import context_of
from kiosk.console.http.problems import problem_of_http, problem_of_refusal
from kiosk.domain.errors import KioskError
from kiosk.domain.ids import LanguageCode

if TYPE_CHECKING:
    from kiosk.console.http.context import ConsoleContext

AnyRequest = Request[Any, Any, Any]

_MOST_WANTED: Final = 20
"""So many languages of a browser are looked at."""


def language_of(request: AnyRequest, context: ConsoleContext) -> LanguageCode:
    """The first language of the phone that the profile has, else the profile's first."""
    languages = context.office.profile.languages
    wanted = request.headers.get("accept-language", "").lower().split(",")
    for each in wanted[:_MOST_WANTED]:
        code = each.partition(";")[0].strip()
        for known in (code, code.partition("-")[0]):
            if known in languages:
                return LanguageCode(known)
    return languages[0]


def _page_of_http(request: AnyRequest, error: HTTPException) -> Response[Any]:
    return _page(request, problem_of_http(request, error))


def _page_of_refusal(request: AnyRequest, error: KioskError) -> Response[Any]:
    return _page(request, problem_of_refusal(request, error))


def _page(request: AnyRequest, problem: Response[Any]) -> Response[Any]:
    """The problem in the words of the glass; itself where phones have no pages to draw on."""
    context = context_of(request)
    profile, texts = context.office.profile, context.texts
    if not profile.numbers_by_phone:
        return problem
    chosen = request.path_params.get("language")
    language = chosen if chosen in profile.languages else language_of(request, context)
    status = problem.status_code or HTTPStatus.INTERNAL_SERVER_ERROR
    words = "trouble" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "refused.other"
    values = {
        "language": language,
        "direction": texts.direction(language),
        "title": texts(language, f"{words}.title"),
        "text": texts(language, f"{words}.text"),
        "take_number": texts(language, "start.take_number"),
        "profile": profile,
    }
    return Template("phone_refused.html", context=values, status_code=status)


PAGES_OF_REFUSALS: Final[dict[int | type[Exception], Any]] = {
    HTTPException: _page_of_http,
    KioskError: _page_of_refusal,
}
"""For routers and handlers that only people on phones meet."""
