"""What staff put right later, without undoing what others have done since."""

import pytest

from kiosk.domain.errors import NumberGivenAgain, TopicNotOffered, WrongState
from kiosk.domain.moment import Moment
from kiosk.domain.number import NumberRange
from kiosk.domain.outcome import COULD_NOT_BE_HELPED, RESOLVED
from kiosk.domain.record import Record
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.service import citizens, staff, ticket_corrections, ticket_import, undo_log, visits
from kiosk.service.office import Office
from kiosk.service.queue_view import queue_view
from kiosk.store.counters import TOPIC_OUTCOMES, TopicOutcomeKey
from tests.town import FIRST_DESK, GERMAN, JOBS, PASSPORT, RENT, SCHOOL, SECOND_DESK, TownClock

SETTLED, HELPLESS = Record(RESOLVED), Record(COULD_NOT_BE_HELPED)


@pytest.fixture(autouse=True)
def _open(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, None, [JOBS, SCHOOL, RENT], clock())


def take(office: Office, clock: TownClock, topic: str = JOBS) -> Ticket:
    return citizens.take_ticket(office, citizens.TicketRequest(topic, GERMAN), clock()).ticket


def serve(office: Office, clock: TownClock, record: Record = SETTLED) -> None:
    staff.call_next(office, FIRST_DESK, clock())
    staff.start(office, FIRST_DESK, clock())
    staff.finish(office, FIRST_DESK, record, clock())


def line(office: Office, clock: TownClock) -> list[str]:
    return [ticket.number for ticket in office.read(queue_view).waiting(clock())]


def outcomes(office: Office, clock: TownClock) -> dict[TopicOutcomeKey, int]:
    visits.close_visit(office, clock(), expected=None)
    with office.database.read() as connection:
        return TOPIC_OUTCOMES.of(connection, "2026-11")


def test_an_outcome_is_corrected_after_later_actions(office: Office, clock: TownClock) -> None:
    person = take(office, clock)
    take(office, clock)
    serve(office, clock, HELPLESS)
    serve(office, clock)
    amended = ticket_corrections.amend(office, SECOND_DESK, person.id, SETTLED, clock())
    assert (amended.desk, amended.record) == (FIRST_DESK, SETTLED)
    assert outcomes(office, clock) == {TopicOutcomeKey(JOBS, "resolved"): 2}


def test_an_outcome_is_added_for_a_ticket_missed_by_next(office: Office, clock: TownClock) -> None:
    """The clerk forgot to say that they came; undo would take back the next person too."""
    person = take(office, clock)
    take(office, clock)
    staff.call_next(office, FIRST_DESK, clock())
    staff.call_next(office, FIRST_DESK, clock())
    ticket_corrections.amend(office, FIRST_DESK, person.id, SETTLED, clock())
    assert line(office, clock) == []
    staff.finish(office, FIRST_DESK, SETTLED, clock())
    assert outcomes(office, clock) == {TopicOutcomeKey(JOBS, "resolved"): 2}


def test_a_ticket_at_a_desk_is_not_amended(office: Office, clock: TownClock) -> None:
    person = take(office, clock)
    staff.call_next(office, FIRST_DESK, clock())
    with pytest.raises(WrongState, match="A-001 is called"):
        ticket_corrections.amend(office, SECOND_DESK, person.id, SETTLED, clock())


def test_who_was_finished_or_had_left_is_called_again_and_counted_once(
    office: Office, clock: TownClock
) -> None:
    first, gone = take(office, clock), take(office, clock)
    serve(office, clock, HELPLESS)
    staff.withdraw(office, gone.id, clock())
    for ticket in (first, gone):
        assert staff.call(office, FIRST_DESK, ticket.id, clock()).state is TicketState.CALLED
        staff.start(office, FIRST_DESK, clock())
        staff.finish(office, FIRST_DESK, SETTLED, clock())
    assert outcomes(office, clock) == {TopicOutcomeKey(JOBS, "resolved"): 2}


def test_a_missed_number_waits_again_behind_the_next_and_has_one_more_call(
    office: Office, clock: TownClock
) -> None:
    absent = take(office, clock)
    for _ in range(2):
        staff.call_next(office, FIRST_DESK, clock())
        staff.miss(office, FIRST_DESK, clock())
    for _ in range(2):
        take(office, clock)
    ticket_corrections.put_back(office, absent.id, clock(), desk=FIRST_DESK)
    assert line(office, clock) == ["A-002", "A-001", "A-003"]
    serve(office, clock)
    staff.call_next(office, FIRST_DESK, clock())
    assert staff.miss(office, FIRST_DESK, clock()).state is TicketState.MISSED


def test_who_was_parked_or_sent_away_by_mistake_keeps_their_place(
    office: Office, clock: TownClock
) -> None:
    parked, gone = take(office, clock), take(office, clock)
    take(office, clock)
    staff.call_next(office, FIRST_DESK, clock())
    staff.park(office, FIRST_DESK, clock())
    staff.withdraw(office, gone.id, clock())
    for ticket in (gone, parked):
        ticket_corrections.put_back(office, ticket.id, clock(), desk=FIRST_DESK)
    assert line(office, clock) == ["A-001", "A-002", "A-003"]


def test_a_waiting_person_changes_the_topic_and_keeps_number_and_place(
    office: Office, clock: TownClock
) -> None:
    for _ in range(2):
        take(office, clock, RENT)
    person = take(office, clock)
    take(office, clock, RENT)
    changed = ticket_corrections.change_topic(office, person.id, RENT, clock(), desk=FIRST_DESK)
    assert (changed.number, changed.place, changed.state) == ("A-001", 3, TicketState.WAITING)
    assert line(office, clock) == ["B-001", "B-002", "A-001", "B-003"]
    with pytest.raises(TopicNotOffered):
        ticket_corrections.change_topic(office, person.id, PASSPORT, clock())
    undo_log.undo(office, FIRST_DESK, clock())
    assert office.read(queue_view).tickets[2].topic == JOBS


def test_a_number_given_again_is_not_put_back(office: Office, clock: TownClock) -> None:
    gone = take(office, clock)
    staff.withdraw(office, gone.id, clock())
    for first in range(2, 1000, 200):
        torn = NumberRange("A", first, min(first + 199, 999))
        request = ticket_import.ImportRequest(torn, JOBS, record=SETTLED)
        ticket_import.import_tickets(office, request, clock())
    assert take(office, clock).number == gone.number
    for again in (staff.call, _put_back_at):
        with pytest.raises(NumberGivenAgain, match="A-001"):
            again(office, FIRST_DESK, gone.id, clock())


def _put_back_at(office: Office, desk: str, ticket: int, now: Moment) -> Ticket:
    return ticket_corrections.put_back(office, ticket, now, desk=desk)
