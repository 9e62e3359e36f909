"""Series of iCalendar events: one UID with its rule, its exceptions and its changes.

Here events are grouped and checked, and is set right what the libraries read otherwise than the
programs that wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import icalendar
import recurring_ical_events

from kiosk.domain.local_time import to_the_minute
from kiosk.files.event_validation import LIBRARY_ERRORS, IcalEvent, first_fault
from kiosk.files.sentences import (
    EXPORT_AGAIN,
    MEND_EVENT,
    NOTHING,
    WHOLE_CALENDAR,
    Sentence,
    quoted,
    verbatim,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.files.faults import FaultCollector
    from kiosk.files.icalendar_lines import EventPlace, IcalSource

_END_OF_DAY: Final = time(23, 59, 59)

_NO_OCCURRENCE: Final = Sentence(
    "changes its repetition of {when}, and there is none then",
    "ändert die Wiederholung vom {when}, und die gibt es nicht",
)
_ALL_FOLLOWING: Final = Sentence(
    "changes all repetitions from one on", "ändert alle Wiederholungen von einer an"
)
_NO_HOUR: Final = Sentence(
    "names the day of the repetition that it changes, but not the hour",
    "nennt den Tag der Wiederholung, die geändert wird, aber nicht die Uhrzeit",
)
_NO_UID: Final = Sentence(
    "changes or cancels an event, but has no UID that tells which",
    "ändert einen Termin oder sagt ihn ab, hat aber keine UID, die sagt welchen",
)
_OWN_UID: Final = Sentence(
    "give each event its own UID, or delete one",
    "geben Sie jedem Termin eine eigene UID, oder löschen Sie einen",
)
_SAME_UID: Final = Sentence(
    "the event of line {line} has the same UID", "der Termin in Zeile {line} hat dieselbe UID"
)
_TORN: Final = Sentence(
    "is torn: an event or the calendar itself has no end",
    "ist abgeschnitten: einem Termin oder dem Kalender fehlt das Ende",
)
_UNREADABLE: Final = Sentence(
    "is no iCalendar file that can be read: {why}", "ist keine lesbare iCalendar-Datei: {why}"
)


@dataclass(frozen=True, slots=True)
class Series:
    """The events of one UID: the first, and what was changed of its repetitions.

    Without a first one it is `partial`: it changes repetitions that another file has told.
    """

    line: int
    events: tuple[IcalEvent, ...]
    lines: tuple[int, ...]

    @property
    def partial(self) -> bool:
        return all("RECURRENCE-ID" in each for each in self.events)

    @property
    def first(self) -> IcalEvent:
        return next((each for each in self.events if "RECURRENCE-ID" not in each), self.events[0])

    @property
    def repeats(self) -> bool:
        changed = any("RECURRENCE-ID" in each for each in self.events)
        return changed or "RRULE" in self.first or "RDATE" in self.first

    def between(self, since: date, until: date) -> list[IcalEvent]:
        """Its occurrences in that span, each as an event. Raises the library's errors."""
        return _between(self.events, since, until)

    def settle(self, reading: FaultCollector) -> None:
        """Set right the end of its rule and the days of its changes; note those that fit none."""
        _settle_until(self.first)
        changes = [
            (line, event)
            for line, event in zip(self.lines, self.events, strict=True)
            if "RECURRENCE-ID" in event and not self.partial
        ]
        if not isinstance(self.first["DTSTART"].dt, datetime):
            return
        for _, event in changes:
            _settle_day(event, self.first["DTSTART"].dt)
        changes = [(line, event) for line, event in changes if _matters(event, reading.today)]
        known = self._unchanged([changed_time(event) for _, event in changes])
        for line, event in changes:
            when = changed_time(event)
            if when not in known:
                reading.add_fault(line, _NO_OCCURRENCE.of(when=when), WHOLE_CALENDAR)

    def _unchanged(self, times: list[datetime]) -> set[datetime]:
        """The local times of its repetitions around these times, exceptions included."""
        if not times:
            return set()
        alone = self.first.copy()
        alone.pop("EXDATE", None)
        found = _between(
            [alone],
            min(times).date() - timedelta(days=1),
            max(times).date() + timedelta(days=2),
        )
        return {to_the_minute(event["DTSTART"].dt) for event in found}


def group_series(
    source: IcalSource, lines: list[str], reading: FaultCollector, *, only_begins: bool
) -> list[tuple[bool, Series]]:
    """The series of a file by UID, those that an envelope withdraws last and apart."""
    try:
        calendars = icalendar.Calendar.from_ical("\r\n".join(lines), multiple=True)
    except LIBRARY_ERRORS as error:
        reading.add_fault(0, _UNREADABLE.of(why=str(error)[:100]), EXPORT_AGAIN)
        return []
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    if len(events) != len(source.events):
        reading.add_fault(0, _TORN, EXPORT_AGAIN)
        return []
    grouped: dict[tuple[bool, str], list[tuple[int, IcalEvent]]] = {}
    for place, event in zip(source.events, events, strict=True):
        withdrawn = _method(source, place) == "CANCEL"
        if _is_sound(place.line, event, reading, only_begins=only_begins or withdrawn):
            if only_begins or withdrawn:
                event.pop("DTEND", None)
                event.pop("DURATION", None)
            uid = text_of(event, "UID") or f"line {place.line}"
            grouped.setdefault((withdrawn, uid), []).append((place.line, event))
    for group in grouped.values():
        _check_group(group, reading)
    found = []
    for (withdrawn, _), group in sorted(grouped.items(), key=lambda item: item[0][0]):
        numbers, members = zip(*group, strict=True)
        series = Series(numbers[0], members, numbers)
        _check_partial(series, reading, withdrawn=withdrawn, needs_hour=only_begins)
        found.append((withdrawn, series))
    return found


def _method(source: IcalSource, place: EventPlace) -> str:
    return source.methods[place.calendar] if source.methods else ""


def _check_group(group: list[tuple[int, IcalEvent]], reading: FaultCollector) -> None:
    """Of two events that claim to be the same one, only the newer version would be seen."""
    versions: dict[str, int] = {}
    for line, event in group:
        version = f"{event.get('RECURRENCE-ID')!r} {event.get('SEQUENCE', 0)}"
        if version in versions:
            reading.add_fault(line, _SAME_UID.of(line=versions[version]), _OWN_UID)
        versions[version] = line


def _check_partial(
    series: Series, reading: FaultCollector, *, withdrawn: bool, needs_hour: bool
) -> None:
    """What changes an event that another file has told must say which, and no more than that.

    Where only a digest is kept of what it was called, its repetition is not found by the day.
    """
    if not (series.partial or withdrawn):
        return
    for line, event in zip(series.lines, series.events, strict=True):
        if not text_of(event, "UID"):
            reading.add_fault(line, _NO_UID.about(named(event)), WHOLE_CALENDAR)
        changes = event.get("RECURRENCE-ID")
        if changes is not None and "RANGE" in changes.params:
            reading.add_fault(line, _ALL_FOLLOWING.about(named(event)), WHOLE_CALENDAR)
        elif changes is not None and needs_hour and not isinstance(changes.dt, datetime):
            reading.add_fault(line, _NO_HOUR.about(named(event)), WHOLE_CALENDAR)


def _is_sound(line: int, event: IcalEvent, reading: FaultCollector, *, only_begins: bool) -> bool:
    """Whether the libraries may expand an event; if not, its faults are noted."""
    faults = [verbatim(f"{name or 'line'}: {str(error)[:100]}") for name, error in event.errors]
    if not faults:
        faults = list(filter(None, [first_fault(event, only_begins=only_begins)]))
    for fault in faults:
        reading.add_fault(line, fault.about(named(event)), MEND_EVENT)
    return not faults


def changed_time(event: IcalEvent) -> datetime:
    """Which repetition an event changes: the local time at which that would have begun."""
    when = event["RECURRENCE-ID"].dt
    return to_the_minute(when if isinstance(when, datetime) else datetime.combine(when, time()))


def _between(events: Iterable[IcalEvent], since: date, until: date) -> list[IcalEvent]:
    calendar = icalendar.Calendar()
    calendar.subcomponents = list(events)
    return list(recurring_ical_events.of(calendar, components=["VEVENT"]).between(since, until))


def _settle_until(event: IcalEvent) -> None:
    """A bare date as UNTIL counts to its end, a time without a zone is in that of DTSTART.

    The library takes the one for midnight in UTC, and the other for UTC.
    """
    rule, start = event.get("RRULE"), event["DTSTART"].dt
    if rule is None or not isinstance(start, datetime):
        return
    ends = []
    for until in rule.get("UNTIL", []):
        end = until if isinstance(until, datetime) else datetime.combine(until, _END_OF_DAY)
        if start.tzinfo is None:
            end = to_the_minute(end).replace(tzinfo=None, second=end.second)
        else:
            end = (end if end.tzinfo else end.replace(tzinfo=start.tzinfo)).astimezone(UTC)
        ends.append(end)
    if ends:
        rule["UNTIL"] = ends


def _settle_day(event: IcalEvent, start: datetime) -> None:
    """A change may name only the day of its repetition: all of them begin at the same hour."""
    when = event["RECURRENCE-ID"]
    if not isinstance(when.dt, datetime):
        exact = datetime.combine(when.dt, start.timetz())
        event["RECURRENCE-ID"] = icalendar.vDDDTypes(exact)


def _matters(event: IcalEvent, today: date) -> bool:
    """Whether a change concerns anything from today on."""
    begins = event["DTSTART"].dt
    day = begins.date() if isinstance(begins, datetime) else begins
    return max(day, changed_time(event).date()) >= today


def named(event: IcalEvent) -> Sentence:
    return titled(text_of(event, "SUMMARY"))


def titled(title: str) -> Sentence:
    """How messages name an event by its title."""
    named = quoted(title) if title else NOTHING
    return Sentence(f"event {named.english}".strip(), f"Termin {named.german}".strip())


def text_of(event: IcalEvent, name: str) -> str:
    """A text property, the first where a careless program wrote several."""
    value = event.get(name, "")
    return str(value[0] if isinstance(value, list) else value).strip()
