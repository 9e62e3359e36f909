"""A person is sent on: to another desk, to a topic, or both, and not straight back."""

from dataclasses import replace

import pytest

from kiosk.domain.errors import TransferNowhere, Unknown
from kiosk.domain.outcome import RESOLVED
from kiosk.domain.record import Record
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.service import citizens, desks, staff, undo_log, visits
from kiosk.service.office import Office
from kiosk.service.orphans import with_orphans
from kiosk.service.queue_view import queue_view
from kiosk.store.counters import TOPIC_OUTCOMES, TopicOutcomeKey
from tests.town import FIRST_DESK, GERMAN, JOBS, RENT, SECOND_DESK, TOWN, TownClock

EVERYTHING = [topic.id for topic in TOWN.topics]
SETTLED = Record(RESOLVED)


@pytest.fixture(autouse=True)
def _open(office: Office, clock: TownClock) -> None:
    """Both desks handle everything."""
    visits.open_visit(office, None, None, clock())
    desks.handle(office, SECOND_DESK, EVERYTHING, clock())


def take(office: Office, clock: TownClock, topic: str = JOBS) -> Ticket:
    return citizens.take_ticket(office, citizens.TicketRequest(topic, GERMAN), clock()).ticket


def serve(office: Office, clock: TownClock, desk: str = FIRST_DESK) -> str | None:
    """The next person, served; the desk is free."""
    called = staff.call_next(office, desk, clock())
    if called is None:
        return None
    staff.finish(office, desk, SETTLED, clock())
    return called.number


def send(
    office: Office, clock: TownClock, topic: str | None = None, to_desk: str | None = None
) -> Ticket:
    """The first desk calls a person and sends them on."""
    staff.call_next(office, FIRST_DESK, clock())
    staff.start(office, FIRST_DESK, clock())
    return staff.transfer(office, FIRST_DESK, staff.TransferTarget(topic, to_desk), clock())


def test_the_only_desk_at_work_gets_the_person_back_after_all_who_waited(
    office: Office, clock: TownClock
) -> None:
    for _ in range(3):
        take(office, clock)
    sent = send(office, clock, RENT)
    later = take(office, clock)
    assert sent.number == "A-001"
    line = [ticket.id for ticket in office.read(queue_view).waiting(clock())]
    assert line.index(sent.id) == 2, "what the phone tells is the order in which the desk calls"
    assert [serve(office, clock) for _ in range(4)] == ["A-002", "A-003", "A-001", later.number]


def test_among_desks_of_the_same_topics_the_other_one_calls_next(
    office: Office, clock: TownClock
) -> None:
    """In ZMS a forwarded person comes back to the desk that presses first."""
    desks.set_at_work(office, SECOND_DESK, clock(), at_work=True)
    for _ in range(3):
        take(office, clock)
    send(office, clock, JOBS)
    assert serve(office, clock, FIRST_DESK) == "A-002"
    assert serve(office, clock, SECOND_DESK) == "A-001"
    assert serve(office, clock, FIRST_DESK) == "A-003"


def test_a_ticket_transferred_to_a_desk_is_called_by_that_desk_alone(
    office: Office, clock: TownClock
) -> None:
    desks.handle(office, SECOND_DESK, [RENT], clock())
    sent = send_first(office, clock)
    assert serve(office, clock, FIRST_DESK) is None
    assert serve(office, clock, SECOND_DESK) == sent.number, "though it does not handle the topic"
    visits.close_visit(office, clock())
    with office.database.read() as connection:
        counted = TOPIC_OUTCOMES.of(connection, "2026-11")
    assert counted == {TopicOutcomeKey(JOBS, "resolved"): 1}, "one person is counted once"


def send_first(office: Office, clock: TownClock) -> Ticket:
    take(office, clock)
    return send(office, clock, to_desk=SECOND_DESK)


def test_an_orphaned_desk_still_calls_tickets_transferred_to_it(
    office: Office, clock: TownClock
) -> None:
    sent = send_first(office, clock)
    edited = replace(TOWN, desks=TOWN.desks[:1])
    restarted = Office(office.database, with_orphans(edited, office.database))
    called = staff.call_next(restarted, SECOND_DESK, clock())
    assert called is not None
    assert called.id == sent.id


def test_a_transfer_to_a_desk_for_a_topic_changes_both_and_is_undone_whole(
    office: Office, clock: TownClock
) -> None:
    take(office, clock)
    staff.call_next(office, FIRST_DESK, clock())
    before = office.read(queue_view).tickets
    sent = staff.transfer(office, FIRST_DESK, staff.TransferTarget(RENT, SECOND_DESK), clock())
    assert (sent.topic, sent.to_desk, sent.place) == (RENT, SECOND_DESK, before[0].place)
    undo_log.undo(office, FIRST_DESK, clock())
    assert office.read(queue_view).tickets == before


@pytest.mark.parametrize("to_desk", [None, FIRST_DESK])
def test_a_transfer_needs_somewhere_to_go(
    office: Office, clock: TownClock, to_desk: str | None
) -> None:
    take(office, clock)
    staff.call_next(office, FIRST_DESK, clock())
    with pytest.raises(TransferNowhere):
        staff.transfer(office, FIRST_DESK, staff.TransferTarget(desk=to_desk), clock())
    with pytest.raises(Unknown, match="no desk '9'"):
        staff.transfer(office, FIRST_DESK, staff.TransferTarget(desk="9"), clock())
    assert office.read(queue_view).tickets[0].state is TicketState.CALLED


def test_a_transferred_ticket_can_be_called_from_the_list_by_any_desk(
    office: Office, clock: TownClock
) -> None:
    sent = send_first(office, clock)
    called = staff.call(office, FIRST_DESK, sent.id, clock())
    assert (called.desk, called.to_desk, called.sender) == (FIRST_DESK, None, None)
