"""Parser of iCalendar files, expanding recurring events and refusing hostile ones in time.

The libraries follow the rules of RFC 5545; this module bounds what a file may ask of them, and
tells what its envelope says (METHOD, RFC 5546): whether it is a whole calendar or changes of one.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from kiosk.files.csv_rows import CANCELLED
from kiosk.files.event_series import (
    Series,
    changed_time,
    group_series,
    named,
    text_of,
    titled,
)
from kiosk.files.event_validation import LIBRARY_ERRORS, IcalEvent
from kiosk.files.icalendar_lines import scan_lines
from kiosk.files.icalendar_zones import MOST_ZONES, TooManyZones, ZoneNames, name_zones
from kiosk.files.name_index import normalise_name
from kiosk.files.sentences import (
    MEND_EVENT,
    THIS_ALONE,
    WRITE_BERLIN,
    Sentence,
    quoted,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kiosk.files.faults import FaultCollector

MOST_EVENTS = 4000
PARSING_LIMIT_S = 5.0
"""Of one core, for all rules of a file together. A plan of a year takes a tenth of a second."""

_LABELLED_LINE = re.compile(r"^\s*([^:\n]{1,40}):[ \t]*(\S.*)$", re.MULTILINE)
_A_YEAR: Final = timedelta(days=366)
_UPDATES: Final = ("REQUEST", "CANCEL")
"""What tells of some events, whatever else stands in the calendar they are of."""

_TOO_MANY: Final = Sentence(
    "holds {count} events, more than {most}", "enthält {count} Termine, mehr als {most}"
)
_TOO_LONG: Final = Sentence("takes too long to work out", "ist zu aufwendig auszurechnen")
_SIMPLIFY: Final = Sentence("simplify the repetitions", "vereinfachen Sie die Wiederholungen")
_UNSOLVABLE: Final = Sentence("cannot be worked out: {why}", "ist nicht auszurechnen: {why}")
_TOO_MANY_ZONES: Final = Sentence(
    "defines more than {most} time zones", "legt mehr als {most} Zeitzonen fest"
)
_OTHER_ZONE: Final = Sentence(
    "the file defines the time zone {zone} otherwise than it is known,"
    " so it is unclear when it begins",
    "die Datei legt die Zeitzone {zone} anders fest als bekannt, der Beginn ist deshalb unklar",
)


CALLED_OFF: Final = "X-RADHAUS-CALLED-OFF"
"""Stands for a title that says so, where titles are not read."""

CANCELLED_TITLE: Final = re.compile(rf"({'|'.join(CANCELLED)})\s*[:\u2013-]", re.IGNORECASE)
"""What Outlook writes before the title of a meeting that its organiser has called off."""


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
    """One time at which an event takes place, or would have. Times are as in the file.

    `repetition` is the local time that identifies it in its series, None for a single event.
    `partial` says that its series is told by another file; `withdrawn` that its envelope cancels
    it. A series that is withdrawn as a whole is told once, and then each repetition. `sequence`
    counts its versions, where its program does.
    """

    line: int
    uid: str
    title: str
    location: str
    description: str
    categories: tuple[str, ...]
    begins: datetime
    ends: datetime
    cancelled: bool
    repetition: datetime | None = None
    repeats: bool = False
    partial: bool = False
    withdrawn: bool = False
    sequence: int | None = None


def expand_occurrences(
    raw: bytes,
    reading: FaultCollector,
    *,
    only_begins: bool = False,
    keep: Callable[[str], str] = str,
) -> Iterator[Occurrence | AllDay]:
    """Every occurrence until the horizon, those of the last year included, to be counted as past.

    Of the content lines only what `keep` gives is looked at, nothing where that is empty. With
    `only_begins` events need no end. What cannot be read becomes a fault of `reading`.
    """
    source = scan_lines(raw, reading)
    if len(source.events) > MOST_EVENTS:
        what = _TOO_MANY.of(count=len(source.events), most=MOST_EVENTS)
        reading.add_fault(0, what, THIS_ALONE)
    if reading.found:
        return
    lines = list(filter(None, (keep(content) for _, content in source.lines)))
    try:
        zones = name_zones(lines, reading.today - _A_YEAR, reading.until)
    except TooManyZones:
        reading.add_fault(0, _TOO_MANY_ZONES.of(most=MOST_ZONES), WRITE_BERLIN)
        return
    reading.changes_only = any(method in _UPDATES for method in source.methods)
    begun = time.thread_time()
    for withdrawn, series in group_series(source, zones.lines, reading, only_begins=only_begins):
        if time.thread_time() - begun > PARSING_LIMIT_S:
            reading.add_fault(series.line, _TOO_LONG, _SIMPLIFY)
            return
        for found in _expand_series(series, reading, withdrawn=withdrawn):
            if isinstance(found, Occurrence):
                _check_zone(found, zones, reading)
            yield found


def _check_zone(found: Occurrence, zones: ZoneNames, reading: FaultCollector) -> None:
    zone = zones.disputed(found.begins)
    if zone is not None:
        what = _OTHER_ZONE.of(zone=quoted(zone)).about(titled(found.title))
        reading.add_fault(found.line, what, WRITE_BERLIN)


def _expand_series(
    series: Series, reading: FaultCollector, *, withdrawn: bool
) -> Iterator[Occurrence | AllDay]:
    first = series.first
    if not isinstance(first["DTSTART"].dt, datetime):
        yield AllDay(series.line, *_labels(first), _is_cancelled(first) or withdrawn)
        return
    try:
        series.settle(reading)
        found = series.between(reading.today - _A_YEAR, _end_of_search(series, reading.until))
    except LIBRARY_ERRORS as error:
        what = _UNSOLVABLE.of(why=str(error)[:100]).about(named(first))
        reading.add_fault(series.line, what, MEND_EVENT)
        return
    if withdrawn and not series.partial:
        whole = _occurrence(series, first, withdrawn=True)
        yield replace(whole, repetition=None) if isinstance(whole, Occurrence) else whole
        found = found if series.repeats else []
    for event in found:
        yield _occurrence(series, event, withdrawn=withdrawn)


def _end_of_search(series: Series, until: date) -> date:
    """The horizon. A single date beyond it is looked at too: its year is a slip."""
    begins = _day(series.first)
    if "RRULE" not in series.first or begins > until:
        until = max(until, *map(_day, series.events))
    return until + timedelta(days=1)


def _day(event: IcalEvent) -> date:
    begins = event["DTSTART"].dt
    return begins.date() if isinstance(begins, datetime) else begins


def _occurrence(series: Series, event: IcalEvent, *, withdrawn: bool) -> Occurrence | AllDay:
    uid, title, location = _labels(event)
    cancelled = _is_cancelled(event) or withdrawn
    if not isinstance(event["DTSTART"].dt, datetime):
        return AllDay(series.line, uid, title, location, cancelled)
    return Occurrence(
        series.line,
        uid,
        title or text_of(series.first, "SUMMARY"),
        location or text_of(series.first, "LOCATION"),
        text_of(event, "DESCRIPTION"),
        _categories(event) or _categories(series.first),
        event["DTSTART"].dt,
        event["DTEND"].dt if "DTEND" in event else event["DTSTART"].dt,
        cancelled,
        changed_time(event) if series.repeats and "RECURRENCE-ID" in event else None,
        repeats=series.repeats,
        partial=series.partial,
        withdrawn=withdrawn,
        sequence=_sequence(event),
    )


def _sequence(event: IcalEvent) -> int | None:
    told = event.get("SEQUENCE")
    return int(told) if isinstance(told, int) else None


def _labels(event: IcalEvent) -> tuple[str, str, str]:
    return text_of(event, "UID"), text_of(event, "SUMMARY"), text_of(event, "LOCATION")


def _categories(event: IcalEvent) -> tuple[str, ...]:
    value = event.get("CATEGORIES", [])
    lists = value if isinstance(value, list) else [value]
    return tuple(str(name) for each in lists for name in each.cats)


def _is_cancelled(event: IcalEvent) -> bool:
    return text_of(event, "STATUS").upper() == "CANCELLED" or CALLED_OFF in event


def labelled_lines(description: str, columns: Mapping[str, str]) -> dict[str, str]:
    """Lines such as "Partner: ..." of a description; `columns` are by normalised label."""
    lines = (
        (columns.get(normalise_name(name)), words)
        for name, words in _LABELLED_LINE.findall(description)
    )
    return {column: words for column, words in lines if column}
