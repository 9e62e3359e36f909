"""A slip for every ticket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.events import SlipFailed, SlipPrinted
from kiosk.domain.ticket import ENDED, Ticket
from kiosk.service.front_desk import page_of, told
from kiosk.service.office import Office, open_visit_of
from kiosk.service.paper import Paper, PaperTrouble, too_late
from kiosk.store import slips, tickets

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Stop
    from kiosk.store.database import Connection
    from kiosk.store.slips import SlipState


@dataclass(frozen=True, slots=True)
class SlipJob:
    """A slip that is to be printed now.

    `link` is the address of the ticket's page, `estimate_min` the range of the wait; each None
    where there is none.
    """

    ticket: Ticket
    stop: Stop
    ahead: int
    link: str | None = None
    estimate_min: tuple[int, int] | None = None

    @property
    def id(self) -> int:
        """By which the slip is settled."""
        return self.ticket.id


def _tickets_with(connection: Connection, state: SlipState) -> list[Ticket]:
    found = (
        tickets.by_id(connection, ticket_id) for ticket_id in slips.in_state(connection, state)
    )
    return [ticket for ticket in found if ticket]


def _not_worth_it(ticket: Ticket, now: Moment) -> PaperTrouble | None:
    if ticket.state in ENDED:
        return PaperTrouble.TICKET_ENDED
    return too_late(ticket.taken, now)


def _job(office: Office, connection: Connection, ticket: Ticket, now: Moment) -> SlipJob:
    stop = office.profile.stop(open_visit_of(connection).stop)
    taken = told(office, connection, ticket, now)
    return SlipJob(ticket, stop, taken.ahead, page_of(office.profile, ticket), taken.estimate_min)


SLIPS = Paper(
    in_state=_tickets_with,
    move=slips.move,
    not_worth_it=_not_worth_it,
    job=_job,
    printed_event=lambda ticket: SlipPrinted(ticket.id, ticket.number),
    failed_event=lambda ticket, trouble: SlipFailed(ticket.id, ticket.number, trouble),
)
