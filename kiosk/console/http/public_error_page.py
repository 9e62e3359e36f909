"""Error page for the public: what is refused to a browser that is not of staff, in its language."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from litestar import Request, Response
from litestar.response import Template

from kiosk.console.http.context import context_of
from kiosk.domain.ids import LanguageCode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.console.http.context import ConsoleContext

AnyRequest = Request[Any, Any, Any]

_MOST_WANTED: Final = 20
"""So many languages of a browser are looked at."""


def language_of(request: AnyRequest, context: ConsoleContext) -> LanguageCode:
    """The first language of the browser that the profile has, else the profile's first."""
    languages = context.office.profile.languages
    wanted = request.headers.get("accept-language", "").lower().split(",")
    for each in wanted[:_MOST_WANTED]:
        code = each.partition(";")[0].strip()
        for known in (code, code.partition("-")[0]):
            if known in languages:
                return LanguageCode(known)
    return languages[0]


def refused_page(
    request: AnyRequest, status: int, headers: Mapping[str, str] | None = None
) -> Response[Any]:
    """The refusal in the words of the glass, with the way to a number where phones draw them."""
    context = context_of(request)
    profile, texts = context.office.profile, context.texts
    chosen = request.path_params.get("language")
    language = chosen if chosen in profile.languages else language_of(request, context)
    words = "trouble.lasting" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "refused.other"
    values = {
        "language": language,
        "direction": texts.direction(language),
        "title": texts(language, f"{words}.title"),
        "text": texts(language, f"{words}.text"),
        "take_number": texts(language, "start.take_number") if profile.numbers_by_phone else "",
        "profile": profile,
    }
    return Template(
        "phone_refused.html", context=values, status_code=status, headers=dict(headers or {})
    )
