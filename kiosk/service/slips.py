"""Slips on paper: one for every ticket, and copies of it on demand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kiosk.domain.errors import (
    NoPrinter,
    SlipComing,
    TooManyCopies,
    Unknown,
    WishOfAnother,
    WrongState,
)
from kiosk.domain.paper_events import (
    CopyFailed,
    CopyPrinted,
    CopyWanted,
    SlipFailed,
    SlipPrinted,
)
from kiosk.domain.ticket import ENDED, Ticket, TicketState
from kiosk.service.action import action, open_visit_of
from kiosk.service.citizens import page_url, with_wait
from kiosk.service.paper import NoPaper, PrintQueue, too_late, without_reason
from kiosk.store import copies, slips, tickets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.domain.ids import CopyId
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Stop
    from kiosk.service.office import Office, Snapshot
    from kiosk.store.copies import Copy
    from kiosk.store.database import Connection
    from kiosk.store.slips import SlipState

MOST_COPIES: Final = 3
"""Each is one more paper with the same number that a stranger may pick up: after losing that many
it is better to remember it. Copies that surely never came out are not counted."""


@dataclass(frozen=True, slots=True)
class SlipJob:
    """A slip that is to be printed now; `copy` for one more of a ticket's, which says so.

    `ahead` is None once the person does not wait any more, `link` the address of the ticket's
    page, `estimate_min` the range of the wait; each None where there is none. One for `practice`
    says so.
    """

    ticket: Ticket
    stop: Stop
    ahead: int | None
    link: str | None = None
    estimate_min: tuple[int, int] | None = None
    copy: CopyId | None = None
    practice: bool = False

    @property
    def id(self) -> int:
        """By which the slip is settled."""
        return self.copy or self.ticket.id


@dataclass(frozen=True, slots=True)
class SlipsOfTicket:
    """What has become of a ticket's slip, and of its copies, oldest first."""

    slip: SlipState
    copies: Sequence[Copy]

    @property
    def newest(self) -> SlipState:
        """What has become of the paper that was asked for last."""
        return self.copies[-1].state if self.copies else self.slip


def reprint(office: Office, ticket_id: int, now: Moment, *, wish: str | None = None) -> Copy:
    """Have a ticket's slip printed once more, marked as a copy.

    `wish` names one wish for a copy: asked again with the same one, the same copy is the answer and
    nothing more is printed. Raises `NoVisitOpen`, `NoPrinter`, `Unknown`, `WishOfAnother`,
    `WrongState` for a ticket that has ended, `SlipComing`, `TooManyCopies`.
    """
    if not office.profile.has("printer"):
        raise NoPrinter
    with action(office, now) as act:
        known = copies.by_wish(act.connection, wish) if wish else None
        if known and known.ticket != ticket_id:
            raise WishOfAnother
        if known:
            return known
        ticket = act.ticket(ticket_id)
        _check_copy(act.connection, ticket, now)
        copy = copies.insert(act.connection, ticket.id, now, wish)
        act.announce(CopyWanted(ticket.id, ticket.number, copy.id))
    return copy


def slips_of(snapshot: Snapshot, ticket_id: int) -> SlipsOfTicket:
    """What has become of a ticket's paper. Raises `Unknown`, also when the visit is over."""
    state = slips.state_of(snapshot.connection, ticket_id)
    if state is None:
        raise Unknown("ticket", str(ticket_id))
    return SlipsOfTicket(state, copies.of_ticket(snapshot.connection, ticket_id))


def _check_copy(connection: Connection, ticket: Ticket, now: Moment) -> None:
    if ticket.state in ENDED:
        raise WrongState(ticket.number, ticket.state, "printed again")
    earlier = copies.of_ticket(connection, ticket.id)
    slip = slips.state_of(connection, ticket.id)
    first = None if ticket.by_phone else slip
    asked = [(first, ticket.taken), *((copy.state, copy.wanted) for copy in earlier)]
    if any(_is_coming(state, wanted, now) for state, wanted in asked):
        raise SlipComing(ticket.number)
    if sum(_may_be_on_paper(copy) for copy in earlier) >= MOST_COPIES:
        raise TooManyCopies(ticket.number, MOST_COPIES)


def _is_coming(state: SlipState | None, wanted: Moment, now: Moment) -> bool:
    """What was wanted too long ago is never begun, even if no panel has said so yet."""
    return state == "begun" or (state == "wanted" and too_late(wanted, now) is None)


def _may_be_on_paper(copy: Copy) -> bool:
    return copy.state == "printed" or copy.trouble == NoPaper.UNCONFIRMED


def _tickets_with(connection: Connection, state: SlipState) -> list[Ticket]:
    found = (
        _owner(connection, ticket_id, state) for ticket_id in slips.in_state(connection, state)
    )
    return [ticket for ticket in found if ticket and not ticket.by_phone]


def _owner(connection: Connection, ticket_id: int, state: SlipState) -> Ticket | None:
    """Whose slip it is. Nothing new is printed for a closed visit, but what had begun ends."""
    find = tickets.uncached_by_id if state == "begun" else tickets.by_id
    return find(connection, ticket_id)


def _skip_reason(ticket: Ticket, now: Moment) -> NoPaper | None:
    if ticket.state in ENDED:
        return NoPaper.TICKET_ENDED
    return too_late(ticket.taken, now)


def _job(snapshot: Snapshot, ticket: Ticket, _: Moment) -> SlipJob:
    """The wait stands there as the person was told it a moment ago."""
    waits = ticket.state is TicketState.WAITING
    ahead, wait_min = (ticket.ahead, ticket.wait_min) if waits else (None, None)
    visit = open_visit_of(snapshot.connection)
    stop, link = snapshot.profile.stop(visit.stop), page_url(snapshot.profile, ticket)
    return SlipJob(ticket, stop, ahead, link, wait_min, practice=visit.practice)


SLIPS = PrintQueue(
    in_state=_tickets_with,
    move=slips.move,
    fail=without_reason(slips.move),
    skip_reason=_skip_reason,
    job=_job,
    printed_event=lambda ticket: SlipPrinted(ticket.id, ticket.number),
    failed_event=lambda ticket, trouble: SlipFailed(ticket.id, ticket.number, trouble),
    topic=lambda ticket: ticket.topic,
)


@dataclass(frozen=True, slots=True)
class _CopyOfTicket:
    """A copy and whose it is."""

    copy: Copy
    ticket: Ticket

    @property
    def id(self) -> CopyId:
        return self.copy.id


def _copies_with(connection: Connection, state: SlipState) -> list[_CopyOfTicket]:
    found = copies.in_state(connection, state)
    owners = {copy.ticket: _owner(connection, copy.ticket, state) for copy in found}
    return [_CopyOfTicket(copy, ticket) for copy in found if (ticket := owners[copy.ticket])]


def _copy_skip_reason(again: _CopyOfTicket, now: Moment) -> NoPaper | None:
    if again.ticket.state in ENDED:
        return NoPaper.TICKET_ENDED
    return too_late(again.copy.wanted, now)


def _copy_job(snapshot: Snapshot, again: _CopyOfTicket, now: Moment) -> SlipJob:
    """The wait is told as it is now, and to those alone who still wait."""
    job = replace(_job(snapshot, again.ticket, now), copy=again.id)
    if job.ahead is None:
        return job
    waiting = with_wait(snapshot, again.ticket, now)
    return replace(job, ahead=waiting.ahead, estimate_min=waiting.estimate_min)


COPIES = PrintQueue(
    in_state=_copies_with,
    move=copies.move,
    fail=copies.fail,
    skip_reason=_copy_skip_reason,
    job=_copy_job,
    printed_event=lambda again: CopyPrinted(again.ticket.id, again.ticket.number, again.id),
    failed_event=lambda again, trouble: CopyFailed(
        again.ticket.id, again.ticket.number, again.id, trouble
    ),
    topic=lambda again: again.ticket.topic,
)
