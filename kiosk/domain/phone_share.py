"""The share of phones: how many of a visit's numbers they may hold, so that no stranger takes all.

Nobody sees who draws on a phone, and addresses can be changed. So what counts is what became of the
numbers drawn so far: people who come earn more, people who do not leave fewer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.domain.errors import PhoneShareUsedUp
from kiosk.domain.ticket import TicketState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.domain.ids import TopicId
    from kiosk.domain.ticket import Ticket
    from kiosk.domain.visit import Visit

FIRST_WAITING: Final = 6
"""So many numbers of phones wait at most when a visit begins."""

LEAST_WAITING: Final = 2
MOST_WAITING: Final = 20

_CAME: Final = (TicketState.SERVING, TicketState.PARKED, TicketState.FINISHED)

STEP: Final = 2
"""So many more for each who came, and fewer for each who did not."""


def most_waiting(came: int, missed: int) -> int:
    """So many numbers of phones may wait at the same time."""
    return min(MOST_WAITING, max(LEAST_WAITING, FIRST_WAITING + STEP * (came - missed)))


def check_share(topic: TopicId, tickets: Iterable[Ticket], visit: Visit) -> None:
    """Raise `PhoneShareUsedUp` if the glass has to give the next number of that topic.

    `tickets` are all of the visit. Of a contingent phones get half.
    """
    of_phones = [ticket for ticket in tickets if ticket.by_phone]
    states = [ticket.state for ticket in of_phones]
    came = sum(state in _CAME for state in states)
    missed = states.count(TicketState.MISSED)
    if states.count(TicketState.WAITING) >= most_waiting(came, missed):
        raise PhoneShareUsedUp
    contingent = visit.contingents.get(topic)
    given = [t for t in of_phones if t.topic == topic and t.state is not TicketState.WITHDRAWN]
    if contingent is not None and len(given) >= (contingent + 1) // 2:
        raise PhoneShareUsedUp
