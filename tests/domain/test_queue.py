"""Order of the queue: in turn, with bounded priority, without starvation."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain import queue
from kiosk.domain.ids import DeskId, TicketId
from kiosk.domain.queue import QueueEntry
from kiosk.domain.ticket import Ticket
from tests.town import FIRST_DESK, GERMAN, JOBS, PASSPORT, RENT, SCHOOL, SECOND_DESK, TownClock

CLOCK = TownClock()
EVERYTHING = {JOBS, SCHOOL, RENT, PASSPORT}


def ticket(
    sequence: int, *, priority: bool = False, due_in_min: float | None = None, late: bool = False
) -> Ticket:
    now = CLOCK()
    return Ticket(
        id=TicketId(sequence),
        number=f"A-{sequence:03d}",
        sequence=sequence,
        topic=JOBS,
        language=GERMAN,
        priority=priority,
        place=queue.initial_place(sequence, priority=priority),
        taken=now,
        appointment=None if due_in_min is None else now.wall + timedelta(minutes=due_in_min),
        late=late,
    )


def queue_entries(*tickets: Ticket) -> list[QueueEntry]:
    return [queue.queue_entry(ticket) for ticket in tickets]


def calling_order(*tickets: Ticket) -> list[int]:
    return [w.sequence for w in sorted(queue_entries(*tickets), key=queue.queue_order(CLOCK()))]


def test_first_come_first_served() -> None:
    assert calling_order(ticket(2), ticket(3), ticket(1)) == [1, 2, 3]


def test_a_desk_calls_only_its_topics() -> None:
    rent = replace(ticket(2), topic=RENT)
    line = queue.entries_for_desk(queue_entries(ticket(1), rent), FIRST_DESK, {RENT})
    assert queue.next_in_queue(line, 0, CLOCK()) == queue.queue_entry(rent)
    assert queue.entries_for_desk(queue_entries(ticket(1)), FIRST_DESK, {RENT}) == []


def test_a_desk_calls_tickets_transferred_to_it_and_none_to_another() -> None:
    sent = replace(ticket(1), to_desk=SECOND_DESK)
    assert queue.entries_for_desk(queue_entries(sent), SECOND_DESK, {RENT}) == queue_entries(sent)
    assert queue.entries_for_desk(queue_entries(sent), FIRST_DESK, EVERYTHING) == []


def test_for_the_sender_a_transferred_person_stands_behind_all_who_waited_then() -> None:
    waited = [ticket(n) for n in (2, 3)]
    behind = queue.place_behind_all(queue_entries(*waited), 1)
    sent = replace(ticket(1, due_in_min=-5), sender=FIRST_DESK, sender_place=behind)
    entries = queue_entries(sent, *waited, ticket(4))

    def order(desk: DeskId) -> list[int]:
        line = queue.entries_for_desk(entries, desk, EVERYTHING)
        return [waiting.sequence for waiting in queue.sorted_entries(line, CLOCK())]

    assert order(FIRST_DESK) == [2, 3, 1, 4], "behind those who waited, before who came later"
    assert order(SECOND_DESK) == [1, 2, 3, 4]


def test_priority_ranks_ahead_but_not_to_the_front() -> None:
    tickets = [ticket(n) for n in range(1, 8)] + [ticket(8, priority=True)]
    assert calling_order(*tickets) == [1, 2, 3, 8, 4, 5, 6, 7]


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_priority_overtakes_by_no_more_than_the_head_start(priorities: list[bool]) -> None:
    tickets = [ticket(n, priority=p) for n, p in enumerate(priorities, start=1)]
    order = calling_order(*tickets)
    for position, sequence in enumerate(order):
        overtaken_by = sum(later > sequence for later in order[:position])
        assert overtaken_by <= queue.HEAD_START


def test_a_missed_ticket_stands_behind_the_next_one() -> None:
    absent, following, last = ticket(1), ticket(2), ticket(3)
    place = queue.place_behind_next(queue_entries(following, last), absent)
    returned = replace(absent, place=place, misses=1)
    assert calling_order(returned, following, last) == [2, 1, 3]


def test_a_missed_ticket_alone_in_the_queue_is_called_again() -> None:
    assert queue.place_behind_next([], ticket(1)) == 1


def test_ahead_counts_only_tickets_called_first_by_a_common_desk() -> None:
    rent, jobs, late = replace(ticket(1), topic=RENT), ticket(2), ticket(4)
    mine = ticket(3)
    only_work = [{JOBS, SCHOOL}]
    now, line = CLOCK(), queue_entries(rent, jobs, mine, late)
    assert queue.callable_before(
        queue.sorted_entries(line, now), mine, only_work, now
    ) == queue_entries(jobs)
    assert queue.callable_before(
        queue.sorted_entries(line, now), mine, [EVERYTHING], now
    ) == queue_entries(rent, jobs)


def calls_of_one_desk(*tickets: Ticket) -> list[int]:
    """The order in which one desk calls until the queue is empty."""
    line, called, in_a_row = queue_entries(*tickets), [], 0
    while following := queue.next_in_queue(line, in_a_row, CLOCK()):
        in_a_row = 0 if following.appointment is None else in_a_row + 1
        line.remove(following)
        called.append(following.sequence)
    return called


def test_an_appointment_is_called_first_when_it_is_due_and_not_before() -> None:
    assert calls_of_one_desk(ticket(1), ticket(2, due_in_min=-1)) == [2, 1]
    assert calls_of_one_desk(ticket(1), ticket(2, due_in_min=30)) == [1, 2]


def test_appointments_are_called_by_their_time_not_by_their_arrival() -> None:
    assert calls_of_one_desk(ticket(1, due_in_min=-5), ticket(2, due_in_min=-10)) == [2, 1]


def test_an_early_appointment_is_called_from_an_otherwise_empty_queue() -> None:
    assert calls_of_one_desk(ticket(1, due_in_min=30)) == [1]


def test_after_two_appointments_a_walk_in_is_called() -> None:
    dense = [ticket(n, due_in_min=-1) for n in range(2, 7)]
    assert calls_of_one_desk(ticket(1), *dense) == [2, 3, 1, 4, 5, 6]


def test_without_a_trusted_clock_an_appointment_is_due_at_once() -> None:
    unset = replace(CLOCK(), trusted=False)
    line = queue_entries(ticket(1), ticket(2, due_in_min=300))
    following = queue.next_in_queue(line, 0, unset)
    assert following
    assert following.sequence == 2


def test_who_comes_too_late_or_misses_the_call_has_lost_the_appointment() -> None:
    assert calls_of_one_desk(ticket(1), ticket(2, due_in_min=-60, late=True)) == [1, 2]
    absent = ticket(9, due_in_min=-1)
    place = queue.place_behind_next(queue_entries(ticket(1), ticket(2)), absent)
    returned = replace(absent, place=place, misses=1)
    assert calls_of_one_desk(ticket(1), ticket(2), returned) == [1, 9, 2]


people = st.lists(st.tuples(st.booleans(), st.none() | st.floats(-60, 60)), min_size=1, max_size=60)


@given(people)
def test_every_wait_is_bounded_and_no_desk_idles(line: list[tuple[bool, float | None]]) -> None:
    """However dense the appointments: a walk-in waits for its place, never for all of them."""
    tickets = [
        ticket(n, priority=priority, due_in_min=due)
        for n, (priority, due) in enumerate(line, start=1)
    ]
    order = calls_of_one_desk(*tickets)
    assert sorted(order) == [ticket.sequence for ticket in tickets], "a ticket was never called"
    walk_ins = [t for t in tickets if t.appointment is None]
    for waiting in walk_ins:
        before = [t for t in walk_ins if t.place < waiting.place]
        assert sum(t.sequence > waiting.sequence for t in before) <= queue.HEAD_START
        calls = order.index(waiting.sequence) + 1
        assert calls <= (len(before) + 1 + queue.HEAD_START) * (queue.MOST_IN_A_ROW + 1)
