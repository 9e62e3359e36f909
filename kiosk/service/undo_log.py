"""What a desk did, step by step, so that staff can see it and take the last step back.

Every step is kept with the rows of its tickets before and after. It can be undone while those rows
are still as it left them; as soon as somebody else has acted on the same person, it cannot.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from kiosk.domain.action import ActionKind
from kiosk.domain.errors import AnotherActionSince, NothingToUndo, TooLateToUndo
from kiosk.domain.events import ActionUndone
from kiosk.domain.ids import ActionId, TicketId
from kiosk.service.office import Office, announce, open_visit_of, tell_offer
from kiosk.store import actions, desks, enquiries, series, tickets
from kiosk.store.actions import Action

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiosk.domain.ids import DeskId
    from kiosk.domain.moment import Moment
    from kiosk.store.actions import Rows
    from kiosk.store.database import Connection


_SERIES = "action"


@contextmanager
def kept(
    connection: Connection,
    desk: DeskId | None,
    kind: ActionKind,
    touched: Sequence[int],
    now: Moment,
) -> Iterator[None]:
    """Keep what the block does to these tickets as one action; the last names it.

    Without a desk (the command line, a program) there is nobody who could undo it.
    """
    if desk is None:
        yield
        return
    before, in_a_row = _rows(connection, touched), desks.in_a_row(connection, desk)
    yield
    after = _rows(connection, touched)
    named = after[str(touched[-1])] or before[str(touched[-1])] or {}
    action_id = ActionId(series.following(connection, _SERIES))
    number = named["number"]
    actions.insert(
        connection, Action(action_id, desk, kind, number, before, after, None, in_a_row, now)
    )


def keep_enquiry(connection: Connection, desk: DeskId, enquiry_id: int, now: Moment) -> None:
    """Keep that somebody without a number was counted."""
    in_a_row = desks.in_a_row(connection, desk)
    action_id = ActionId(series.following(connection, _SERIES))
    actions.insert(
        connection,
        Action(action_id, desk, ActionKind.COUNT, "", {}, {}, enquiry_id, in_a_row, now),
    )


def check_last(connection: Connection, desk: DeskId, expected: int | None) -> None:
    """Raise `AnotherActionSince` unless this is what the desk did last (None: nothing)."""
    action = actions.last_of(connection, desk)
    if expected != (action.id if action else None):
        raise AnotherActionSince(desk)


def undo(office: Office, desk: str, now: Moment, *, expected: int | None = None) -> Action:
    """Take back what this desk did last.

    `expected` is the id of the action that the caller means. Raises `AnotherActionSince` if it is
    another one by now, `NothingToUndo`, `TooLateToUndo`.
    """
    desk_id = office.profile.desk(desk).id
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        action = actions.last_of(connection, desk_id)
        if action is None:
            raise NothingToUndo(desk)
        if expected is not None and expected != action.id:
            raise AnotherActionSince(desk)
        if _changed(connection, action) is not None:
            raise TooLateToUndo(action.desk, action.number)
        _put_back(connection, action)
        actions.mark_undone(connection, action)
        ticket = TicketId(int(next(reversed(action.before), 0)))
        event = ActionUndone(ticket, action.number, desk_id, action.kind)
        announce(connection, event, now, visit)
        tell_offer(connection, visit, now)
    return action


def latest(office: Office, desk: str, most: int) -> list[Action]:
    """What this desk did last, newest first; undone steps are marked."""
    desk_id = office.profile.desk(desk).id
    with office.database.read() as connection:
        return actions.latest(connection, desk_id, most)


def last(office: Office, desk: str) -> Action | None:
    """What this desk did last and has not undone."""
    desk_id = office.profile.desk(desk).id
    with office.database.read() as connection:
        return actions.last_of(connection, desk_id)


def undone_finish(office: Office, desk: str, number: str) -> Action | None:
    """The end of a talk with this person that the desk has taken back, the newest."""
    desk_id = office.profile.desk(desk).id
    with office.database.read() as connection:
        return actions.last_undone(connection, desk_id, ActionKind.FINISH, number)


def gone_on_with(office: Office, action: Action) -> TicketId | None:
    """Whose ticket has changed since an action, so that it cannot be undone any more."""
    with office.database.read() as connection:
        return _changed(connection, action)


def _rows(connection: Connection, touched: Sequence[int]) -> Rows:
    return {str(ticket): tickets.row_of(connection, ticket) for ticket in touched}


def _changed(connection: Connection, action: Action) -> TicketId | None:
    rows = ((TicketId(int(name)), row) for name, row in action.after.items())
    return next((one for one, row in rows if tickets.row_of(connection, one) != row), None)


def _put_back(connection: Connection, action: Action) -> None:
    if action.enquiry is not None:
        enquiries.delete(connection, action.enquiry)
    desks.set_in_a_row(connection, action.desk, action.in_a_row)
    # From the last to the first: whoever was called leaves the desk before another returns to it.
    for name, row in reversed(action.before.items()):
        if row is None:
            tickets.delete(connection, int(name))
        else:
            tickets.put_back(connection, row)
