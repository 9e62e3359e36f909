"""JSON form of the timetable: `kiosk timetable show --json` and the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from kiosk.domain.errors import Refused
from kiosk.domain.local_time import BERLIN, local_date
from kiosk.domain.timetable import HORIZON, YEARS
from kiosk.service.timetable import TimetableEntry, stop_name, timetable

if TYPE_CHECKING:
    from datetime import time

    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.service.office import Snapshot

LONGEST_SPAN: Final = timedelta(days=4000)


class SpanTooLong(Refused):
    """A question that would plan weekly hours until the end of time."""

    def __init__(self) -> None:
        super().__init__(
            f"Ask for at most {LONGEST_SPAN.days} days between {YEARS[0]} and {YEARS[-1]}."
        )


@dataclass(frozen=True, slots=True)
class TimetableLine:
    """One visit, planned or not. Times are local; `begins` and `ends` are None if unplanned.

    `topics` are those on offer. `took_place` is None as long as it still can; `opened` and `closed`
    are times of day such as "09:58", None where unknown. `source` is the file, or "profile".
    """

    date: date
    stop: str
    stop_name: str
    begins: datetime | None
    ends: datetime | None
    partners: tuple[str, ...]
    topics: tuple[str, ...]
    cancelled: bool
    note: str
    source: str | None
    uid: str | None
    took_place: bool | None
    opened: str | None
    closed: str | None


def timetable_lines(
    snapshot: Snapshot, first: date | None, last: date | None, now: Moment
) -> list[TimetableLine]:
    """The visits of a span, by default from January to the last that can be planned.

    Raises `SpanTooLong`.
    """
    present = local_date(now)
    begin = first or present.replace(month=1, day=1)
    end = last or max(begin, present) + HORIZON
    if end - begin > LONGEST_SPAN or begin.year not in YEARS or end.year not in YEARS:
        raise SpanTooLong
    return [_line(snapshot.profile, entry) for entry in timetable(snapshot, begin, end, now)]


def _line(profile: Profile, entry: TimetableEntry) -> TimetableLine:
    planned, day = entry.planned, entry.day
    begins, ends = _hours(entry)
    return TimetableLine(
        date=entry.date,
        stop=entry.stop,
        stop_name=stop_name(profile, entry.stop),
        begins=begins,
        ends=ends,
        partners=planned.partners if planned else (),
        topics=entry.topics,
        cancelled=entry.cancelled,
        note=planned.note if planned else "",
        source=planned.source if planned else None,
        uid=planned.uid or None if planned else None,
        took_place=entry.took_place,
        opened=_clock(day.opened) if day else None,
        closed=_clock(day.closed) if day else None,
    )


def _hours(entry: TimetableEntry) -> tuple[datetime | None, datetime | None]:
    """The planned hours: those of the plan, or those noted when that was another one."""
    if entry.planned:
        return entry.planned.begins, entry.planned.ends
    day = entry.day
    if day is None or day.planned_begins is None or day.planned_ends is None:
        return None, None
    begins, ends = (
        datetime.combine(entry.date, each, BERLIN)
        for each in (day.planned_begins, day.planned_ends)
    )
    return begins, ends


def _clock(moment: time | None) -> str | None:
    return f"{moment:%H:%M}" if moment else None
