"""Parser of days and hours as people write them in tables: 24.11.2026, Di 24.11.26, 10.00 Uhr."""

from __future__ import annotations

import re
from datetime import date, time

_MIDNIGHT = r"(?:(?:T|,?\s+)0?0:00(?::00(?:[.,]0+)?)?(?:\s?Uhr)?)?"
_GERMAN_DATE = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4}|\d{2})" + _MIDNIGHT)
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})" + _MIDNIGHT)
_EXCELS_DAY_0 = re.compile(r"^(?:30\.12\.1899|1899-12-30|0?0\.01\.1900|1900-01-00)[T ]\s*")
_WEEKDAY_BEFORE = re.compile(r"^[^\W\d_]+\.?,?\s+")
_HOUR = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::00)?(?:\s?(?:Uhr|h))?", re.IGNORECASE)
_SPAN = re.compile(r"\s*(?:[-\u2013\u2014]|bis|until|to)\s*", re.IGNORECASE)
_CENTURY = 2000

_WEEKDAYS = (
    ("mo", "montag", "monday", "mon"),
    ("di", "dienstag", "tuesday", "tue", "tu"),
    ("mi", "mittwoch", "wednesday", "wed", "we"),
    ("do", "donnerstag", "thursday", "thu", "th"),
    ("fr", "freitag", "friday", "fri"),
    ("sa", "samstag", "sonnabend", "saturday", "sat"),
    ("so", "sonntag", "sunday", "sun", "su"),
)
_DAY_BY_WORD = {word: day for day, words in enumerate(_WEEKDAYS) for word in words}


def parse_day(text: str) -> date | None:
    """The date of a cell, with or without a midnight; None where it is none."""
    written = _WEEKDAY_BEFORE.sub("", text.strip())
    german, iso = _GERMAN_DATE.fullmatch(written), _ISO_DATE.fullmatch(written)
    try:
        if german:
            day, month, year = map(int, german.groups())
            return date(year if len(german[3]) == len("2026") else _CENTURY + year, month, day)
        if iso:
            return date(*map(int, iso.groups()))
    except ValueError:  # such as February 30
        pass
    return None


def parse_hour(text: str) -> time | None:
    """The time of a cell, None where it is none."""
    match = _HOUR.fullmatch(_EXCELS_DAY_0.sub("", text.strip()))
    try:
        return time(int(match[1]), int(match[2] or 0)) if match else None
    except ValueError:  # such as 25:00
        return None


def parse_hours(text: str) -> tuple[time, time] | None:
    """Two times in one cell, "10:00-14:00 Uhr"; None where they are not."""
    ends = [parse_hour(part) for part in _SPAN.split(text.strip())]
    match ends:
        case [time() as begins, time() as until]:
            return begins, until
    return None


def parse_weekday_name(text: str) -> int | None:
    """0 for Monday; None where the cell is no weekday."""
    return _DAY_BY_WORD.get(text.strip().rstrip(".").lower())
