"""The undo stack of a desk: its steps with their rows before and after, and taking back the last.

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
    from kiosk.service.office import Office
    from kiosk.store.actions import TrailEntry
    from kiosk.store.database import Connection


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
        if _changed(act.connection, step) is not None:
            raise TooLateToUndo(step.desk, step.number)
        _put_back(act, step)
        actions.mark_undone(act.connection, step)
        ticket = TicketId(int(next(reversed(step.before), 0)))
        act.announce(ActionUndone(ticket, step.number, act.desk, step.kind))
    return step


def latest(office: Office, desk: str, most: int) -> list[TrailEntry]:
    """What this desk did last, newest first; undone steps are marked."""
    desk_id = office.profile.desk(desk).id
    with office.database.read() as connection:
        return actions.latest(connection, desk_id, most)


def last(office: Office, desk: str) -> TrailEntry | None:
    """What this desk did last and has not undone."""
    desk_id = office.profile.desk(desk).id
    with office.database.read() as connection:
        return actions.last_of(connection, desk_id)


def undone_finish(office: Office, desk: str, number: str) -> TrailEntry | None:
    """The end of a talk with this person that the desk has taken back, the newest."""
    desk_id = office.profile.desk(desk).id
    with office.database.read() as connection:
        return actions.last_undone(connection, desk_id, ActionKind.FINISH, number)


def gone_on_with(office: Office, step: TrailEntry) -> TicketId | None:
    """Whose ticket has changed since a step, so that it cannot be undone any more."""
    with office.database.read() as connection:
        return _changed(connection, step)


def _changed(connection: Connection, step: TrailEntry) -> TicketId | None:
    rows = ((TicketId(int(name)), row) for name, row in step.after.items())
    return next((one for one, row in rows if tickets.row_of(connection, one) != row), None)


def _put_back(act: DeskAction, step: TrailEntry) -> None:
    if step.enquiry is not None:
        enquiries.delete(act.connection, step.enquiry)
    desks.set_in_a_row(act.connection, step.desk, step.in_a_row)
    # From the last to the first: whoever was called leaves the desk before another returns to it.
    for name, row in reversed(step.before.items()):
        if row is None:
            tickets.delete(act.connection, int(name))
        else:
            tickets.put_back(act.connection, row)
    act.tickets_changed = True
