"""Validation of an iCalendar event, before the libraries expand its dates."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final, TypeAlias

YEARS: Final = range(2000, 2200)
REPEATS: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
RULE_PARTS: Final = frozenset(
    ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS")
)

IcalEvent: TypeAlias = Any
"""Of icalendar, whose types say of each property that it may be any of thirty kinds."""


def first_fault(event: IcalEvent) -> str | None:
    """The first thing that is wrong with an event whose properties could all be read."""
    return _begin_fault(event) or _end_fault(event) or _rule_fault(event)


def _begin_fault(event: IcalEvent) -> str | None:
    start = event.get("DTSTART")
    if start is None or isinstance(start, list) or not isinstance(start.dt, date):
        return "needs one DTSTART: the day and hour at which it begins"
    if isinstance(start.dt, datetime) and start.dt.tzinfo is None and "TZID" in start.params:
        return f"unknown time zone {str(start.params['TZID'])[:40]}; write Europe/Berlin"
    return None if start.dt.year in YEARS else f"begins in {start.dt.year}: is that right?"


def _end_fault(event: IcalEvent) -> str | None:
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


def _rule_fault(event: IcalEvent) -> str | None:
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
