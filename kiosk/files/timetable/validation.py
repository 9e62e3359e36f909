"""Validation of imported year plans against the profile and the calendar of the next months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.timetable import HORIZON, PlannedVisit
from kiosk.files.faults import MOST_FAULTS, FaultCollector, printable
from kiosk.files.name_index import NameIndex, UnknownName

if TYPE_CHECKING:
    from datetime import date, datetime

    from kiosk.domain.ids import StopId
    from kiosk.domain.profile import Profile
    from kiosk.files.name_index import NamedOffer

MOST_VISITS = 4000
LONGEST_NOTE = 200
LONGEST_UID = 500
_MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """One visit as it is written. `place` and `offers` are still words; `what` names it."""

    line: int
    what: str
    place: str
    begins: datetime
    ends: datetime
    offers: tuple[str, ...] = ()
    cancelled: bool = False
    note: str = ""
    uid: str = ""


@dataclass(frozen=True, slots=True)
class YearPlan:
    """A file that can be imported.

    `past` counts its visits before today, `remarks` name what is no visit.
    """

    source: str
    visits: tuple[PlannedVisit, ...]
    past: int
    remarks: tuple[str, ...]


class YearPlanReader(FaultCollector):
    """Collects the visits of one file, and everything that is wrong with it."""

    def __init__(self, source: str, profile: Profile, today: date) -> None:
        super().__init__(today)
        self.source = source
        self.names = NameIndex(profile)
        self.remarks: list[str] = []
        self._past = 0
        self._visits: dict[tuple[StopId, datetime], _Placed] = {}

    @property
    def full(self) -> bool:
        """Whether a limit is reached: of visits, or of faults."""
        return len(self._visits) > MOST_VISITS or len(self.found) >= MOST_FAULTS

    def remark(self, what: str) -> None:
        """Something that is no visit, and no fault."""
        self.remarks.append(printable(what))

    def take(self, draft: VisitDraft) -> None:
        """Hold a draft against the profile: it becomes a visit, or a fault."""
        resolved = self.resolve_names(draft.line, draft.what, draft.place, draft.offers)
        if not self._timely(draft) or resolved is None:
            return
        stop, offers = resolved
        if draft.begins.date() < self.today:
            self._past += 1
            return
        visit = PlannedVisit(
            stop,
            draft.begins,
            draft.ends,
            tuple(dict.fromkeys(partner for offer in offers for partner in offer.partners)),
            tuple(dict.fromkeys(topic for offer in offers for topic in offer.topics)),
            self.source,
            draft.uid[:LONGEST_UID],
            draft.cancelled,
            " ".join(draft.note.split())[:LONGEST_NOTE],
        )
        self._place(visit, draft)

    def resolve_names(
        self, line: int, what: str, place: str, offers: tuple[str, ...]
    ) -> tuple[StopId, list[NamedOffer]] | None:
        """Stop, partners and topics by their names; None where one of them is a fault."""
        stop, found = self._stop(line, what, place), self._offers(line, what, offers)
        return None if stop is None or found is None else (stop, found)

    def plan(self) -> YearPlan:
        """What was read, if it was faultless."""
        visits = sorted((placed.visit for placed in self._visits.values()), key=_begins)
        return YearPlan(self.source, tuple(visits), self._past, tuple(self.remarks))

    def finish(self, what: str) -> None:
        """At the end of the file: an empty plan would only wipe the one that is there."""
        if len(self._visits) > MOST_VISITS:
            self.add_fault(
                0, f"plans more than {MOST_VISITS} visits, so it is no year plan of one bus"
            )
        elif not self._visits and not self.found:
            when = f" from today ({self.today.isoformat()}) on" if self._past else ""
            self.add_fault(0, f"has no {what}{when}", "is it the right file?")

    def _place(self, visit: PlannedVisit, draft: VisitDraft) -> None:
        """The same stop and hour twice is a slip, unless one of the two is cancelled."""
        key = visit.stop, visit.begins
        other = self._visits.get(key)
        if other is None or other.visit.cancelled:
            self._visits[key] = _Placed(visit, draft.line)
        elif not visit.cancelled:
            self.add_fault(
                draft.line,
                f"{draft.what}: line {other.line} plans this stop at the same time"
                f" ({visit.begins:%Y-%m-%d %H:%M})",
                "delete one of the two",
            )

    def _stop(self, line: int, what: str, place: str) -> StopId | None:
        if not place.strip():
            self.add_fault(line, f"{what}: does not say at which stop", "name the stop")
            return None
        try:
            return self.names.stop(place)
        except UnknownName as unknown:
            said = f"{what}: there is no stop {_quoted(unknown.name)}"
            self.add_fault(line, said, unknown.suggestion)
            return None

    def _offers(self, line: int, what: str, texts: tuple[str, ...]) -> list[NamedOffer] | None:
        try:
            return [offer for text in texts for offer in self.names.offers(text)]
        except UnknownName as unknown:
            said = f"{what}: there is no partner or topic {_quoted(unknown.name)}"
            self.add_fault(line, said, unknown.suggestion)
            return None

    def _timely(self, draft: VisitDraft) -> bool:
        when = f"{draft.begins:%Y-%m-%d %H:%M}"
        if draft.ends <= draft.begins:
            self.add_fault(draft.line, f"{draft.what}: ends before it begins ({when})")
        elif draft.ends.date() != draft.begins.date():
            what = f"{draft.what}: does not end on the day on which it begins ({when})"
            self.add_fault(draft.line, what, "write one visit for each day")
        elif draft.begins.date() > self.until:
            what = f"{draft.what}: {when} is more than {HORIZON.days // 30} months ahead"
            self.add_fault(draft.line, what, "is the year right?")
        else:
            return True
        return False


@dataclass(frozen=True, slots=True)
class _Placed:
    visit: PlannedVisit
    line: int


def _begins(visit: PlannedVisit) -> tuple[datetime, str]:
    return visit.begins, visit.stop


def _quoted(name: str) -> str:
    """A name inside a message; what a hostile file holds stays short and on one line."""
    shown = " ".join(name.split())
    return f'"{shown[:_MOST_SHOWN]}…"' if len(shown) > _MOST_SHOWN else f'"{shown}"'
