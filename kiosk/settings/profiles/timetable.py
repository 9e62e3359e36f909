"""Validation of a profile's timetable: existing days, ends after beginnings, one rule an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kiosk.domain.hours import WEEKDAYS, UnreadableHours, parse_clock_time, parse_iso_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.settings.schema.checker import TomlTable
    from kiosk.settings.schema.faults import TomlFaultCollector
    from kiosk.settings.schema.lines import KeyPath

MOST_WEEKS = 8
_ONLY_WEEKLY = ("every_weeks", "first", "until_date")
_Read = TypeVar("_Read")


def check_timetable(profile: TomlTable, faults: TomlFaultCollector) -> None:
    """Each entry by itself; stops, partners and topics are looked up with the other references."""
    for at, entry in enumerate(profile.get("timetable", ())):
        path = ("timetable", at)
        _check_times(entry, path, faults)
        if "date" in entry and "weekday" in entry:
            faults.add(path, "has both a date and a weekday", "make two entries of it")
        elif "date" in entry:
            _check_single_day(entry, path, faults)
        elif "weekday" in entry:
            _check_weekly(entry, path, faults)
        else:
            suggestion = 'add date = "2026-11-24", or weekday = "tu" for every Tuesday'
            faults.add(path, "has neither date nor weekday", suggestion)


def _check_times(entry: TomlTable, path: KeyPath, faults: TomlFaultCollector) -> None:
    begins = _read(parse_clock_time, entry, "begins", path, faults)
    ends = _read(parse_clock_time, entry, "ends", path, faults)
    if begins and ends and ends <= begins:
        what = f'"{entry["ends"]}" is not after "{entry["begins"]}"'
        faults.add((*path, "ends"), what, "exchange them, or divide the night at midnight")


def _check_single_day(entry: TomlTable, path: KeyPath, faults: TomlFaultCollector) -> None:
    _read(parse_iso_date, entry, "date", path, faults)
    for key in _ONLY_WEEKLY:
        if key in entry:
            faults.add((*path, key), "is for entries with a weekday", "leave it out")


def _check_weekly(entry: TomlTable, path: KeyPath, faults: TomlFaultCollector) -> None:
    weekday, weeks = entry["weekday"], entry.get("every_weeks", 1)
    if weekday and weekday not in WEEKDAYS:
        what = f'"{weekday}" is no weekday'
        faults.add((*path, "weekday"), what, f"known: {' '.join(WEEKDAYS)}")
    if not 1 <= weeks <= MOST_WEEKS:
        faults.add((*path, "every_weeks"), f"must be from 1 to {MOST_WEEKS}, not {weeks}")
    first = _read(parse_iso_date, entry, "first", path, faults)
    last = _read(parse_iso_date, entry, "until_date", path, faults)
    if weeks > 1 and "first" not in entry:
        what = f"every {weeks} weeks, but from when?"
        faults.add((*path, "every_weeks"), what, 'add first = "2026-11-24", the first such day')
    if first and weekday in WEEKDAYS and WEEKDAYS[first.weekday()] != weekday:
        what = f'{first} is no "{weekday}"'
        faults.add((*path, "first"), what, f'that day is a "{WEEKDAYS[first.weekday()]}"')
    if first and last and last < first:
        faults.add((*path, "until_date"), f"{last} is before {first}", "exchange them")


def _read(
    read: Callable[[str], _Read],
    entry: TomlTable,
    key: str,
    path: KeyPath,
    faults: TomlFaultCollector,
) -> _Read | None:
    """A time or a day; None where there is none, or where it cannot be read."""
    if not entry.get(key):
        return None
    try:
        return read(entry[key])
    except UnreadableHours as error:
        faults.add((*path, key), str(error))
        return None
