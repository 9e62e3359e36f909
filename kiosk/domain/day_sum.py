"""Sum of a visit: who is still there, how the others ended, and how many smileys were pressed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.domain.ticket import AT_DESK, TicketState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kiosk.domain.record import Record
    from kiosk.domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class DaySum:
    """People by number, all of them and by where they stand; nothing by topic.

    `outcomes` count talks with and without a number, `without_number` are the latter alone.
    """

    tickets: int = 0
    waiting: int = 0
    at_desk: int = 0
    parked: int = 0
    missed: int = 0
    withdrawn: int = 0
    served: int = 0
    without_number: int = 0
    smileys: int = 0
    outcomes: Mapping[str, int] = field(default_factory=dict)

    @property
    def still_there(self) -> int:
        """The people over whose heads the visit is closed; the missed have been called in vain."""
        return self.waiting + self.at_desk + self.parked


def day_sum(tickets: Iterable[Ticket], without_number: Iterable[Record], smileys: int) -> DaySum:
    """Add a visit up."""
    all_tickets, enquiries = list(tickets), list(without_number)
    states = Counter(ticket.state for ticket in all_tickets)
    outcomes = Counter(str(ticket.outcome) for ticket in all_tickets if ticket.outcome)
    return DaySum(
        tickets=len(all_tickets),
        waiting=states[TicketState.WAITING],
        at_desk=sum(states[state] for state in AT_DESK),
        parked=states[TicketState.PARKED],
        missed=states[TicketState.MISSED],
        withdrawn=states[TicketState.WITHDRAWN],
        served=states[TicketState.FINISHED],
        without_number=len(enquiries),
        smileys=smileys,
        outcomes=dict(outcomes + Counter(str(record.outcome) for record in enquiries)),
    )
