"""History of a desk: its last steps in words, and the undo button."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kiosk.console.pages.desk_choices import RecordForm
from kiosk.console.pages.desk_rows import clock_time
from kiosk.console.words.refusals import STATES
from kiosk.domain.errors import Unknown
from kiosk.domain.ids import GERMAN
from kiosk.domain.record import Record
from kiosk.domain.ticket import AT_DESK, TicketState
from kiosk.domain.undo_kind import CALLING, UndoKind
from kiosk.service import undo_log
from kiosk.service.reminders import is_call_back

if TYPE_CHECKING:
    from kiosk.console.pages.desk_rows import TicketRow
    from kiosk.domain.profile import Profile
    from kiosk.domain.ticket import Ticket
    from kiosk.service.office import Snapshot
    from kiosk.store.undo_log import UndoEntry

SHOWN_STEPS = 5
"""Steps. What can be undone may be further back, behind steps that have been."""

WORDS: Final = {
    UndoKind.NEXT: "{number} aufgerufen",
    UndoKind.CALL: "{number} außer der Reihe aufgerufen",
    UndoKind.START: "{number} begonnen",
    UndoKind.FINISH: "{number} abgeschlossen",
    UndoKind.PARK: "{number} geparkt",
    UndoKind.TRANSFER: "{number} weitergeleitet",
    UndoKind.MISS: "{number} nicht erschienen",
    UndoKind.WITHDRAW: "{number} ist gegangen",
    UndoKind.PRIORITY: "Vorrang für {number} gesetzt",
    UndoKind.PUT_BACK: "{number} wartet wieder",
    UndoKind.TOPIC: "Anliegen von {number} geändert",
    UndoKind.AMEND: "{number}: Ergebnis nachgetragen",
    UndoKind.COUNT: "Ohne Nummer gezählt",
    UndoKind.TAKE: "{number} gezogen",
    UndoKind.IMPORT: "Papierrolle bis {number} nachgetragen",
    UndoKind.CHECK_IN: "{number} angemeldet",
}
_WITH_OUTCOME: Final = frozenset({UndoKind.FINISH, UndoKind.AMEND})
_OUTCOME_KEPT: Final = "Ergebnis wie zuvor"
_NO_PRIORITY: Final = "Vorrang für {number} aufgehoben"
_AGAIN: Final = "{number} wieder aufgerufen"
_LEFT: Final = {
    TicketState.WAITING: "{number} nicht erschienen",
    TicketState.MISSED: "{number} nicht erschienen",
    TicketState.FINISHED: "{number} ohne Ergebnis",
    TicketState.PARKED: "{number} geparkt",
}
"""What a call meant for the person who was at the desk."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step. `time` is empty when the clock had not been set."""

    id: int
    words: str
    time: str
    undone: bool


def step_of(snapshot: Snapshot, entry: UndoEntry) -> StepRow:
    """An entry as people read it."""
    moment = entry.moment
    time = clock_time(moment.wall) if moment.trusted else ""
    return StepRow(entry.id, in_words(snapshot, entry), time, entry.undone)


def record_form(snapshot: Snapshot, desk: str, row: TicketRow) -> RecordForm:
    """The record of a talk whose end was undone, else nothing said."""
    undone = undo_log.undone_finish(snapshot, desk, row.ticket.number)
    after = undone.after.get(str(row.ticket.id)) if undone else None
    record = Record.from_text(after["record"]) if after and "record" in after else None
    return record_form_of(snapshot.profile, row, record)


def record_form_of(profile: Profile, row: TicketRow, undone: Record | None = None) -> RecordForm:
    """The record that a ticket had or has, else nothing said."""
    was = undone or row.ticket.record
    if was is None:
        return RecordForm(likely_advice=row.likely_advice)
    return RecordForm(
        was.advice,
        was.occasion,
        was.persons,
        was.interpreter,
        likely_advice=row.likely_advice,
        items=dict(was.items),
        further={t.id: t.label[GERMAN] for t in profile.topics if t.id in was.further},
    )


@dataclass(frozen=True, slots=True)
class UndoButton:
    """A desk's last step, and why it cannot be undone any more; empty when it can."""

    step: StepRow | None = None
    words: str = ""
    too_late: str = ""


@dataclass(frozen=True, slots=True)
class DeskSteps:
    """What a desk did last, newest first, undone steps too, and what its button undoes."""

    steps: list[StepRow] = field(default_factory=list)
    undo: UndoButton = field(default_factory=UndoButton)


def history_of(snapshot: Snapshot, desk: str) -> DeskSteps:
    """The history of a desk during this visit."""
    entries = undo_log.latest_steps(snapshot, desk, SHOWN_STEPS)
    rows = [step_of(snapshot, entry) for entry in entries]
    last = next((entry for entry in entries if not entry.undone), None)
    if last is None and len(entries) == SHOWN_STEPS:
        last = undo_log.last_step(snapshot, desk)
    if last is None:
        return DeskSteps(rows)
    button = UndoButton(
        step_of(snapshot, last), _briefly(snapshot, last), _too_late(snapshot, last)
    )
    return DeskSteps(rows, button)


def _too_late(snapshot: Snapshot, last: UndoEntry) -> str:
    changed = undo_log.changed_since(snapshot, last)
    if changed is None:
        if other := undo_log.occupying_ticket(snapshot, last):
            return f"{other.number}: inzwischen an Platz {other.desk}"
        holder = undo_log.checked_in_since(snapshot, last)
        return f"{holder.number}: Termin inzwischen angemeldet" if holder else ""
    ticket = next((ticket for ticket in snapshot.tickets if ticket.id == changed), None)
    if ticket and ticket.state in AT_DESK and ticket.desk != last.desk:
        return f"{ticket.number}: inzwischen an Platz {ticket.desk}"
    return f"{ticket.number if ticket else last.number}: inzwischen anderswo geändert"


def in_words(snapshot: Snapshot, entry: UndoEntry) -> str:
    """A step, such as "A-017 abgeschlossen: Geklärt"."""
    before, after = _last(entry.before), _last(entry.after)
    said = _words(entry.kind, before, after).format(number=entry.number)
    if entry.kind in _WITH_OUTCOME:
        return f"{said}: {_outcome_of_step(snapshot.profile, before, after)}"
    if entry.kind is UndoKind.TRANSFER and after.get("to_desk"):
        return f"{said} an Platz {after['to_desk']}"
    if entry.kind in CALLING and len(entry.after) > 1:
        return f"{said}, {_left(snapshot, entry)}"
    return said


def _briefly(snapshot: Snapshot, entry: UndoEntry) -> str:
    """What fits a button: of the end of a talk its outcome; to whom it led stands in the trail."""
    record = _last(entry.after).get("record")
    if entry.kind is not UndoKind.FINISH or not record:
        return in_words(snapshot, entry)
    outcome = snapshot.profile.recorded_outcome(Record.from_text(record).outcome)
    return f"{entry.number}, {outcome.label}"


def _left(snapshot: Snapshot, entry: UndoEntry) -> str:
    """What became of the person who was at the desk when another was called."""
    ticket_id, row = next(iter(entry.after.items()))
    number = next((t.number for t in snapshot.tickets if str(t.id) == ticket_id), "")
    state = TicketState((row or {})["state"])
    if state is TicketState.FINISHED and "record" not in (row or {}):
        return f"{number}: {_OUTCOME_KEPT}"
    return _LEFT[state].format(number=number)


def _outcome_of_step(profile: Profile, before: dict[str, Any], after: dict[str, Any]) -> str:
    """How a talk ended, and that a call back promised before is not promised any more."""
    if not after.get("record"):
        return _OUTCOME_KEPT
    record = Record.from_text(after["record"])
    was = Record.from_text(before["record"]) if before.get("record") else None
    ending = _ending(profile, record)
    replaced = is_call_back(profile, was) and not is_call_back(profile, record)
    return f"{ending} statt Rückruf" if replaced else ending


def outcome_text(profile: Profile, ticket: Ticket) -> str:
    """Where a ticket stands and what was noted: "abgeschlossen: Geklärt"."""
    said = STATES[ticket.state].removeprefix("ist ")
    return f"{said}: {_ending(profile, ticket.record)}" if ticket.record else said


def _ending(profile: Profile, record: Record) -> str:
    outcome = profile.recorded_outcome(record.outcome).label
    if record.referral is None:
        return outcome
    try:
        return f"{outcome} an {profile.referral(record.referral)}"
    except Unknown:  # the profile has been changed since
        return outcome


def _words(kind: UndoKind, before: dict[str, Any], after: dict[str, Any]) -> str:
    if kind is UndoKind.PRIORITY and not after.get("priority"):
        return _NO_PRIORITY
    if kind is UndoKind.CALL and before.get("state") != TicketState.WAITING:
        return _AGAIN
    return WORDS[kind]


def _last(rows: dict[str, dict[str, Any] | None]) -> dict[str, Any]:
    """The row of the ticket that names the step."""
    return next(reversed(rows.values()), None) or {}
