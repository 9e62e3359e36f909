"""Parser of iCalendar files, expanding recurring events and refusing hostile ones in time.

The libraries follow the rules of RFC 5545; this module bounds what a file may ask of them.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import icalendar
import recurring_ical_events

from kiosk.files.event_validation import IcalEvent, first_fault
from kiosk.files.icalendar_lines import IcalSource, scan_lines
from kiosk.files.name_index import normalise_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiosk.files.faults import FaultCollector


MOST_EVENTS = 4000
PARSING_LIMIT_S = 5.0
"""For all rules of a file together. A plan of a year takes a tenth of a second."""

_LABELLED_LINE = re.compile(r"^\s*([^:\n]{1,40}):[ \t]*(\S.*)$", re.MULTILINE)

# What icalendar, recurring_ical_events and dateutil raise for what they cannot make sense of.
_LIBRARY_ERRORS = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
    ZeroDivisionError,
    OSError,  # a time zone that is called as a folder of zones
)


@dataclass(frozen=True, slots=True)
class AllDay:
    """An event that has days, and no hours."""

    line: int
    uid: str
    title: str
    location: str
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time at which an event takes place, or would have. Times are as in the file."""

    line: int
    uid: str
    title: str
    location: str
    description: str
    categories: tuple[str, ...]
    begins: datetime
    ends: datetime
    cancelled: bool
    repeats: bool


def expand_occurrences(text: str, reading: FaultCollector) -> Iterator[Occurrence | AllDay]:
    """Every occurrence until the horizon, those of the last year included, to be counted as past.

    What cannot be read becomes a fault of `reading`.
    """
    source = scan_lines(text)
    for line, what, suggestion in source.faults:
        reading.add_fault(line, what, suggestion)
    if len(source.events) > MOST_EVENTS:
        reading.add_fault(0, f"holds {len(source.events)} events, more than {MOST_EVENTS}")
    if reading.found:
        return
    begun = time.monotonic()
    for series in _series(source, reading):
        if time.monotonic() - begun > PARSING_LIMIT_S:
            reading.add_fault(series.line, "takes too long to work out", "simplify the repetitions")
            return
        yield from _expand_series(series, reading)


@dataclass(frozen=True, slots=True)
class _Series:
    """The events of one UID: the first, and what was changed of its repetitions."""

    line: int
    events: tuple[IcalEvent, ...]

    @property
    def first(self) -> IcalEvent:
        return next((each for each in self.events if "RECURRENCE-ID" not in each), self.events[0])

    @property
    def repeats(self) -> bool:
        return len(self.events) > 1 or "RRULE" in self.first or "RDATE" in self.first


def _series(source: IcalSource, reading: FaultCollector) -> list[_Series]:
    try:
        calendars = icalendar.Calendar.from_ical(source.text, multiple=True)
    except _LIBRARY_ERRORS as error:
        reading.add_fault(0, f"is no iCalendar file that can be read: {str(error)[:100]}")
        return []
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    if len(events) != len(source.events):
        reading.add_fault(
            0, "is torn: an event or the calendar itself has no end", "export it again"
        )
        return []
    grouped: dict[str, list[tuple[int, IcalEvent]]] = {}
    for line, event in zip(source.events, events, strict=True):
        if _is_sound(line, event, reading):
            grouped.setdefault(_text(event, "UID") or f"line {line}", []).append((line, event))
    for group in grouped.values():
        _check_group(group, reading)
    return [_Series(group[0][0], tuple(event for _, event in group)) for group in grouped.values()]


def _check_group(group: list[tuple[int, IcalEvent]], reading: FaultCollector) -> None:
    """Of two events that claim to be the same one, only the newer version would be seen."""
    versions: dict[str, int] = {}
    for line, event in group:
        version = f"{event.get('RECURRENCE-ID')!r} {event.get('SEQUENCE', 0)}"
        if version in versions:
            what = f"the event of line {versions[version]} has the same UID"
            reading.add_fault(line, what, "give each event its own UID, or delete one")
        versions[version] = line


def _is_sound(line: int, event: IcalEvent, reading: FaultCollector) -> bool:
    """Whether the libraries may expand an event; if not, its faults are noted."""
    faults = [f"{name or 'line'}: {str(error)[:100]}" for name, error in event.errors]
    if not faults:
        faults = list(filter(None, [first_fault(event)]))
    for fault in faults:
        reading.add_fault(line, f"{_named(event)}: {fault}")
    return not faults


def _expand_series(series: _Series, reading: FaultCollector) -> Iterator[Occurrence | AllDay]:
    first = series.first
    if not isinstance(first["DTSTART"].dt, datetime):
        yield AllDay(series.line, *_labels(first), _is_cancelled(first))
        return
    calendar = icalendar.Calendar()
    calendar.subcomponents = list(series.events)
    since = reading.today - timedelta(days=366)
    try:
        found = recurring_ical_events.of(calendar, components=["VEVENT"]).between(
            since, _end_of_search(series, reading.until)
        )
    except _LIBRARY_ERRORS as error:
        reading.add_fault(series.line, f"{_named(first)}: cannot be worked out: {str(error)[:100]}")
        return
    for event in found:
        yield _occurrence(series, event)


def _end_of_search(series: _Series, until: date) -> date:
    """The horizon. A single date beyond it is looked at too: its year is a slip."""
    begins = _day(series.first)
    if "RRULE" not in series.first or begins > until:
        until = max(until, *map(_day, series.events))
    return until + timedelta(days=1)


def _day(event: IcalEvent) -> date:
    begins = event["DTSTART"].dt
    return begins.date() if isinstance(begins, datetime) else begins


def _occurrence(series: _Series, event: IcalEvent) -> Occurrence | AllDay:
    uid, title, location = _labels(event)
    if not isinstance(event["DTSTART"].dt, datetime):
        return AllDay(series.line, uid, title, location, _is_cancelled(event))
    return Occurrence(
        series.line,
        uid,
        title or _text(series.first, "SUMMARY"),
        location or _text(series.first, "LOCATION"),
        _text(event, "DESCRIPTION"),
        _categories(event) or _categories(series.first),
        event["DTSTART"].dt,
        event["DTEND"].dt,
        _is_cancelled(event),
        series.repeats,
    )


def _named(event: IcalEvent) -> str:
    title = _text(event, "SUMMARY")[:60]
    return f'event "{title}"' if title else "event"


def _labels(event: IcalEvent) -> tuple[str, str, str]:
    return _text(event, "UID"), _text(event, "SUMMARY"), _text(event, "LOCATION")


def _text(event: IcalEvent, name: str) -> str:
    """A text property, the first where a careless program wrote several."""
    value = event.get(name, "")
    return str(value[0] if isinstance(value, list) else value).strip()


def _categories(event: IcalEvent) -> tuple[str, ...]:
    value = event.get("CATEGORIES", [])
    lists = value if isinstance(value, list) else [value]
    return tuple(str(name) for each in lists for name in each.cats)


def _is_cancelled(event: IcalEvent) -> bool:
    return _text(event, "STATUS").upper() == "CANCELLED"


def labelled_lines(description: str, columns: Mapping[str, str]) -> dict[str, str]:
    """Lines such as "Partner: ..." of a description; `columns` are by normalised label."""
    lines = (
        (columns.get(normalise_name(name)), words)
        for name, words in _LABELLED_LINE.findall(description)
    )
    return {column: words for column, words in lines if column}
