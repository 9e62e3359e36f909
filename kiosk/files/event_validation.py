"""Validation of an iCalendar event, before the libraries expand its dates."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final, TypeAlias

from kiosk.domain.timetable import YEARS
from kiosk.files.sentences import Sentence, verbatim

REPEATS: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
RULE_PARTS: Final = frozenset(
    ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS")
)

IcalEvent: TypeAlias = Any
"""Of icalendar, whose types say of each property that it may be any of thirty kinds."""

# What icalendar, recurring_ical_events and dateutil raise for what they cannot make sense of.
LIBRARY_ERRORS: Final = (
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

_ONE_BEGIN = Sentence(
    "needs one DTSTART: the day and hour at which it begins",
    "braucht genau einen Beginn (DTSTART) mit Tag und Uhrzeit",
)
_UNKNOWN_ZONE = Sentence(
    "unknown time zone {zone}; write Europe/Berlin",
    "unbekannte Zeitzone {zone}; schreiben Sie Europe/Berlin",
)
_STRANGE_YEAR = Sentence("begins in {year}: is that right?", "beginnt im Jahr {year}: stimmt das?")
_SEVERAL_ENDS = Sentence("has several ends", "hat mehrere Enden")
_OTHER_FORM = Sentence(
    "begins and ends in different forms: one has a time or time zone, one has none",
    "Beginn und Ende sind verschieden geschrieben: nur eines hat Uhrzeit oder Zeitzone",
)
_ENDS_BEFORE = Sentence("ends before it begins", "endet, bevor es beginnt")
_NO_LENGTH = Sentence("ends when it begins", "endet, wenn es beginnt")
_NO_END = Sentence("has no end", "hat kein Ende")
_LASTS = Sentence("lasts less than 0 or over 24 h", "dauert weniger als 0 oder mehr als 24 Stunden")
_SEVERAL_RULES = Sentence(
    "repeats by several rules: write one event for each",
    "wiederholt sich nach mehreren Regeln: schreiben Sie für jede einen Termin",
)
_TOO_OFTEN = Sentence(
    "repeats {frequency}: only days, weeks, months, years",
    "wiederholt sich {frequency}: möglich sind nur Tage, Wochen, Monate, Jahre",
)
_STRANGE_RULE = Sentence(
    "repeats by {parts}: write one event for each hour",
    "wiederholt sich nach {parts}: schreiben Sie für jede Uhrzeit einen Termin",
)
_NO_INTERVAL = Sentence("repeats after 0 days", "wiederholt sich nach 0 Tagen")
_SEVERAL_CHANGES = Sentence(
    "says several times which repetition it changes",
    "nennt mehrmals, welche Wiederholung geändert wird",
)


def first_fault(event: IcalEvent, *, only_begins: bool = False) -> Sentence | None:
    """The first thing that is wrong with an event whose properties could all be read.

    With `only_begins` it need have no end, and may last no time at all.
    """
    return _begin_fault(event) or _end_fault(event, only_begins) or _rule_fault(event)


def _begin_fault(event: IcalEvent) -> Sentence | None:
    start = event.get("DTSTART")
    if start is None or isinstance(start, list) or not isinstance(start.dt, date):
        return _ONE_BEGIN
    if isinstance(event.get("RECURRENCE-ID"), list):
        return _SEVERAL_CHANGES
    if isinstance(start.dt, datetime) and start.dt.tzinfo is None and "TZID" in start.params:
        return _UNKNOWN_ZONE.of(zone=str(start.params["TZID"])[:40])
    return None if start.dt.year in YEARS else _STRANGE_YEAR.of(year=start.dt.year)


def _end_fault(event: IcalEvent, only_begins: bool) -> Sentence | None:  # noqa: FBT001 - as above
    start, end, lasts = (event.get(name) for name in ("DTSTART", "DTEND", "DURATION"))
    if isinstance(end, list) or isinstance(lasts, list):
        return _SEVERAL_ENDS
    if not isinstance(start.dt, datetime):
        return None
    if end is not None:
        return _backwards(start.dt, end.dt, only_begins)
    if only_begins:
        return None
    if lasts is None or not isinstance(lasts.dt, timedelta):
        return _NO_END
    return None if timedelta(0) < lasts.dt <= timedelta(days=1) else _LASTS


def _backwards(start: datetime, end: date, only_begins: bool) -> Sentence | None:  # noqa: FBT001 - as above
    if not isinstance(end, datetime) or (end.tzinfo is None) != (start.tzinfo is None):
        return None if only_begins else _OTHER_FORM
    if end == start:
        return None if only_begins else _NO_LENGTH
    return _ENDS_BEFORE if end < start else None


def _rule_fault(event: IcalEvent) -> Sentence | None:
    rule = event.get("RRULE")
    if rule is None:
        return None
    if isinstance(rule, list) or "EXRULE" in event:
        return _SEVERAL_RULES
    frequency = rule.get("FREQ", [""])[0]
    if frequency not in REPEATS:
        return _TOO_OFTEN.of(frequency=verbatim(str(frequency)[:20]))
    strange = rule.keys() - RULE_PARTS
    if strange:
        return _STRANGE_RULE.of(parts=", ".join(sorted(strange))[:60])
    # With an interval of 0 the library would look for the second date for ever.
    return None if rule.get("INTERVAL", [1])[0] > 0 else _NO_INTERVAL
