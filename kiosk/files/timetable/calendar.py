"""iCalendar reader of year plans: each event is a visit, or many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.domain.local_time import to_the_minute
from kiosk.files.icalendar_events import AllDay, Occurrence, expand_occurrences, labelled_lines
from kiosk.files.timetable.table import COLUMNS
from kiosk.files.timetable.validation import VisitDraft

if TYPE_CHECKING:
    from kiosk.files.timetable.validation import YearPlanReader

_COLUMNS: Final = {
    name: column for column in ("stop", "partners", "topics") for name in COLUMNS[column]
}


def read_events(text: str, reading: YearPlanReader) -> None:
    """Take every occurrence from today to the horizon.

    The place is the LOCATION, else a line "Standort: ..." of the description, else the title;
    partners and topics are the CATEGORIES and the lines "Partner: ..." and "Themen: ...".
    """
    for found in expand_occurrences(text, reading):
        if reading.full:
            break
        if isinstance(found, AllDay):
            _take_all_day(found, reading)
        else:
            _take(found, reading)
    reading.finish("events")


def _take(found: Occurrence, reading: YearPlanReader) -> None:
    labelled = labelled_lines(found.description, _COLUMNS)
    place = found.location or labelled.get("stop", "")
    if not place and reading.names.knows_stop(found.title):
        place = found.title
    reading.take(
        VisitDraft(
            found.line,
            _named(found.title, found.uid),
            place,
            to_the_minute(found.begins),
            to_the_minute(found.ends),
            (
                *found.categories,
                *(labelled[name] for name in ("partners", "topics") if name in labelled),
            ),
            found.cancelled,
            found.title,
            found.uid,
        )
    )


def _take_all_day(found: AllDay, reading: YearPlanReader) -> None:
    """A holiday stands in the calendar beside the visits; a visit without hours is a slip."""
    what = _named(found.title, found.uid)
    if found.cancelled or not any(map(reading.names.knows_stop, (found.location, found.title))):
        reading.remark(f"line {found.line}: {what} lasts all day, so it is no visit")
    else:
        reading.add_fault(found.line, f"{what}: lasts all day, has no hours", "give it hours")


def _named(title: str, uid: str) -> str:
    """How messages name an event: people know its title, programs its UID."""
    shown = " ".join(title.split())[:60]
    return f'event "{shown}"' if shown else f"event {uid[:60] or 'without title'}"
