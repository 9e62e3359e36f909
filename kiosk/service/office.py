"""The context of every use case: database and profile, and the snapshot that a reader gets of them.

What is written goes through `kiosk.service.action`.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from kiosk.domain.errors import Unknown
from kiosk.store import desks, tickets, visits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kiosk.domain.desk import DeskState
    from kiosk.domain.ids import DeskId, TopicId
    from kiosk.domain.profile import Profile
    from kiosk.domain.queue import QueueEntry
    from kiosk.domain.ticket import Ticket
    from kiosk.domain.visit import Visit
    from kiosk.store.database import Connection, Database

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Office:
    """One door's way to the office behind it."""

    database: Database
    profile: Profile

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """One read transaction: whatever the block reads is of the same moment."""
        with self.database.read() as connection:
            yield Snapshot(self, connection)

    def read(
        self, query: Callable[Concatenate[Snapshot, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The answer to a single query, in a snapshot of its own."""
        with self.snapshot() as snapshot:
            return query(snapshot, *args, **kwargs)


@dataclass
class Transaction:
    """What a use case holds between BEGIN and COMMIT: an `Action` writes, a `Snapshot` reads."""

    office: Office
    connection: Connection

    @property
    def profile(self) -> Profile:
        return self.office.profile

    def ticket(self, ticket_id: int) -> Ticket:
        """The ticket with that id; raises `Unknown`, also when its visit is over."""
        ticket = tickets.by_id(self.connection, ticket_id)
        if ticket is None:
            raise Unknown("ticket", str(ticket_id))
        return ticket

    def waiting(self) -> list[QueueEntry]:
        """Who waits, in no order."""
        return tickets.waiting(self.connection)

    def desk_state(self, desk: str) -> DeskState:
        """A desk as it works now; raises `Unknown`."""
        usual = {self.profile.desk(desk).id: self.profile.topics_of_desk(desk)}
        return self._states(usual)[0]

    def desk_states(self) -> list[DeskState]:
        """Every desk as it works now."""
        return self._states(self.profile.usual_topics)

    def _states(self, usual: Mapping[DeskId, frozenset[TopicId]]) -> list[DeskState]:
        """Whatever staff have chosen, every desk is there for a topic that has no desk any more."""
        states = desks.states(self.connection, usual)
        left = self.profile.orphans.topic_ids
        return [replace(state, topics=state.topics | left) for state in states] if left else states


class Snapshot(Transaction):
    """One read transaction. What several queries of a page need is read once."""

    @cached_property
    def visit(self) -> Visit | None:
        return visits.current(self.connection)

    @cached_property
    def tickets(self) -> tuple[Ticket, ...]:
        """All tickets of the open visit, by sequence."""
        return tuple(tickets.list_all(self.connection)) if self.visit else ()

    def waiting(self) -> list[QueueEntry]:
        return self._waiting

    def desk_state(self, desk: str) -> DeskState:
        self.profile.desk(desk)
        return next(today for today in self._desks if today.id == desk)

    def desk_states(self) -> list[DeskState]:
        return self._desks

    @cached_property
    def _waiting(self) -> list[QueueEntry]:
        return super().waiting()

    @cached_property
    def _desks(self) -> list[DeskState]:
        return super().desk_states()
