"""iCalendar reader of year plans: each event is a visit, or many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.domain.local_time import to_the_minute
from kiosk.files.icalendar_events import (
    CANCELLED_TITLE,
    AllDay,
    Occurrence,
    expand_occurrences,
    labelled_lines,
)
from kiosk.files.sentences import Sentence, quoted, verbatim
from kiosk.files.timetable.table import COLUMNS
from kiosk.files.timetable.validation import VisitDraft

if TYPE_CHECKING:
    from kiosk.files.timetable.validation import YearPlanReader

_COLUMNS: Final = {
    name: column for column in ("stop", "partners", "topics") for name in COLUMNS[column]
}
_EVENTS: Final = Sentence("events", "Termine")
_LASTS_ALL_DAY: Final = Sentence(
    "line {line}: {what} lasts all day, so it is no visit",
    "Zeile {line}: {what} dauert den ganzen Tag, ist also kein Einsatz",
)
_NO_HOURS: Final = Sentence(
    "lasts all day, has no hours", "dauert den ganzen Tag und hat keine Uhrzeit"
)
_GIVE_HOURS: Final = Sentence("give it hours", "geben Sie Beginn und Ende an")


def read_events(raw: bytes, reading: YearPlanReader) -> None:
    """Take every occurrence from today to the horizon.

    The place is the LOCATION, else a line "Standort: ..." of the description, else the title;
    partners and topics are the CATEGORIES and the lines "Partner: ..." and "Themen: ...".
    """
    for found in expand_occurrences(raw, reading):
        if reading.full:
            break
        if isinstance(found, AllDay):
            _take_all_day(found, reading)
        elif found.withdrawn and found.repetition and not found.partial:
            continue  # its series is withdrawn as a whole
        elif found.withdrawn:
            reading.withdraw(_named(found.title, found.uid), found)
        else:
            _take(found, reading)
    reading.finish(_EVENTS)


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
            found.cancelled or bool(CANCELLED_TITLE.match(found.title)),
            found.title,
            found.uid,
            found.repetition,
            found.partial,
            found.sequence,
        )
    )


def _take_all_day(found: AllDay, reading: YearPlanReader) -> None:
    """A holiday stands in the calendar beside the visits; a visit without hours is a slip."""
    what = _named(found.title, found.uid)
    if found.cancelled or not any(map(reading.names.knows_stop, (found.location, found.title))):
        reading.remark(_LASTS_ALL_DAY.of(line=found.line, what=what))
    else:
        reading.add_fault(found.line, _NO_HOURS.about(what), _GIVE_HOURS)


def _named(title: str, uid: str) -> Sentence:
    """How messages name an event: people know its title, programs its UID."""
    named = quoted(title) if title.strip() else verbatim(uid[:60])
    return Sentence(
        f"event {named.english or 'without title'}", f"Termin {named.german or 'ohne Titel'}"
    )
