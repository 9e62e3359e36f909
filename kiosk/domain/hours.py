"""Parser of days, times and opening hours as a profile writes them: "mo-fr 09:00-12:00"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from kiosk.domain.errors import KioskError

WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
"""In the order of `date.weekday()`."""

MIDNIGHT = time(0)
CLOCK_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]"
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LINE = re.compile(r"(?P<days>\S+) (?P<begins>[^\s-]+)-(?P<ends>[^\s-]+)")


class UnreadableHours(KioskError):
    """A day or a time that is written in another way."""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """One span on some weekdays, in order, 0 is Monday. `MIDNIGHT` as the end is the day's end."""

    days: tuple[int, ...]
    begins: time
    ends: time

    @property
    def all_day(self) -> bool:
        """Whether it is open round the clock."""
        return self.begins == self.ends == MIDNIGHT


def parse_opening_hours(line: str) -> OpeningHours:
    """Read "mo-fr 09:00-12:00" or "tu,th 14:00-24:00". Raises `UnreadableHours`."""
    match = _LINE.fullmatch(line)
    if match is None:
        raise UnreadableHours(f'"{line}" has not the form of "mo-fr 09:00-12:00"')
    days = tuple(sorted({day for span in match["days"].split(",") for day in _days(span)}))
    begins = parse_clock_time(match["begins"])
    ends = MIDNIGHT if match["ends"] == "24:00" else parse_clock_time(match["ends"])
    if match["ends"] != "24:00" and begins >= ends:
        raise UnreadableHours(f'"{line}" ends before it begins')
    return OpeningHours(days, begins, ends)


def weekday_spans(days: Sequence[int]) -> list[tuple[int, int]]:
    """Weekdays in a row taken together, for print: Monday to Wednesday is (0, 2)."""
    joined: list[tuple[int, int]] = []
    for day in days:
        if joined and joined[-1][1] == day - 1:
            joined[-1] = (joined[-1][0], day)
        else:
            joined.append((day, day))
    return joined


def parse_weekday(name: str) -> int:
    """0 for "mo" to 6 for "su". Raises `UnreadableHours`."""
    if name not in WEEKDAYS:
        raise UnreadableHours(f'"{name}" is no weekday: {" ".join(WEEKDAYS)}')
    return WEEKDAYS.index(name)


def parse_clock_time(text: str) -> time:
    """Read "09:30". Raises `UnreadableHours`."""
    if not re.fullmatch(CLOCK_TIME, text):
        raise UnreadableHours(f'"{text}" is no time such as "09:30"')
    return time.fromisoformat(text)


def parse_iso_date(text: str) -> date:
    """Read "2026-11-24". Raises `UnreadableHours`."""
    try:
        if _ISO_DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:  # such as February 30
        pass
    raise UnreadableHours(f'"{text}" is no day such as "2026-11-24"')


def _days(span: str) -> range:
    first, _, last = span.partition("-")
    begins, ends = parse_weekday(first), parse_weekday(last or first)
    if begins > ends:
        raise UnreadableHours(f'"{span}" runs backwards: the week begins with "mo"')
    return range(begins, ends + 1)
