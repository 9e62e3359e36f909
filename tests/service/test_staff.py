"""What staff do, over the real database."""

import pytest

from kiosk.domain.errors import DeskEmpty, StillServed, TopicNotOffered, Unknown, WrongState
from kiosk.domain.outcome import NOT_RECORDED, RESOLVED
from kiosk.domain.record import Record
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.domain.undo_kind import UndoKind
from kiosk.service import citizens, staff, undo_log, visits
from kiosk.service.office import Office
from kiosk.service.queue_view import queue_view
from kiosk.store import tickets
from kiosk.store.counters import TOPIC_OUTCOMES, TopicOutcomeKey
from tests.town import FIRST_DESK, GERMAN, JOBS, PASSPORT, RENT, SCHOOL, SECOND_DESK, TownClock


@pytest.fixture(autouse=True)
def _open(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, None, [JOBS, SCHOOL, RENT], clock())


def take(office: Office, clock: TownClock, topic: str = JOBS) -> Ticket:
    return citizens.take_ticket(office, citizens.TicketRequest(topic, GERMAN), clock()).ticket


def call(office: Office, clock: TownClock, desk: str = FIRST_DESK) -> str | None:
    called = staff.call_next(office, desk, clock())
    return called.number if called else None


def serve(office: Office, clock: TownClock) -> str | None:
    """The next person is called and comes."""
    number = call(office, clock)
    if number:
        staff.start(office, FIRST_DESK, clock())
    return number


def state(office: Office, number: str) -> TicketState:
    return next(t.state for t in office.read(queue_view).tickets if t.number == number)


def test_a_desk_calls_its_own_topics_in_turn(office: Office, clock: TownClock) -> None:
    take(office, clock)
    take(office, clock, RENT)
    take(office, clock)
    assert call(office, clock, SECOND_DESK) == "B-001"
    staff.start(office, SECOND_DESK, clock())
    assert call(office, clock, SECOND_DESK) is None
    assert [serve(office, clock) for _ in range(3)] == ["A-001", "A-002", None]


def test_next_finishes_the_person_being_served(office: Office, clock: TownClock) -> None:
    take(office, clock)
    serve(office, clock)
    call(office, clock)
    ticket = office.read(queue_view).tickets[0]
    assert (ticket.state, ticket.outcome) == (TicketState.FINISHED, NOT_RECORDED)


def test_next_over_a_called_person_is_a_missed_call(office: Office, clock: TownClock) -> None:
    for _ in range(3):
        take(office, clock)
    calls = [call(office, clock) for _ in range(5)]
    assert calls == ["A-001", "A-002", "A-001", "A-002", "A-003"]
    assert [state(office, f"A-00{n}") for n in (1, 2)] == [TicketState.MISSED] * 2
    undo_log.undo(office, FIRST_DESK, clock())
    assert (state(office, "A-002"), state(office, "A-003")) == (
        TicketState.CALLED,
        TicketState.WAITING,
    )


def test_next_does_not_call_the_ticket_it_just_missed(office: Office, clock: TownClock) -> None:
    take(office, clock)
    assert [call(office, clock) for _ in range(4)] == ["A-001", None, "A-001", None]
    assert state(office, "A-001") is TicketState.MISSED
    last = office.read(undo_log.last_step, FIRST_DESK)
    assert last is not None
    assert last.kind is UndoKind.MISS


def test_quick_presses_of_next_serve_no_person_and_add_no_sample(
    office: Office, clock: TownClock
) -> None:
    for _ in range(5):
        take(office, clock)
    for _ in range(11):
        call(office, clock)
    view = office.read(queue_view)
    assert {ticket.outcome for ticket in view.tickets} == {None}
    with office.snapshot() as snapshot:
        assert tickets.history(snapshot.connection).service_times == {}
    visits.close_visit(office, clock(), expected=None)
    with office.database.read() as connection:
        assert TOPIC_OUTCOMES.of(connection, "2026-11") == {TopicOutcomeKey(JOBS, "missed"): 5}


def test_an_appearance_is_reported_once_a_person(office: Office, clock: TownClock) -> None:
    """ZMS asks after each call. Here the outcome, "start" or the next call says it."""
    for _ in range(3):
        take(office, clock)
    call(office, clock)
    staff.finish(office, FIRST_DESK, Record(RESOLVED), clock())
    serve(office, clock)
    call(office, clock)
    call(office, clock)
    visits.close_visit(office, clock(), expected=None)
    with office.database.read() as connection:
        assert TOPIC_OUTCOMES.of(connection, "2026-11") == {
            TopicOutcomeKey(JOBS, "resolved"): 1,
            TopicOutcomeKey(JOBS, "not_recorded"): 1,
            TopicOutcomeKey(JOBS, "missed"): 1,
        }


def test_a_second_click_calls_no_other_ticket(office: Office, clock: TownClock) -> None:
    take(office, clock)
    take(office, clock)
    first = staff.call_next(office, FIRST_DESK, clock(), after=None)
    assert staff.call_next(office, FIRST_DESK, clock(), after=None) == first
    assert first is not None
    following = staff.call_next(office, FIRST_DESK, clock(), after=first.id)
    assert following is not None
    assert following.number == "A-002"


def test_a_called_person_is_called_once_more_and_then_missed(
    office: Office, clock: TownClock
) -> None:
    take(office, clock)
    take(office, clock)
    call(office, clock)
    staff.miss(office, FIRST_DESK, clock())
    assert call(office, clock) == "A-002"
    assert call(office, clock) == "A-001"
    assert staff.miss(office, FIRST_DESK, clock()).state is TicketState.MISSED


def test_a_missed_person_is_taken_up_again(office: Office, clock: TownClock) -> None:
    late = take(office, clock)
    for _ in range(2):
        call(office, clock)
        staff.miss(office, FIRST_DESK, clock())
    taken_up = staff.call(office, SECOND_DESK, late.id, clock())
    assert (taken_up.state, taken_up.desk) == (TicketState.CALLED, SECOND_DESK)


def test_parking_frees_the_desk_and_keeps_the_number(office: Office, clock: TownClock) -> None:
    first = take(office, clock)
    take(office, clock)
    call(office, clock)
    staff.park(office, FIRST_DESK, clock())
    assert call(office, clock) == "A-002"
    assert staff.call(office, FIRST_DESK, first.id, clock()).number == "A-001"
    assert state(office, "A-002") is TicketState.WAITING


def test_a_call_out_of_turn_ends_no_talk(office: Office, clock: TownClock) -> None:
    take(office, clock)
    other = take(office, clock)
    serve(office, clock)
    with pytest.raises(StillServed, match="A-001 is served at desk 1"):
        staff.call(office, FIRST_DESK, other.id, clock())
    assert state(office, "A-001") is TicketState.SERVING
    staff.call(office, FIRST_DESK, other.id, clock(), staff.Present(park=True))
    assert (state(office, "A-001"), state(office, "A-002")) == (
        TicketState.PARKED,
        TicketState.CALLED,
    )
    undo_log.undo(office, FIRST_DESK, clock())
    assert (state(office, "A-001"), state(office, "A-002")) == (
        TicketState.SERVING,
        TicketState.WAITING,
    )


def test_a_transfer_keeps_the_number(office: Office, clock: TownClock) -> None:
    take(office, clock)
    call(office, clock)
    staff.transfer(office, FIRST_DESK, staff.TransferTarget(RENT), clock())
    assert call(office, clock, SECOND_DESK) == "A-001"


def test_a_transfer_to_a_topic_of_another_day_is_refused(office: Office, clock: TownClock) -> None:
    take(office, clock)
    call(office, clock)
    with pytest.raises(TopicNotOffered):
        staff.transfer(office, FIRST_DESK, staff.TransferTarget(PASSPORT), clock())
    assert state(office, "A-001") is TicketState.CALLED


def test_an_empty_desk_says_so(office: Office, clock: TownClock) -> None:
    for action in (staff.recall, staff.start, staff.miss, staff.park):
        with pytest.raises(DeskEmpty, match="desk 1"):
            action(office, FIRST_DESK, clock())


def test_a_ticket_being_served_is_not_recalled(office: Office, clock: TownClock) -> None:
    take(office, clock)
    call(office, clock)
    staff.start(office, FIRST_DESK, clock())
    with pytest.raises(WrongState, match="A-001 is serving"):
        staff.recall(office, FIRST_DESK, clock())


def test_unknown_desks_and_tickets_are_refused(office: Office, clock: TownClock) -> None:
    with pytest.raises(Unknown, match="no desk '9'"):
        call(office, clock, "9")
    with pytest.raises(Unknown, match="no ticket '77'"):
        staff.withdraw(office, 77, clock())


def test_priority_moves_a_ticket_from_its_place(office: Office, clock: TownClock) -> None:
    people = [take(office, clock) for _ in range(8)]
    call(office, clock)
    staff.miss(office, FIRST_DESK, clock())
    returned = office.read(queue_view).tickets[0]
    for priority in (True, False):
        moved = staff.set_priority(office, people[0].id, clock(), priority=priority)
    assert moved.place == returned.place, "priority that is taken back leaves no trace"
    last = staff.set_priority(office, people[7].id, clock(), priority=True)
    line = [ticket.id for ticket in office.read(queue_view).waiting(clock())]
    assert line.index(last.id) < line.index(people[4].id)
