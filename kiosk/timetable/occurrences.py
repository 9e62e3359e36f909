"""From the text of an iCalendar file to single events, with hostile ones refused in time.

The libraries follow the rules of RFC 5545; this module bounds what a file may ask of them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import icalendar
import recurring_ical_events

from kiosk.timetable.lines import Source, source_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.timetable.faults import Faults

MOST_EVENTS = 4000
PATIENCE_S = 5.0
"""For all rules of a file together. A plan of a year takes a tenth of a second."""

YEARS: Final = range(2000, 2200)
REPEATS: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
RULE_PARTS: Final = frozenset(
    ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS")
)

Event: TypeAlias = Any
"""Of icalendar, whose types say of each property that it may be any of thirty kinds."""

# What icalendar, recurring_ical_events and dateutil raise for what they cannot make sense of.
_SENSELESS = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
    ZeroDivisionError,
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
    """One time at which an event takes place, or would have. Times are as the file tells them."""

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


def occurrences(text: str, reading: Faults) -> Iterator[Occurrence | AllDay]:
    """Every occurrence until the horizon, those of the last year included, to be counted as past.

    What cannot be read becomes a fault of `reading`.
    """
    source = source_of(text)
    for line, what, suggestion in source.faults:
        reading.fault(line, what, suggestion)
    if len(source.events) > MOST_EVENTS:
        reading.fault(0, f"holds {len(source.events)} events, more than {MOST_EVENTS}")
    if reading.problems:
        return
    begun = time.monotonic()
    for series in _series(source, reading):
        if time.monotonic() - begun > PATIENCE_S:
            reading.fault(series.line, "takes too long to work out", "simplify the repetitions")
            return
        yield from _of_series(series, reading)


@dataclass(frozen=True, slots=True)
class _Series:
    """The events of one UID: the first, and what was changed of its repetitions."""

    line: int
    events: tuple[Event, ...]

    @property
    def first(self) -> Event:
        return next((each for each in self.events if "RECURRENCE-ID" not in each), self.events[0])

    @property
    def repeats(self) -> bool:
        return len(self.events) > 1 or "RRULE" in self.first or "RDATE" in self.first


def _series(source: Source, reading: Faults) -> list[_Series]:
    try:
        calendars = icalendar.Calendar.from_ical(source.text, multiple=True)
    except _SENSELESS as error:
        reading.fault(0, f"is no iCalendar file that can be read: {str(error)[:100]}")
        return []
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    if len(events) != len(source.events):
        reading.fault(0, "is torn: an event or the calendar itself has no end", "export it again")
        return []
    grouped: dict[str, list[tuple[int, Event]]] = {}
    for line, event in zip(source.events, events, strict=True):
        if _is_sound(line, event, reading):
            grouped.setdefault(_text(event, "UID") or f"line {line}", []).append((line, event))
    for group in grouped.values():
        _check_group(group, reading)
    return [_Series(group[0][0], tuple(event for _, event in group)) for group in grouped.values()]


def _check_group(group: list[tuple[int, Event]], reading: Faults) -> None:
    """Of two events that claim to be the same one, only the newer version would be seen."""
    versions: dict[str, int] = {}
    for line, event in group:
        version = f"{event.get('RECURRENCE-ID')!r} {event.get('SEQUENCE', 0)}"
        if version in versions:
            what = f"the event of line {versions[version]} has the same UID"
            reading.fault(line, what, "give each event its own UID, or delete one")
        versions[version] = line


def _is_sound(line: int, event: Event, reading: Faults) -> bool:
    """Whether the libraries may be asked about an event: its faults are told, else."""
    faults = [f"{name or 'line'}: {str(error)[:100]}" for name, error in event.errors]
    if not faults:
        told = (check(event) for check in _CHECKS)
        faults = list(islice(filter(None, told), 1))  # each check relies on those before it
    for fault in faults:
        reading.fault(line, f"{_named(event)}: {fault}")
    return not faults


def _begin_fault(event: Event) -> str | None:
    start = event.get("DTSTART")
    if start is None or isinstance(start, list) or not isinstance(start.dt, date):
        return "needs one DTSTART: the day and hour at which it begins"
    if isinstance(start.dt, datetime) and start.dt.tzinfo is None and "TZID" in start.params:
        return f"unknown time zone {str(start.params['TZID'])[:40]}; write Europe/Berlin"
    return None if start.dt.year in YEARS else f"begins in {start.dt.year}: is that right?"


def _end_fault(event: Event) -> str | None:
    start, end, lasts = (event.get(name) for name in ("DTSTART", "DTEND", "DURATION"))
    if isinstance(end, list) or isinstance(lasts, list):
        return "has several ends"
    if not isinstance(start.dt, datetime):
        return None
    if end is not None:
        if not isinstance(end.dt, datetime) or (end.dt.tzinfo is None) != (start.dt.tzinfo is None):
            return "begins and ends in different forms: one has a time or time zone, one has none"
        return "ends before it begins" if end.dt <= start.dt else None
    if lasts is None or not isinstance(lasts.dt, timedelta):
        return "has no end"
    return (
        None if timedelta(0) < lasts.dt <= timedelta(days=1) else "lasts less than 0 or over 24 h"
    )


def _rule_fault(event: Event) -> str | None:
    rule = event.get("RRULE")
    if rule is None:
        return None
    if isinstance(rule, list) or "EXRULE" in event:
        return "repeats by several rules: write one event for each"
    frequency = rule.get("FREQ", [""])[0]
    if frequency not in REPEATS:
        return f"repeats {frequency}: only days, weeks, months, years"
    strange = rule.keys() - RULE_PARTS
    if strange:
        return f"repeats by {', '.join(sorted(strange))[:60]}: write one event for each hour"
    # With an interval of 0 the library would look for the second date for ever.
    return None if rule.get("INTERVAL", [1])[0] > 0 else "repeats after 0 days"


_CHECKS = (_begin_fault, _end_fault, _rule_fault)


def _of_series(series: _Series, reading: Faults) -> Iterator[Occurrence | AllDay]:
    first = series.first
    if not isinstance(first["DTSTART"].dt, datetime):
        yield AllDay(series.line, *_words(first), _is_cancelled(first))
        return
    calendar = icalendar.Calendar()
    calendar.subcomponents = list(series.events)
    since = reading.today - timedelta(days=366)
    try:
        found = recurring_ical_events.of(calendar, components=["VEVENT"]).between(
            since, _end_of_search(series, reading.until)
        )
    except _SENSELESS as error:
        reading.fault(series.line, f"{_named(first)}: cannot be worked out: {str(error)[:100]}")
        return
    for event in found:
        yield _occurrence(series, event)


def _end_of_search(series: _Series, until: date) -> date:
    """The horizon. A single date beyond it is looked at too: somebody has mistaken the year."""
    begins = _day(series.first)
    if "RRULE" not in series.first or begins > until:
        until = max(until, *map(_day, series.events))
    return until + timedelta(days=1)


def _day(event: Event) -> date:
    begins = event["DTSTART"].dt
    return begins.date() if isinstance(begins, datetime) else begins


def _occurrence(series: _Series, event: Event) -> Occurrence | AllDay:
    uid, title, location = _words(event)
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


def _named(event: Event) -> str:
    title = _text(event, "SUMMARY")[:60]
    return f'event "{title}"' if title else "event"


def _words(event: Event) -> tuple[str, str, str]:
    return _text(event, "UID"), _text(event, "SUMMARY"), _text(event, "LOCATION")


def _text(event: Event, name: str) -> str:
    """A text property, the first where a careless program wrote several."""
    value = event.get(name, "")
    return str(value[0] if isinstance(value, list) else value).strip()


def _categories(event: Event) -> tuple[str, ...]:
    value = event.get("CATEGORIES", [])
    lists = value if isinstance(value, list) else [value]
    return tuple(str(name) for each in lists for name in each.cats)


def _is_cancelled(event: Event) -> bool:
    return _text(event, "STATUS").upper() == "CANCELLED"
