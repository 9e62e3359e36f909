"""Undo log of a desk: its steps with their rows before and after, and taking back the last.

A step can be undone while the rows are still as it left them; once another action has touched the
same ticket, it cannot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.action import ActionKind
from kiosk.domain.errors import AnotherActionSince, NothingToUndo, TooLateToUndo
from kiosk.domain.events import ActionUndone
from kiosk.domain.ids import TicketId
from kiosk.service.action import DeskAction, desk_action
from kiosk.store import actions, desks, enquiries, tickets

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office, Snapshot, Transaction
    from kiosk.store.actions import TrailEntry


def check_last(act: DeskAction, expected: int | None) -> None:
    """Raise `AnotherActionSince` unless this is what the desk did last (None: nothing)."""
    last_step = actions.last_of(act.connection, act.desk)
    if expected != (last_step.id if last_step else None):
        raise AnotherActionSince(act.desk)


def undo(office: Office, desk: str, now: Moment, *, expected: int | None = None) -> TrailEntry:
    """Take back what this desk did last.

    `expected` is the id of the step that the caller means. Raises `AnotherActionSince` if it is
    another one by now, `NothingToUndo`, `TooLateToUndo`.
    """
    with desk_action(office, desk, now) as act:
        step = actions.last_of(act.connection, act.desk)
        if step is None:
            raise NothingToUndo(desk)
        if expected is not None and expected != step.id:
            raise AnotherActionSince(desk)
        if changed_since(act, step) is not None:
            raise TooLateToUndo(step.desk, step.number)
        _put_back(act, step)
        actions.mark_undone(act.connection, step)
        ticket = TicketId(int(next(reversed(step.before), 0)))
        act.announce(ActionUndone(ticket, step.number, act.desk, step.kind))
    return step


def latest(view: Snapshot, desk: str, most: int) -> list[TrailEntry]:
    """What this desk did last, newest first; undone steps are marked."""
    return actions.latest(view.connection, view.profile.desk(desk).id, most)


def last(view: Snapshot, desk: str) -> TrailEntry | None:
    """What this desk did last and has not undone."""
    return actions.last_of(view.connection, view.profile.desk(desk).id)


def undone_finish(view: Snapshot, desk: str, number: str) -> TrailEntry | None:
    """The end of a talk with this person that the desk has taken back, the newest."""
    desk_id = view.profile.desk(desk).id
    return actions.last_undone(view.connection, desk_id, ActionKind.FINISH, number)


def changed_since(transaction: Transaction, step: TrailEntry) -> TicketId | None:
    """The ticket that has changed since a step, so that it cannot be undone any more."""
    for name, checksum in step.checksums.items():
        ticket = tickets.by_id(transaction.connection, int(name))
        if ticket is None or tickets.checksum(ticket) != checksum:
            return TicketId(int(name))
    return None


def _put_back(act: DeskAction, step: TrailEntry) -> None:
    if step.enquiry is not None:
        enquiries.delete(act.connection, step.enquiry)
    desks.set_in_a_row(act.connection, step.desk, step.in_a_row)
    # From the last to the first: whoever was called leaves the desk before another returns to it.
    for name, columns in reversed(step.before.items()):
        ticket_id = int(name)
        act.changed[ticket_id] = tickets.by_id(act.connection, ticket_id)
        if columns is None:
            tickets.delete(act.connection, ticket_id)
        else:
            tickets.put_back(act.connection, ticket_id, columns)
