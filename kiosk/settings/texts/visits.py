"""Wording of visits: until when the bus stays, and when it comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import format_date, format_skeleton

from kiosk.domain.ids import GERMAN
from kiosk.settings.texts.locales import locale_of

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.domain.ids import LanguageCode
    from kiosk.domain.timetable import PlannedVisit
    from kiosk.settings.texts import Texts


def clock_time(language: LanguageCode, at: datetime) -> str:
    """A time as its language writes it: German leaves full hours without minutes."""
    german = language.partition("-")[0] == GERMAN
    return f"{at.hour}" if german and not at.minute else f"{at.hour}:{at:%M}"


def next_visit(texts: Texts, language: LanguageCode, planned: PlannedVisit, stop: str) -> str:
    """When and where a planned visit begins; `stop` is the name of its place."""
    locale = locale_of(language)
    return texts(
        language,
        "next_visit",
        day=format_date(planned.begins, "EEEE", locale=locale),
        date=format_skeleton("MMMMd", planned.begins, locale=locale),
        time=f"{planned.begins:%H:%M}",
        stop=stop,
    )
