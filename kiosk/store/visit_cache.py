"""Cache of the open visit and its tickets, one for each connection, invalidated by the journal.

Every change of a ticket is announced in its own transaction. So the newest id of the journal says
whether the cache holds, and the entries since then say which rows have to be read again. What this
connection itself writes goes through the cache; a rollback empties it.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from kiosk.domain.events import ActionUndone, TicketsImported
from kiosk.domain.queue import queue_entry
from kiosk.domain.ticket import OPEN, Ticket, TicketState
from kiosk.domain.visit import Visit
from kiosk.domain.waiting.history import History
from kiosk.store.table import Table, marks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.domain.ids import DeskId, TopicId
    from kiosk.domain.queue import QueueEntry


@dataclass(frozen=True, slots=True)
class DeskRow:
    """What staff have changed at a desk; without topics it handles those of the profile."""

    id: DeskId
    topics: tuple[TopicId, ...] | None
    at_work: bool
    wants_help: bool
    in_a_row: int


DESKS = Table("desk", DeskRow)
TICKETS = Table("ticket", Ticket)
VISITS = Table("visit", Visit, computed={"given"})

_VISIT = f"""
    SELECT {", ".join(VISITS.columns)}, (SELECT max(id) FROM journal) AS entry
    FROM (SELECT 1) LEFT JOIN visit ON closed IS NULL
"""  # noqa: S608 - our own field names
_TOUCHED = "SELECT kind, json_extract(body, '$.ticket') AS ticket FROM journal WHERE id > ? LIMIT ?"
_MANY = {event.__name__ for event in (ActionUndone, TicketsImported)}
"""Of these the journal does not name every ticket that they have changed."""

_MOST_TOUCHED = 100
_BY_SEQUENCE = attrgetter("sequence")


class VisitCache:
    """What a connection knows of the visit: `visit` is None without one, `entry` the journal's id.

    Between `begin` and `end` of a transaction nothing has to be asked twice.
    """

    def __init__(self) -> None:
        self.visit: Visit | None = None
        self.entry = 0
        self._row: list[object] = []
        self._tickets: dict[int, Ticket] = {}
        self._waiting: dict[int, QueueEntry] = {}
        self._given: Counter[TopicId] = Counter()
        self.open_numbers: set[str] = set()
        self._in_sequence: tuple[Ticket, ...] | None = None
        self._history = History(())
        self._history_holds = False
        self._desks: dict[DeskId, DeskRow] | None = None
        self._loaded: int | None = None
        self._held = self._fresh = self._written = False

    def begin(self) -> None:
        self._held, self._fresh, self._written = True, False, False

    def end(self, *, rolled_back: bool) -> None:
        """It is over; what was written and rolled back has never been."""
        self._held = self._fresh = False
        if rolled_back and self._written:
            self._empty()

    def refresh(self, connection: sqlite3.Connection) -> VisitCache:
        """Bring it up to date, once in a transaction."""
        if self._fresh:
            return self
        *row, entry = connection.execute(_VISIT).fetchone()
        if row != self._row:
            self._row, self.visit = row, None if row[0] is None else VISITS.decoded(row)
        visit, entry = self.visit, entry or 0
        if visit is None:
            self._empty()
        elif visit.id != self._loaded or not self._catch_up(connection, entry):
            self._empty()
            for ticket in TICKETS.iterate(connection):
                self._store(ticket.id, ticket)
            self._loaded = visit.id
        self.entry, self._fresh = entry, self._held
        return self

    def appended(self, entry: int) -> None:
        """The transaction has written to the journal."""
        if self._fresh:
            self.entry, self._written = entry, True

    def put(self, ticket_id: int, ticket: Ticket | None) -> None:
        """The transaction has stored a ticket, or deleted it."""
        self._written = True
        self._store(ticket_id, ticket)

    def forget(self) -> None:
        """The transaction has changed the visit, or deleted all tickets or desks."""
        self._fresh, self._loaded, self._desks = False, None, None

    def put_desk(self, connection: sqlite3.Connection, desk: DeskRow) -> None:
        """Store a desk, here and in the file."""
        DESKS.put(connection, desk)
        self._written, self._desks = True, {**self.desks(connection), desk.id: desk}

    def desks(self, connection: sqlite3.Connection) -> Mapping[DeskId, DeskRow]:
        """The desks at which staff have changed something."""
        if self._desks is None:
            self._desks = {desk.id: desk for desk in DESKS.iterate(connection)}
        return self._desks

    def current_visit(self) -> Visit | None:
        """The visit, with how many numbers of each contingent are given."""
        if self.visit is None or not self.visit.contingents:
            return self.visit
        return replace(self.visit, given={t: self._given[t] for t in self.visit.contingents})

    def ticket(self, ticket_id: int) -> Ticket | None:
        return self._tickets.get(ticket_id)

    @property
    def tickets(self) -> tuple[Ticket, ...]:
        """All of them, by sequence."""
        if self._in_sequence is None:
            self._in_sequence = tuple(sorted(self._tickets.values(), key=_BY_SEQUENCE))
        return self._in_sequence

    @property
    def waiting(self) -> list[QueueEntry]:
        """Those who wait, in no order."""
        return list(self._waiting.values())

    @property
    def history(self) -> History:
        """The people who were called; the same object as long as nothing has changed for them."""
        if not self._history_holds:
            called = [ticket for ticket in self.tickets if ticket.first_call]
            self._history, self._history_holds = History(called, self._history), True
        return self._history

    def _catch_up(self, connection: sqlite3.Connection, entry: int) -> bool:
        """Read again what others have changed; False if the journal does not say what."""
        if entry == self.entry:
            return True
        self._desks = None
        rows = connection.execute(_TOUCHED, (self.entry, _MOST_TOUCHED + 1)).fetchall()
        if len(rows) > _MOST_TOUCHED or any(row["kind"] in _MANY for row in rows):
            return False
        touched = {row["ticket"] for row in rows if row["ticket"] is not None}
        if touched:
            found = TICKETS.iterate(connection, f"WHERE id IN ({marks(touched)})", *touched)
            known = {ticket.id: ticket for ticket in found}
            for ticket_id in sorted(touched):
                self._store(ticket_id, known.get(ticket_id))
        return True

    def _store(self, ticket_id: int, new: Ticket | None) -> None:
        old = self._tickets.pop(ticket_id, None)
        self._waiting.pop(ticket_id, None)
        if new:
            self._tickets[ticket_id] = new
            if new.state is TicketState.WAITING:
                self._waiting[ticket_id] = queue_entry(new)
        if old and old.state in OPEN:
            self.open_numbers.discard(old.number)
        if new and new.state in OPEN:
            self.open_numbers.add(new.number)
        for ticket, one in ((old, -1), (new, 1)):
            if ticket and ticket.state is not TicketState.WITHDRAWN:
                self._given[ticket.topic] += one
            if ticket and ticket.first_call:
                self._history_holds = False
        self._in_sequence = None

    def _empty(self) -> None:
        for cached in (self._tickets, self._waiting, self._given, self.open_numbers):
            cached.clear()
        self._history, self._history_holds = History(()), False
        self._in_sequence = self._desks = self._loaded = None


class Connection(sqlite3.Connection):
    """What a use case holds between BEGIN and COMMIT, and what it remembers of the visit.

    `drawn` and `forgotten` are the running numbers of the transaction, for the mark.
    """

    def __init__(self, *args: Any, **settings: Any) -> None:  # noqa: ANN401 - those of sqlite3
        super().__init__(*args, **settings)
        self.visit_cache = VisitCache()
        self.drawn: dict[str, int] = {}
        self.forgotten: list[str] = []

    @property
    def cache(self) -> VisitCache:
        """The same, up to date."""
        return self.visit_cache.refresh(self)
