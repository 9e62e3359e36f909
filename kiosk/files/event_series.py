"""Series of iCalendar events: one UID with its rule, its exceptions and its changes.

Here is set right what the libraries read otherwise than the programs that wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import icalendar
import recurring_ical_events

from kiosk.domain.local_time import to_the_minute
from kiosk.files.sentences import WHOLE_CALENDAR, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.files.event_validation import IcalEvent
    from kiosk.files.faults import FaultCollector

_END_OF_DAY: Final = time(23, 59, 59)

_NO_OCCURRENCE: Final = Sentence(
    "changes its repetition of {when}, and there is none then",
    "ändert die Wiederholung vom {when}, und die gibt es nicht",
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
