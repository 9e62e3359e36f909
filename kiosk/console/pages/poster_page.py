"""The poster for the door: how a phone draws a number, in every language, for staff to print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from litestar import Request, Response, Router, get
from litestar.exceptions import NotFoundException
from litestar.response import Redirect, Template

from kiosk.console.http.authentication import renew_session, session_of
from kiosk.console.http.context import Context  # noqa: TC001 - read at run time
from kiosk.console.words.names import unbroken
from kiosk.domain.ids import GERMAN
from kiosk.drawing.bidi import isolated
from kiosk.settings.phone_pages import draw_url, wifi_code

if TYPE_CHECKING:
    from kiosk.domain.ids import LanguageCode
    from kiosk.domain.profile import Profile
    from kiosk.settings.texts import Texts


@dataclass(frozen=True, slots=True)
class PosterCode:
    """A QR code as a path, in a square of so many modules with its quiet zone."""

    path: str
    side: int
    quiet: int


@dataclass(frozen=True, slots=True)
class PosterText:
    """The title and the steps in one language; without a known Wi-Fi the first step is empty."""

    language: LanguageCode
    direction: str
    title: str
    join: str
    draw: str


@get("/staff/poster", sync_to_thread=True)
def poster_page(request: Request[Any, Any, Any], context: Context) -> Response[Any]:
    """For staff, who print it; it names the password of the Wi-Fi."""
    session = session_of(request)
    if session is None:
        return Redirect("/staff/login")
    profile = context.office.profile
    if not profile.numbers_by_phone:
        raise NotFoundException
    renew_session(request, session)
    first, *others = _in_order(profile)
    values = {
        "profile": profile,
        "wifi": _code(wifi_code(profile)) if profile.bus_wifi else None,
        "draw": _code(draw_url(profile)),
        "url": draw_url(profile),
        "main": _text(profile, context.texts, first),
        "others": [_text(profile, context.texts, each) for each in others],
    }
    return Template("poster.html", context=values)


def _in_order(profile: Profile) -> list[LanguageCode]:
    """German first, which stands large: staff know by it what hangs there."""
    return sorted(profile.languages, key=lambda code: code != GERMAN)


def _text(profile: Profile, texts: Texts, language: LanguageCode) -> PosterText:
    wifi = isolated(unbroken(profile.bus_wifi))
    join = texts(language, "number.join", wifi=wifi) if profile.bus_wifi else ""
    return PosterText(
        language,
        texts.direction(language),
        texts(language, "poster.title"),
        join,
        texts(language, "poster.draw"),
    )


def _code(text: str) -> PosterCode:
    from kiosk.drawing.qr_code import QUIET_MODULES, matrix, svg_path  # noqa: PLC0415 - brings Pillow

    modules = matrix(text)
    return PosterCode(svg_path(modules), len(modules) + 2 * QUIET_MODULES, QUIET_MODULES)


router = Router(path="/", route_handlers=[poster_page], include_in_schema=False)
