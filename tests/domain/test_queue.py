"""Who is next: in turn, with bounded priority, and nobody starves."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain import queue
from kiosk.domain.ids import TicketId
from kiosk.domain.queue import Waiting
from kiosk.domain.ticket import Ticket
from tests.town import GERMAN, JOBS, PASSPORT, RENT, SCHOOL, TownClock

CLOCK = TownClock()
EVERYTHING = {JOBS, SCHOOL, RENT, PASSPORT}


def ticket(sequence: int, *, priority: bool = False) -> Ticket:
    return Ticket(
        id=TicketId(sequence),
        number=f"A-{sequence:03d}",
        sequence=sequence,
        topic=JOBS,
        language=GERMAN,
        priority=priority,
        place=queue.first_place(sequence, priority=priority),
        taken=CLOCK(),
    )


def everybody(*tickets: Ticket) -> list[Waiting]:
    return [queue.standing(ticket) for ticket in tickets]


def calling_order(*tickets: Ticket) -> list[int]:
    return [waiting.sequence for waiting in sorted(everybody(*tickets))]


def test_first_come_first_served() -> None:
    assert calling_order(ticket(2), ticket(3), ticket(1)) == [1, 2, 3]


def test_a_desk_calls_only_its_topics() -> None:
    rent = replace(ticket(2), topic=RENT)
    assert queue.following(everybody(ticket(1), rent), {RENT}) == queue.standing(rent)
    assert queue.following(everybody(ticket(1)), {RENT}) is None


def test_priority_goes_ahead_but_not_to_the_front() -> None:
    tickets = [ticket(n) for n in range(1, 8)] + [ticket(8, priority=True)]
    assert calling_order(*tickets) == [1, 2, 3, 8, 4, 5, 6, 7]


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_nobody_is_overtaken_by_more_than_the_head_start(priorities: list[bool]) -> None:
    tickets = [ticket(n, priority=p) for n, p in enumerate(priorities, start=1)]
    order = calling_order(*tickets)
    for position, sequence in enumerate(order):
        overtaken_by = sum(later > sequence for later in order[:position])
        assert overtaken_by <= queue.HEAD_START


def test_somebody_who_did_not_come_stands_behind_the_next_person() -> None:
    absent, following, last = ticket(1), ticket(2), ticket(3)
    place = queue.place_behind_next(everybody(following, last), absent, EVERYTHING)
    returned = replace(absent, place=place, misses=1)
    assert calling_order(returned, following, last) == [2, 1, 3]


def test_somebody_who_did_not_come_and_is_alone_is_called_again() -> None:
    assert queue.place_behind_next([], ticket(1), EVERYTHING) == 1


def test_ahead_counts_only_those_whom_a_common_desk_calls_first() -> None:
    rent, jobs, late = replace(ticket(1), topic=RENT), ticket(2), ticket(4)
    mine = ticket(3)
    only_work = [{JOBS, SCHOOL}]
    assert queue.ahead(everybody(rent, jobs, mine, late), mine, only_work) == 1
    assert queue.ahead(everybody(rent, jobs, mine, late), mine, [EVERYTHING]) == 2
