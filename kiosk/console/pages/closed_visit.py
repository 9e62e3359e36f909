"""Notice of the visit closed last, while it can be reopened, and of one left open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Final

from kiosk.console.pages.desk_rows import clock_time
from kiosk.console.words.day_sum import outcomes_of, people_of
from kiosk.domain.local_time import local_date
from kiosk.domain.visit_events import VisitClosed
from kiosk.service import visits
from kiosk.service.timetable import stop_name
from kiosk.service.visit_counting import closed_visit
from kiosk.store import journal

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Snapshot

_THAT_DAY: Final = "An jenem Tag"


@dataclass(frozen=True, slots=True)
class ClosedVisit:
    """Who closed which visit and when; `day` is the one of its sum.

    `until` is empty once that cannot be taken back any more.
    """

    text: str
    until: str = ""
    people: str = ""
    outcomes: str = ""
    day: str = "Heute"


def closed_today(snapshot: Snapshot, now: Moment) -> ClosedVisit | None:
    """What happened at another desk a while ago is told too; yesterday's visit is not."""
    found = journal.latest_of(snapshot.connection, VisitClosed, most=1)
    if not found or local_date(found[0].moment) != local_date(now):
        return None
    event, moment = found[0].event, found[0].moment
    if not isinstance(event, VisitClosed):
        return None
    at = f" um {clock_time(moment.wall)} Uhr" if moment.trusted else ""
    by = f" von Platz {event.desk}" if event.desk else ""
    what = "Übung" if event.practice else "Einsatz"
    text = f"{what} beendet{at}{by}: {stop_name(snapshot.profile, event.stop)}."
    closed = closed_visit(snapshot)
    left_s = closed.reopening_left_s(now) if closed else 0.0
    day = visits.day_sum_now(snapshot)
    if not left_s or day is None:
        return ClosedVisit(text)
    told = ClosedVisit(
        text, _until(now, left_s), people_of(day), outcomes_of(day, snapshot.profile)
    )
    return replace(told, day=_THAT_DAY) if closed and closed.left_open_since(now) else told


def left_open(snapshot: Snapshot, now: Moment) -> ClosedVisit | None:
    """A visit of another day that was left open."""
    visit = snapshot.visit
    since = visit.left_open_since(now) if visit else None
    if visit is None or since is None:
        return None
    day = visits.sum_in(snapshot.connection)
    stop = stop_name(snapshot.profile, visit.stop)
    text = f"Der Einsatz vom {since:%d.%m.%Y} ist noch offen: {stop}"
    return ClosedVisit(
        text, people=people_of(day), outcomes=outcomes_of(day, snapshot.profile), day=_THAT_DAY
    )


def _until(now: Moment, left_s: float) -> str:
    if now.trusted:
        return f"Bis {clock_time(now.wall + timedelta(seconds=left_s))} Uhr"
    minutes = ceil(left_s / 60)
    return "Noch 1 Minute lang" if minutes == 1 else f"Noch {minutes} Minuten lang"
