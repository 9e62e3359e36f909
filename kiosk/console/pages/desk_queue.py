"""The queue on the page of a desk: its numbers, and its lists by state, filtered and cut."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.ids import GERMAN
from kiosk.domain.ticket import ENDED, TicketState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.console.pages.desk_rows import TicketRow, TicketRows
    from kiosk.domain.ids import TopicId
    from kiosk.domain.profile import Profile
    from kiosk.domain.ticket import Ticket
    from kiosk.service.queue_view import QueueView

FIRST_SHOWN = 30
"""So many rows of a list are shown until staff ask for all."""

TOO_LONG_ALONE_MIN = 10
"""Before the first call of a day there is no alarm below a wait of this length."""


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Filter of the queue. `find` is a part of a number."""

    mine: bool = False
    all: bool = False
    find: str = ""


@dataclass(frozen=True, slots=True)
class TruncatedRows:
    """The first rows of a list, and how many more there are."""

    rows: list[TicketRow]
    more: int = 0

    def __len__(self) -> int:
        """How many there are, shown or not."""
        return len(self.rows) + self.more


@dataclass(frozen=True, slots=True)
class QueueSection:
    """The queue in numbers and rows.

    `ended` has those looked for only. `unattended` names topics that people wait for and no desk
    at work calls.
    """

    waiting: int
    mine: int
    longest_wait: int | None
    shown: TruncatedRows
    parked: TruncatedRows
    missed: TruncatedRows
    ended: TruncatedRows
    others: list[str]
    served: int
    without_number: int
    unattended: list[str]


def queue_section(
    view: QueueView, rows: TicketRows, queue_filter: QueueFilter, desk: str
) -> QueueSection:
    """The section as a desk sees it, its own rows told apart."""
    waiting = view.waiting(rows.now)
    mine = [ticket for ticket in waiting if rows.is_mine(ticket)]
    present = [other for other in view.desks if other.ticket]
    waits = (rows.minutes(ticket) for ticket in mine)
    return QueueSection(
        waiting=len(waiting),
        mine=len(mine),
        longest_wait=max((minutes for minutes in waits if minutes is not None), default=None),
        shown=_listed(rows, mine if queue_filter.mine else waiting, queue_filter),
        parked=_listed(rows, view.in_state(TicketState.PARKED), queue_filter),
        missed=_listed(rows, view.in_state(TicketState.MISSED), queue_filter),
        ended=_listed(rows, _ended(view) if queue_filter.find else [], queue_filter),
        others=[f"Platz {d.id}: {d.ticket.number}" for d in present if d.id != desk and d.ticket],
        served=len(view.in_state(TicketState.FINISHED)),
        without_number=sum(view.enquiries.values()),
        unattended=_unattended(view, rows),
    )


def _ended(view: QueueView) -> list[Ticket]:
    """Finished and withdrawn today, newest number first: they are listed only when looked for."""
    return [ticket for ticket in reversed(view.tickets) if ticket.state in ENDED]


def _listed(
    rows: TicketRows, tickets: Sequence[Ticket], queue_filter: QueueFilter
) -> TruncatedRows:
    find = queue_filter.find.upper()
    found = [ticket for ticket in tickets if find in ticket.number] if find else tickets
    shown = found if queue_filter.all else found[:FIRST_SHOWN]
    return TruncatedRows(rows.of_all(shown), len(found) - len(shown))


def _unattended(view: QueueView, rows: TicketRows) -> list[str]:
    profile = rows.context.office.profile
    begun = any(desk.at_work for desk in view.desks)
    long = [t for t in view.in_state(TicketState.WAITING) if begun or _long(rows.minutes(t))]
    waits = {ticket.topic for ticket in long if ticket.to_desk is None}
    at_work = {desk.id for desk in view.desks if desk.at_work}
    sent = Counter(ticket.to_desk for ticket in long if ticket.to_desk)
    return [
        *(f"Platz {desk} ({many})" for desk, many in sent.items() if desk not in at_work),
        *_unattended_topics(view, profile, waits),
    ]


def _unattended_topics(view: QueueView, profile: Profile, waits: set[TopicId]) -> list[str]:
    return [
        f"{profile.topic(topic.id).label[GERMAN]} ({topic.waiting})"
        for topic in view.topics
        if topic.id in waits and not topic.attended
    ]


def _long(minutes: int | None) -> bool:
    return minutes is None or minutes >= TOO_LONG_ALONE_MIN  # unknown over a power cut
