"""Merge of an imported year plan with what is planned: what would change, visit by visit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from kiosk.files.faults import ImportErrors, ImportFault
from kiosk.files.sentences import WHOLE_CALENDAR, Sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime

    from kiosk.domain.ids import StopId
    from kiosk.domain.timetable import PlannedVisit
    from kiosk.files.timetable.validation import VisitUpdate, Withdrawal, YearPlan

PlanChangeKind = Literal["new", "changed", "cancelled", "gone", "same"]

_UNKNOWN_EVENT: Final = Sentence(
    "is cancelled, but no visit with its UID is planned",
    "wird abgesagt, aber kein Einsatz mit seiner UID ist geplant",
)
_UNKNOWN_REPETITION: Final = Sentence(
    "is about one repetition of a series, and that is not planned here",
    "betrifft eine Wiederholung einer Serie, und die ist hier nicht geplant",
)
_CHANGES_ALONE: Final = Sentence(
    "tells only changes, so it cannot replace everything",
    "nennt nur Änderungen und kann deshalb nicht alles ersetzen",
)


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One visit of which a file tells; `before` is what had been planned in its place."""

    kind: PlanChangeKind
    visit: PlannedVisit
    before: PlannedVisit | None = None


@dataclass(frozen=True, slots=True)
class PlanImport:
    """What an import changes, in visits from today on.

    `others` counts the visits of each other file that stay planned beside it, `overlaps` are pairs
    at one stop at the same time, such as a visit that has moved in a file that calls it otherwise.
    `mark` is the same as long as neither the file nor what is planned has changed. `outdated`
    counts what the file tells in an older version than is planned; that is left out.
    """

    planned: int
    changes: tuple[PlanChange, ...]
    others: Mapping[str, int]
    overlaps: tuple[tuple[PlannedVisit, PlannedVisit], ...] = ()
    mark: str = ""
    outdated: int = 0

    def count(self, *kinds: PlanChangeKind) -> int:
        return sum(change.kind in kinds for change in self.changes)


def merge_plan(
    plan: YearPlan, before: Collection[PlannedVisit], today: date, *, instead_of_all: bool
) -> list[PlannedVisit]:
    """What is planned after a file. Raises `ImportErrors` where it changes what is not planned."""
    if instead_of_all:
        check_whole(plan.source, whole=plan.whole)
    coming = [replace(visit, source=plan.source) for visit in plan.visits if visit.day >= today]
    told = {visit.uid for visit in coming if visit.uid}
    kept = [
        visit
        for visit in (() if instead_of_all else before)
        if visit.uid not in told and not (plan.whole and visit.source == plan.source)
    ]
    faults: list[ImportFault] = []
    kept = _updated(kept, plan.updates, faults)
    after = _by_place([*kept, *coming])
    after = _by_place(_withdrawn(list(after.values()), plan.withdrawals, today, faults))
    if faults:
        raise ImportErrors(plan.source, faults)
    return list(after.values())


def without_outdated(plan: YearPlan, before: Collection[PlannedVisit]) -> tuple[YearPlan, int]:
    """A file of changes without those that are older than what is planned, and how many these are.

    A whole calendar counts as it is: it may be an earlier plan, put back on purpose.
    """
    if plan.whole:
        return plan, 0
    known: dict[tuple[str, str], int] = {}
    for visit in before:
        if visit.uid and visit.sequence is not None:
            whole = visit.uid, ""
            known[visit.uid, _repetition(visit)] = visit.sequence
            known[whole] = min(visit.sequence, known.get(whole, visit.sequence))

    def is_current(uid: str, repetition: str, sequence: int | None) -> bool:
        planned = known.get((uid, repetition))
        return sequence is None or planned is None or sequence >= planned

    visits = tuple(v for v in plan.visits if is_current(v.uid, v.repetition, v.sequence))
    updates = tuple(
        each
        for each in plan.updates
        if is_current(each.visit.uid, each.visit.repetition, each.visit.sequence)
    )
    withdrawals = tuple(
        each for each in plan.withdrawals if is_current(each.uid, each.repetition, each.sequence)
    )
    told = len(plan.visits) + len(plan.updates) + len(plan.withdrawals)
    left_out = told - len(visits) - len(updates) - len(withdrawals)
    current = replace(plan, visits=visits, updates=updates, withdrawals=withdrawals)
    return current, left_out


def check_whole(source: str, *, whole: bool) -> None:
    """Raise `ImportErrors` where a file of changes is to replace everything."""
    if not whole:
        raise ImportErrors(source, [ImportFault(0, _CHANGES_ALONE, WHOLE_CALENDAR)])


def compare_plans(
    source: str, before: Collection[PlannedVisit], after: Collection[PlannedVisit]
) -> PlanImport:
    """The changes between two plans, in order of time."""
    old, new = _by_place(before), _by_place(after)
    moved = {
        (visit.uid, visit.repetition): visit
        for place, visit in old.items()
        if visit.uid and place not in new
    }
    changes, found = [], set[int]()
    for place, visit in new.items():
        was = old.get(place) or moved.pop((visit.uid, visit.repetition), None)
        found.add(id(was))
        kind = _kind(visit, was)
        if kind != "same" or visit.source == source:
            changes.append(PlanChange(kind, visit, was))
    changes += [PlanChange("gone", visit) for visit in old.values() if id(visit) not in found]
    others = Counter(visit.source for visit in after if visit.source != source)
    ordered = tuple(sorted(changes, key=lambda change: (change.visit.begins, change.visit.stop)))
    mine = len(after) - others.total()
    return PlanImport(mine, ordered, dict(others), _overlaps(after), _mark(before, after))


def _overlaps(visits: Collection[PlannedVisit]) -> tuple[tuple[PlannedVisit, PlannedVisit], ...]:
    held = sorted(
        (visit for visit in visits if not visit.cancelled),
        key=lambda visit: (visit.stop, visit.begins),
    )
    return tuple((one, other) for one, other in pairwise(held) if one.overlaps(other))


def _kind(visit: PlannedVisit, was: PlannedVisit | None) -> PlanChangeKind:
    if was is None:
        return "new"
    if visit.cancelled and not was.cancelled:
        return "cancelled"
    return "same" if _content(visit) == _content(was) else "changed"


def _updated(
    kept: list[PlannedVisit], updates: Iterable[VisitUpdate], faults: list[ImportFault]
) -> list[PlannedVisit]:
    """Each update takes the place of the repetition that it changes.

    Where nothing of its series is planned, it is a visit by itself: so it looks in a calendar
    that was invited to one meeting of a series.
    """
    after = list(kept)
    series = {visit.uid for visit in kept if visit.uid}
    for line, what, visit in updates:
        if visit.uid not in series:
            after.append(visit)
            continue
        found = [
            n for n, old in enumerate(after) if _is_repetition(old, visit.uid, visit.repetition)
        ]
        if len(found) == 1:
            old = after[found[0]]
            after[found[0]] = replace(visit, source=old.source, repetition=_repetition(old))
        else:
            faults.append(ImportFault(line, _UNKNOWN_REPETITION.about(what), WHOLE_CALENDAR))
    return after


def _withdrawn(
    visits: list[PlannedVisit],
    withdrawals: Iterable[Withdrawal],
    today: date,
    faults: list[ImportFault],
) -> list[PlannedVisit]:
    after = list(visits)
    for each in withdrawals:
        found = [
            n
            for n, visit in enumerate(after)
            if visit.uid == each.uid
            and (not each.repetition or _is_repetition(visit, each.uid, each.repetition))
        ]
        if len(found) == 1 or (found and not each.repetition):
            for n in found:
                after[n] = replace(after[n], cancelled=True, sequence=each.sequence)
        elif each.repetition or each.day >= today:
            fault = _UNKNOWN_REPETITION if each.repetition else _UNKNOWN_EVENT
            faults.append(ImportFault(each.line, fault.about(each.what), WHOLE_CALENDAR))
    return after


def _is_repetition(visit: PlannedVisit, uid: str, repetition: str) -> bool:
    """Whether a visit is that one of its series; older releases only noted when it begins.

    Where a program names no hour, the day must do.
    """
    known = _repetition(visit)
    return visit.uid == uid and known.startswith(repetition.removesuffix("T00:00"))


def _repetition(visit: PlannedVisit) -> str:
    return visit.repetition or f"{visit.begins:%Y-%m-%dT%H:%M}"


def _by_place(visits: Iterable[PlannedVisit]) -> dict[tuple[StopId, datetime], PlannedVisit]:
    """One visit for each stop and time: a later one takes the place of an earlier one."""
    return {(visit.stop, visit.begins): visit for visit in visits}


def _content(visit: PlannedVisit) -> tuple[object, ...]:
    """What makes two visits the same for people: the file they came in does not."""
    return (
        *(visit.stop, visit.begins, visit.ends, visit.partners, visit.topics),
        *(visit.cancelled, visit.note),
    )


def _mark(*plans: Iterable[PlannedVisit]) -> str:
    told = repr([sorted(map(repr, plan)) for plan in plans])
    return sha256(told.encode()).hexdigest()
