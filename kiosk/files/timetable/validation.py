"""Validation of imported year plans against the profile and the calendar of the next months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from kiosk.domain.local_time import to_the_minute
from kiosk.domain.timetable import HORIZON, PlannedVisit
from kiosk.files.faults import MOST_FAULTS, FaultCollector
from kiosk.files.name_index import UNKNOWN_STOP, NameIndex, UnknownName
from kiosk.files.sentences import RIGHT_FILE, RIGHT_YEAR, THIS_ALONE, Sentence, quoted

if TYPE_CHECKING:
    from datetime import date, datetime

    from kiosk.domain.ids import StopId
    from kiosk.domain.profile import Profile
    from kiosk.files.icalendar_events import Occurrence
    from kiosk.files.name_index import NamedOffer

MOST_VISITS = 4000
LONGEST_NOTE = 200
LONGEST_UID = 500

_TOO_MANY: Final = Sentence(
    "plans more than {most} visits, so it is no year plan of one bus",
    "plant mehr als {most} Einsätze, ist also kein Jahresplan eines Busses",
)
_EMPTY: Final = Sentence("has no {what}", "enthält keine {what}")
_EMPTY_FROM_TODAY: Final = Sentence(
    "has no {what} from today ({today}) on", "enthält keine {what} ab heute ({today})"
)
_TWICE: Final = Sentence(
    "line {line} plans this stop at the same time ({when})",
    "Zeile {line} plant denselben Standort zur selben Zeit ({when})",
)
_DELETE_ONE: Final = Sentence("delete one of the two", "löschen Sie eine von beiden")
_NO_STOP: Final = Sentence("does not say at which stop", "der Standort fehlt")
_NAME_STOP: Final = Sentence("name the stop", "nennen Sie den Standort")
_UNKNOWN_OFFER: Final = Sentence(
    "there is no partner or topic {name}", "weder Partner noch Anliegen heißt {name}"
)
_ENDS_BEFORE: Final = Sentence(
    "ends before it begins ({when})", "endet, bevor der Einsatz beginnt ({when})"
)
_MEND_HOURS: Final = Sentence("mend one of the two", "berichtigen Sie Beginn oder Ende")
_OVER_MIDNIGHT: Final = Sentence(
    "does not end on the day on which it begins ({when})",
    "endet nicht an dem Tag, an dem der Einsatz beginnt ({when})",
)
_ONE_A_DAY: Final = Sentence(
    "write one visit for each day", "schreiben Sie für jeden Tag einen Einsatz"
)
_TOO_FAR: Final = Sentence(
    "{when} is more than {months} months ahead", "{when} liegt mehr als {months} Monate voraus"
)


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """One visit as it is written. `place` and `offers` are still words; `what` names it.

    `partial` where it is a repetition of a series that another file tells.
    """

    line: int
    what: Sentence
    place: str
    begins: datetime
    ends: datetime
    offers: tuple[str, ...] = ()
    cancelled: bool = False
    note: str = ""
    uid: str = ""
    repetition: datetime | None = None
    partial: bool = False
    sequence: int | None = None


class VisitUpdate(NamedTuple):
    """A change of one repetition of a series that another file tells; `what` names it."""

    line: int
    what: Sentence
    visit: PlannedVisit


class Withdrawal(NamedTuple):
    """An event that is cancelled by its envelope, or one `repetition` of it; `day` is its date."""

    line: int
    what: Sentence
    uid: str
    repetition: str
    day: date
    sequence: int | None = None


@dataclass(frozen=True, slots=True)
class YearPlan:
    """A file that can be imported.

    `past` counts its visits before today, `remarks` name what is left out. A file that is not
    `whole` tells changes alone.
    """

    source: str
    visits: tuple[PlannedVisit, ...]
    past: int = 0
    remarks: tuple[Sentence, ...] = ()
    updates: tuple[VisitUpdate, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    whole: bool = True


class YearPlanReader(FaultCollector):
    """Collects the visits of one file, and everything that is wrong with it."""

    def __init__(self, source: str, profile: Profile, today: date) -> None:
        super().__init__(today)
        self.source = source
        self.names = NameIndex(profile)
        self._past = 0
        self._visits: dict[tuple[StopId, datetime], _Placed] = {}
        self._updates: list[VisitUpdate] = []
        self._withdrawals: dict[tuple[str, str], Withdrawal] = {}

    @property
    def full(self) -> bool:
        """Whether a limit is reached: of visits, or of faults."""
        return len(self._visits) > MOST_VISITS or len(self.found) >= MOST_FAULTS

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
            _as_text(draft.repetition),
            draft.sequence,
        )
        if draft.partial:
            self._updates.append(VisitUpdate(draft.line, draft.what, visit))
        else:
            self._place(visit, draft)

    def withdraw(self, what: Sentence, found: Occurrence) -> None:
        """Take note that an event does not take place, or one repetition of it."""
        whole = not found.partial
        day = to_the_minute(found.begins if whole else found.repetition or found.begins).date()
        if day < self.today and not whole:
            self._past += 1
            return
        repetition = "" if whole else _as_text(found.repetition)
        uid = found.uid[:LONGEST_UID]
        withdrawal = Withdrawal(found.line, what, uid, repetition, day, found.sequence)
        self._withdrawals.setdefault((found.uid, repetition), withdrawal)

    def resolve_names(
        self, line: int, what: Sentence, place: str, offers: tuple[str, ...]
    ) -> tuple[StopId, list[NamedOffer]] | None:
        """Stop, partners and topics by their names; None where one of them is a fault."""
        stop, found = self._stop(line, what, place), self._offers(line, what, offers)
        return None if stop is None or found is None else (stop, found)

    def plan(self) -> YearPlan:
        """What was read, if it was faultless."""
        visits = sorted((placed.visit for placed in self._visits.values()), key=_begins)
        return YearPlan(
            self.source,
            tuple(visits),
            self._past,
            tuple(self.remarks),
            tuple(self._updates),
            tuple(self._withdrawals.values()),
            whole=bool(visits) and not self.changes_only,
        )

    def finish(self, what: Sentence) -> None:
        """At the end of the file: an empty plan would only wipe the one that is there."""
        if len(self._visits) > MOST_VISITS:
            self.add_fault(0, _TOO_MANY.of(most=MOST_VISITS), THIS_ALONE)
        elif not (self._visits or self._updates or self._withdrawals or self.found):
            empty = _EMPTY_FROM_TODAY if self._past else _EMPTY
            self.add_fault(0, empty.of(what=what, today=self.today), RIGHT_FILE)

    def _place(self, visit: PlannedVisit, draft: VisitDraft) -> None:
        """The same stop and hour twice is a slip, unless one of the two is cancelled."""
        key = visit.stop, visit.begins
        other = self._visits.get(key)
        if other is None or other.visit.cancelled:
            self._visits[key] = _Placed(visit, draft.line)
        elif not visit.cancelled:
            twice = _TWICE.of(line=other.line, when=visit.begins)
            self.add_fault(draft.line, twice.about(draft.what), _DELETE_ONE)

    def _stop(self, line: int, what: Sentence, place: str) -> StopId | None:
        if not place.strip():
            self.add_fault(line, _NO_STOP.about(what), _NAME_STOP)
            return None
        try:
            return self.names.stop(place)
        except UnknownName as unknown:
            said = UNKNOWN_STOP.of(name=quoted(unknown.name)).about(what)
            self.add_fault(line, said, unknown.suggestion)
            return None

    def _offers(self, line: int, what: Sentence, texts: tuple[str, ...]) -> list[NamedOffer] | None:
        try:
            return [offer for text in texts for offer in self.names.offers(text)]
        except UnknownName as unknown:
            said = _UNKNOWN_OFFER.of(name=quoted(unknown.name)).about(what)
            self.add_fault(line, said, unknown.suggestion)
            return None

    def _timely(self, draft: VisitDraft) -> bool:
        if draft.ends <= draft.begins:
            fault, remedy = _ENDS_BEFORE, _MEND_HOURS
        elif draft.ends.date() != draft.begins.date():
            fault, remedy = _OVER_MIDNIGHT, _ONE_A_DAY
        elif draft.begins.date() > self.until:
            fault, remedy = _TOO_FAR, RIGHT_YEAR
        else:
            return True
        said = fault.of(when=draft.begins, months=HORIZON.days // 30)
        self.add_fault(draft.line, said.about(draft.what), remedy)
        return False


@dataclass(frozen=True, slots=True)
class _Placed:
    visit: PlannedVisit
    line: int


def _begins(visit: PlannedVisit) -> tuple[datetime, str]:
    return visit.begins, visit.stop


def _as_text(repetition: datetime | None) -> str:
    return f"{repetition:%Y-%m-%dT%H:%M}" if repetition else ""
