"""The write transaction of a use case: one BEGIN IMMEDIATE, one commit, one sync.

    with action(office, now) as act:
        act.announce(...)

What the block raises rolls everything back, and nothing is acknowledged before the block has ended.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from kiosk.domain.closing_errors import VisitLeftOpen
from kiosk.domain.errors import AnotherAtDesk, DeskEmpty, NoVisitOpen
from kiosk.domain.events import ContingentReached
from kiosk.domain.ids import UndoEntryId
from kiosk.domain.undo_kind import UndoKind
from kiosk.service.office import Office, Transaction
from kiosk.store import desks, journal, tickets, undo_log, visits
from kiosk.store.undo_log import UndoEntry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from kiosk.domain.desk import DeskState
    from kiosk.domain.events import Event
    from kiosk.domain.ids import DeskId
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket, Transition
    from kiosk.domain.visit import Visit
    from kiosk.store.database import Connection
    from kiosk.store.undo_log import Rows

ActionT = TypeVar("ActionT", bound="Action")


@dataclass
class Action(Transaction):
    """One action during a visit.

    `visit` is the open one as it was at the beginning. `desk` is where staff act: without it (the
    command line, a program) nothing can be undone. `changed` are the tickets as they were
    before, None for a new one; `booked` is the code of an appointment that was made.
    """

    now: Moment
    visit: Visit
    desk: DeskId | None = None
    changed: dict[int, Ticket | None] = field(default_factory=dict)
    booked: str | None = None

    def check_left_open(self) -> None:
        """Raise `VisitLeftOpen` if the visit is not one of today."""
        if since := self.visit.left_open_since(self.now):
            raise VisitLeftOpen(since.isoformat())

    def announce(self, event: Event) -> None:
        """Write to the journal what happened to a person of this visit."""
        journal.append(self.connection, event, self.now, self.visit.id)

    def insert(self, ticket: Ticket, wish: str | None = None) -> None:
        tickets.insert(self.connection, ticket, wish)
        self.changed[ticket.id] = None

    def apply(self, transition: Transition) -> Ticket:
        """Store a ticket after a transition, and announce it."""
        ticket, event = transition
        before = self.ticket(ticket.id)
        tickets.save(self.connection, before, ticket)
        self.changed[ticket.id] = before
        self.announce(event)
        return ticket

    @contextmanager
    def undoable(self, kind: UndoKind) -> Iterator[None]:
        """Record what the block does to tickets as one step of the desk; the last names it.

        What has changed in their rows is kept, for `undo_log.undo`.
        """
        in_a_row = desks.in_a_row(self.connection, self.desk) if self.desk else 0
        yield
        if self.desk and self.changed:
            undo_log.insert(self.connection, self._entry(self.desk, kind, in_a_row))

    def _entry(self, desk: DeskId, kind: UndoKind, in_a_row: int) -> UndoEntry:
        before: Rows = {}
        after: Rows = {}
        checksums: dict[str, int] = {}
        number = ""
        for ticket_id, old in self.changed.items():
            new, name = self.ticket(ticket_id), str(ticket_id)
            before[name], after[name] = tickets.columns_changed(old, new) if old else (None, {})
            checksums[name] = tickets.checksum(new)
            number = new.number
        return UndoEntry(
            id=self._step_id(),
            desk=desk,
            kind=kind,
            number=number,
            before=before,
            after=after,
            checksums=checksums,
            enquiry=None,
            appointment=self.booked,
            in_a_row=in_a_row,
            moment=self.now,
        )

    def _step_id(self) -> UndoEntryId:
        """That of what this action has announced last: no other has it, today or later."""
        return UndoEntryId(self.connection.cache.entry)


@dataclass
class DeskAction(Action):
    """An action of staff at a desk, who can undo it."""

    desk: DeskId

    def update_desk(self, before: DeskState, after: DeskState) -> bool:
        """Store how the desk works from now on, if that is different; says whether it is."""
        if after != before:
            desks.save(self.connection, after, self.profile.topics_of_desk(self.desk))
        return after != before

    def at_desk(self) -> Ticket | None:
        """The person called to the desk or served there."""
        return tickets.at_desk(self.connection, self.desk)

    def person(self, believed: int | None = None) -> Ticket:
        """The same; raises `DeskEmpty`, or `AnotherAtDesk` if it is not the one `believed`."""
        ticket = self.at_desk()
        if ticket is None:
            raise DeskEmpty(self.desk)
        if believed is not None and believed != ticket.id:
            raise AnotherAtDesk(self.desk, ticket.number)
        return ticket

    def record_enquiry(self, enquiry_id: int) -> None:
        """Record that a person without a number was counted, as one undoable step."""
        in_a_row = desks.in_a_row(self.connection, self.desk)
        entry = self._entry(self.desk, UndoKind.COUNT, in_a_row)
        undo_log.insert(self.connection, replace(entry, enquiry=enquiry_id))


def action(office: Office, now: Moment, desk: str | None = None) -> AbstractContextManager[Action]:
    """Begin an action; raises `NoVisitOpen`, and `Unknown` for the desk."""
    return _begun(Action, office, now, office.profile.desk(desk).id if desk else None)


def desk_action(office: Office, desk: str, now: Moment) -> AbstractContextManager[DeskAction]:
    """Begin an action of staff at a desk; raises `NoVisitOpen`, and `Unknown` for the desk."""
    return _begun(DeskAction, office, now, office.profile.desk(desk).id)


@contextmanager
def _begun(
    kind: type[ActionT], office: Office, now: Moment, desk: DeskId | None
) -> Iterator[ActionT]:
    with office.database.write() as connection:
        act = kind(office, connection, now, open_visit_of(connection), desk)
        yield act
        _announce_offer(act)


def open_visit_of(connection: Connection) -> Visit:
    """The open visit; raises `NoVisitOpen`."""
    visit = visits.current(connection)
    if visit is None:
        raise NoVisitOpen
    return visit


def _announce_offer(act: Action) -> None:
    """Tell the glass if citizens get numbers for other topics now than before the action."""
    if act.changed and act.visit.contingents:
        after = open_visit_of(act.connection)
        if after.open_topics != act.visit.open_topics:
            act.announce(ContingentReached(after.id))
