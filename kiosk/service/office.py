"""The context of every use case: database and profile, and the transaction it runs in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.errors import Unknown
from kiosk.store import desks, tickets

if TYPE_CHECKING:
    from kiosk.domain.desk import DeskToday
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.domain.ticket import Ticket
    from kiosk.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Office:
    """One door's way to the office behind it."""

    database: Database
    profile: Profile


@dataclass
class Transaction:
    """What a use case holds between BEGIN and COMMIT: an `Action` writes, a `Snapshot` reads."""

    office: Office
    connection: Connection
    now: Moment

    @property
    def profile(self) -> Profile:
        """The profile of the office."""
        return self.office.profile

    def ticket(self, ticket_id: int) -> Ticket:
        """The ticket with that id; raises `Unknown`, also when its visit is over."""
        ticket = tickets.by_id(self.connection, ticket_id)
        if ticket is None:
            raise Unknown("ticket", str(ticket_id))
        return ticket

    def desk_today(self, desk: str) -> DeskToday:
        """A desk as it works now; raises `Unknown`."""
        usual = {self.profile.desk(desk).id: self.profile.topics_of_desk(desk)}
        return desks.today(self.connection, usual)[0]

    def desks_today(self) -> list[DeskToday]:
        """Every desk as it works now."""
        usual = {desk.id: self.profile.topics_of_desk(desk.id) for desk in self.profile.desks}
        return desks.today(self.connection, usual)
