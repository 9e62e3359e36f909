"""Undo log of a desk: its steps with their rows before and after, and taking back the last.

A step can be undone while the rows are still as it left them; once another action has touched the
same ticket, it cannot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.events import ActionUndone
from kiosk.domain.ids import TicketId
from kiosk.domain.ticket import AT_DESK
from kiosk.domain.undo_errors import (
    AnotherActionSince,
    CheckedInSince,
    DeskTakenSince,
    NothingToUndo,
    TooLateToUndo,
)
from kiosk.domain.undo_kind import UndoKind
from kiosk.service.action import DeskAction, desk_action
from kiosk.service.appointments import ticket_of
from kiosk.store import appointments, desks, enquiries, tickets, undo_log

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket
    from kiosk.service.office import Office, Snapshot, Transaction
    from kiosk.store.undo_log import UndoEntry


def check_last(act: DeskAction, expected: int | None) -> None:
    """Raise `AnotherActionSince` unless this is what the desk did last (None: nothing)."""
    last_entry = undo_log.last_of(act.connection, act.desk)
    if expected != (last_entry.id if last_entry else None):
        raise AnotherActionSince(act.desk)


def undo(office: Office, desk: str, now: Moment, *, expected: int | None = None) -> UndoEntry:
    """Take back what this desk did last.

    `expected` is the id of the step that the caller means. Raises `AnotherActionSince` if it is
    another one by now, `NothingToUndo`, `TooLateToUndo`, `DeskTakenSince`, `CheckedInSince`.
    """
    with desk_action(office, desk, now) as act:
        entry = undo_log.last_of(act.connection, act.desk)
        if entry is None:
            raise NothingToUndo(desk)
        if expected is not None and expected != entry.id:
            raise AnotherActionSince(desk)
        if changed_since(act, entry) is not None:
            raise TooLateToUndo(entry.desk, entry.number)
        if other := occupying_ticket(act, entry):
            raise DeskTakenSince(other.desk or "", other.number)
        if holder := checked_in_since(act, entry):
            raise CheckedInSince(holder.number)
        _put_back(act, entry)
        undo_log.mark_undone(act.connection, entry)
        ticket = TicketId(int(next(reversed(entry.before), 0)))
        act.announce(ActionUndone(ticket, entry.number, act.desk, entry.kind))
    return entry


def latest_steps(snapshot: Snapshot, desk: str, most: int) -> list[UndoEntry]:
    """What this desk did last, newest first; undone steps are marked."""
    return undo_log.latest(snapshot.connection, snapshot.profile.desk(desk).id, most)


def last_step(snapshot: Snapshot, desk: str) -> UndoEntry | None:
    """What this desk did last and has not undone."""
    return undo_log.last_of(snapshot.connection, snapshot.profile.desk(desk).id)


def undone_finish(snapshot: Snapshot, desk: str, number: str) -> UndoEntry | None:
    """The end of a talk with this person that the desk has taken back, the newest."""
    desk_id = snapshot.profile.desk(desk).id
    return undo_log.last_undone(snapshot.connection, desk_id, UndoKind.FINISH, number)


def changed_since(transaction: Transaction, entry: UndoEntry) -> TicketId | None:
    """The ticket that has changed since a step, so that it cannot be undone any more."""
    for name, checksum in entry.checksums.items():
        ticket = tickets.by_id(transaction.connection, int(name))
        if ticket is None or tickets.checksum(ticket) != checksum:
            return TicketId(int(name))
    return None


def occupying_ticket(transaction: Transaction, entry: UndoEntry) -> Ticket | None:
    """The ticket that occupies a desk to which undoing this step would return another."""
    for name, columns in entry.before.items():
        ticket = tickets.before_step(transaction.connection, int(name), columns or {})
        if ticket and ticket.desk and ticket.state in AT_DESK:
            other = tickets.at_desk(transaction.connection, ticket.desk)
            if other and str(other.id) not in entry.before:
                return other
    return None


def checked_in_since(transaction: Transaction, entry: UndoEntry) -> Ticket | None:
    """The ticket of an appointment that this step has made: its holder has come meanwhile."""
    if entry.appointment is None:
        return None
    appointment = appointments.by_code(transaction.connection, entry.appointment)
    return ticket_of(transaction.connection, appointment) if appointment else None


def _put_back(act: DeskAction, entry: UndoEntry) -> None:
    if entry.enquiry is not None:
        enquiries.delete(act.connection, entry.enquiry)
    if entry.appointment is not None:
        appointments.delete(act.connection, [entry.appointment])
    desks.set_in_a_row(act.connection, entry.desk, entry.in_a_row)
    # From the last to the first: a called person leaves the desk before another returns to it.
    for name, columns in reversed(entry.before.items()):
        ticket_id = int(name)
        act.changed[ticket_id] = tickets.by_id(act.connection, ticket_id)
        if columns is None:
            tickets.delete(act.connection, ticket_id)
        else:
            tickets.put_back(act.connection, ticket_id, columns)
