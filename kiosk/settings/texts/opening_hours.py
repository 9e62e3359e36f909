"""Opening hours as people read them: weekdays by name, in their language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import get_day_names
from babel.lists import format_list

from kiosk.domain.hours import MIDNIGHT, parse_opening_hours, weekday_spans
from kiosk.settings.texts.locales import locale_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import time

    from kiosk.domain.hours import OpeningHours
    from kiosk.domain.ids import LanguageCode
    from kiosk.settings.texts import Texts


def hours_in_words(
    lines: Iterable[str], language: LanguageCode, texts: Texts
) -> list[tuple[str, str]]:
    """Make "mo-fr 09:00-12:00" into "Montag bis Freitag" and "09:00 bis 12:00 Uhr".

    Raises `UnreadableHours` for a line in another form.
    """
    return [
        (_days_in_words(hours.days, language, texts), _times_in_words(hours, language, texts))
        for hours in map(parse_opening_hours, lines)
    ]


def hours_noted(lines: Iterable[str], language: LanguageCode) -> str:
    """The same in short, for a contact card: "Mo-Fr 09:00-12:00", a line each."""
    names = get_day_names("abbreviated", "stand-alone", locale_of(language))
    return "\n".join(
        f"{_days_in_short(hours.days, names)} {hours.begins:%H:%M}-{_end(hours.ends)}"
        for hours in map(parse_opening_hours, lines)
    )


def _days_in_words(days: tuple[int, ...], language: LanguageCode, texts: Texts) -> str:
    locale = locale_of(language)
    names = get_day_names("wide", "stand-alone", locale)
    parts: list[str] = []
    for first, last in weekday_spans(days):
        if last - first > 1:
            parts.append(texts(language, "sheet.days", first=names[first], last=names[last]))
        else:
            parts += [names[day] for day in range(first, last + 1)]
    return format_list(parts, locale=locale)


def _times_in_words(hours: OpeningHours, language: LanguageCode, texts: Texts) -> str:
    if hours.all_day:
        return texts(language, "sheet.all_day")
    begins, ends = f"{hours.begins:%H:%M}", _end(hours.ends)
    return texts(language, "sheet.hours", begins=begins, ends=ends)


def _days_in_short(days: tuple[int, ...], names: Mapping[int, str]) -> str:
    return ", ".join(
        names[first] if first == last else f"{names[first]}-{names[last]}"
        for first, last in weekday_spans(days)
    )


def _end(ends: time) -> str:
    return "24:00" if ends == MIDNIGHT else f"{ends:%H:%M}"
