"""Paper for citizens: a slip is begun at most once, and never printed again by itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.domain.events import SlipFailed, SlipPrinted
from kiosk.domain.ticket import ENDED, Ticket
from kiosk.service.front_desk import ahead_of
from kiosk.service.office import Office, announce, open_visit_of
from kiosk.store import slips, tickets

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Stop
    from kiosk.store.database import Connection
    from kiosk.store.slips import SlipState

PATIENCE_S = 10.0
"""Whoever has waited longer for paper has gone with the number in mind: a slip that comes later
would be picked up by somebody else."""


class SlipTrouble(StrEnum):
    """Why there is no slip, as `SlipFailed.reason` tells it."""

    NO_PRINTER = "no_printer"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    UNCONFIRMED = "unconfirmed"
    TOO_LATE = "too_late"
    TICKET_ENDED = "ticket_ended"


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


def begin_slip(office: Office, now: Moment) -> SlipJob | None:
    """The oldest slip that is still worth its paper, committed as begun before anything prints.

    Those that are not worth it fail on the way.
    """
    with office.database.write() as connection:
        for ticket in _tickets_with(connection, "wanted"):
            trouble = _not_worth_it(ticket, now)
            if trouble is None:
                slips.move(connection, ticket.id, "wanted", "begun")
                return _job(office, connection, ticket, now)
            _fail(connection, ticket, "wanted", trouble, now)
    return None


def slip_printed(office: Office, ticket_id: int, now: Moment) -> None:
    """The printer has confirmed a slip that was begun. The visit may be over by now."""
    with office.database.write() as connection:
        ticket = tickets.by_id(connection, ticket_id)
        if ticket and slips.move(connection, ticket.id, "begun", "printed"):
            event = SlipPrinted(ticket.id, ticket.number)
            announce(connection, event, now, open_visit_of(connection))


def slip_failed(office: Office, ticket_id: int, trouble: SlipTrouble, now: Moment) -> None:
    """A slip that was begun did not come out, or nobody can tell. The visit may be over by now."""
    with office.database.write() as connection:
        ticket = tickets.by_id(connection, ticket_id)
        if ticket:
            _fail(connection, ticket, "begun", trouble, now)


def give_up_slips(office: Office, trouble: SlipTrouble, now: Moment) -> None:
    """Nothing can be printed now: all who wait for paper have to remember their number."""
    _fail_all(office, "wanted", trouble, now)


def settle_interrupted_slips(office: Office, now: Moment) -> None:
    """After a crash nobody knows whether a slip that was begun came out: it counts as failed."""
    _fail_all(office, "begun", SlipTrouble.UNCONFIRMED, now)


def _tickets_with(connection: Connection, state: SlipState) -> list[Ticket]:
    found = (
        tickets.by_id(connection, ticket_id) for ticket_id in slips.in_state(connection, state)
    )
    return [ticket for ticket in found if ticket]


def _not_worth_it(ticket: Ticket, now: Moment) -> SlipTrouble | None:
    if ticket.state in ENDED:
        return SlipTrouble.TICKET_ENDED
    age_s = now.seconds_since(ticket.taken)
    return SlipTrouble.TOO_LATE if age_s is None or age_s > PATIENCE_S else None


def _job(office: Office, connection: Connection, ticket: Ticket, now: Moment) -> SlipJob:
    stop = office.profile.stop(open_visit_of(connection).stop)
    return SlipJob(ticket, stop, ahead_of(office, connection, ticket, now))


def _fail_all(office: Office, before: SlipState, trouble: SlipTrouble, now: Moment) -> None:
    with office.database.write() as connection:
        for ticket in _tickets_with(connection, before):
            _fail(connection, ticket, before, trouble, now)


def _fail(
    connection: Connection, ticket: Ticket, before: SlipState, trouble: SlipTrouble, now: Moment
) -> None:
    if slips.move(connection, ticket.id, before, "failed"):
        event = SlipFailed(ticket.id, ticket.number, trouble)
        announce(connection, event, now, open_visit_of(connection))
