"""Desks change in the middle of the day; intake and contingents bound what citizens get."""

import pytest

from kiosk.domain.errors import ContingentUsedUp, IntakeClosed, NoTopicsLeft, NoVisitOpen, Unknown
from kiosk.domain.events import ContingentReached, DeskChanged, HelpCalled, TopicsChanged
from kiosk.service import citizens, desks, staff, undo_log, visits
from kiosk.service.follower import Follower
from kiosk.service.office import Office
from kiosk.service.queue_view import queue_view
from tests.town import FIRST_DESK, GERMAN, JOBS, PASSPORT, RENT, SCHOOL, SECOND_DESK, TownClock


@pytest.fixture(autouse=True)
def _open(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, None, [JOBS, SCHOOL, RENT], clock())


def take(office: Office, clock: TownClock, topic: str = JOBS, desk: str | None = None) -> str:
    return citizens.take_ticket(
        office, citizens.TicketRequest(topic, GERMAN, desk=desk), clock()
    ).ticket.number


def test_a_desk_calls_what_it_handles_now(office: Office, clock: TownClock) -> None:
    take(office, clock, JOBS)
    assert staff.call_next(office, SECOND_DESK, clock()) is None
    desks.handle(office, SECOND_DESK, [JOBS], clock())
    called = staff.call_next(office, SECOND_DESK, clock())
    assert called
    assert office.read(queue_view).desk(SECOND_DESK).topics == (JOBS,)


def test_the_next_visit_begins_as_the_profile_says(office: Office, clock: TownClock) -> None:
    desks.handle(office, SECOND_DESK, [JOBS], clock())
    visits.close_visit(office, clock())
    visits.open_visit(office, None, None, clock())
    assert office.read(queue_view).desk(SECOND_DESK).topics == (RENT, PASSPORT)


def test_a_desk_needs_topics_that_exist(office: Office, clock: TownClock) -> None:
    with pytest.raises(NoTopicsLeft):
        desks.handle(office, FIRST_DESK, [], clock())
    with pytest.raises(Unknown, match="no topic 'moon'"):
        desks.handle(office, FIRST_DESK, ["moon"], clock())


def test_a_topic_without_a_desk_at_work_is_reported(office: Office, clock: TownClock) -> None:
    def attended() -> dict[str, bool]:
        return {topic.id: topic.attended for topic in office.read(queue_view).topics}

    take(office, clock)
    assert not any(attended().values())
    staff.call_next(office, FIRST_DESK, clock())
    assert all(attended().values()), "who calls is at work"
    desks.set_at_work(office, FIRST_DESK, clock(), at_work=False)
    desks.set_at_work(office, SECOND_DESK, clock(), at_work=True)
    assert attended() == {JOBS: False, SCHOOL: False, RENT: True}


def test_a_topic_that_is_not_offered_any_more_is_still_served(
    office: Office, clock: TownClock
) -> None:
    take(office, clock)
    visits.offer_topics(office, [RENT], clock())
    assert JOBS in [topic.id for topic in office.read(queue_view).topics]
    assert staff.call_next(office, FIRST_DESK, clock())


def test_other_doors_hear_of_it(office: Office, clock: TownClock) -> None:
    follower = Follower(office.database)
    desks.set_at_work(office, FIRST_DESK, clock(), at_work=True)
    desks.call_help(office, FIRST_DESK, clock(), wanted=True)
    desks.call_help(office, FIRST_DESK, clock(), wanted=True)
    visits.set_intake(office, clock(), intake=False)
    events = [entry.event for entry in follower.wait(1)]
    follower.close()
    visit = office.read(visits.current_visit)
    assert visit
    assert events == [
        DeskChanged(FIRST_DESK),
        HelpCalled(FIRST_DESK, wanted=True),
        TopicsChanged(visit.id),
    ]


def test_who_asks_for_help_sees_who_comes_until_it_is_settled(
    office: Office, clock: TownClock
) -> None:
    desks.come_to_help(office, FIRST_DESK, SECOND_DESK, clock())
    assert office.read(desks.helpers) == {}  # no call for help
    desks.call_help(office, FIRST_DESK, clock(), wanted=True)
    desks.come_to_help(office, FIRST_DESK, FIRST_DESK, clock())
    assert office.read(desks.helpers) == {}
    desks.come_to_help(office, FIRST_DESK, SECOND_DESK, clock())
    assert office.read(desks.helpers) == {FIRST_DESK: SECOND_DESK}
    desks.call_help(office, FIRST_DESK, clock(), wanted=False)
    desks.call_help(office, FIRST_DESK, clock(), wanted=True)
    assert office.read(desks.helpers) == {}


def test_a_closed_intake_gives_no_numbers_but_those_that_staff_take(
    office: Office, clock: TownClock
) -> None:
    waiting = take(office, clock)
    visits.set_intake(office, clock(), intake=False)
    with pytest.raises(IntakeClosed):
        take(office, clock)
    assert take(office, clock, desk=FIRST_DESK)
    called = staff.call_next(office, FIRST_DESK, clock())
    assert called
    assert called.number == waiting
    visits.set_intake(office, clock(), intake=True)
    assert take(office, clock)


def test_a_contingent_counts_what_was_given_before_it_was_set(
    office: Office, clock: TownClock
) -> None:
    take(office, clock)
    visits.limit_topic(office, JOBS, 2, clock())
    follower = Follower(office.database)
    take(office, clock)
    assert ContingentReached in {type(entry.event) for entry in follower.wait(1)}, (
        "the glass must hear"
    )
    follower.close()
    with pytest.raises(ContingentUsedUp, match="All 2 numbers"):
        take(office, clock)
    assert take(office, clock, SCHOOL), "other topics go on"
    assert take(office, clock, desk=FIRST_DESK), "staff may give one more"
    visits.limit_topic(office, JOBS, None, clock())
    assert take(office, clock)


def test_a_contingent_ends_with_its_visit(office: Office, clock: TownClock) -> None:
    visits.limit_topic(office, JOBS, 1, clock())
    take(office, clock)
    visits.close_visit(office, clock(), expected=None)
    visits.open_visit(office, None, None, clock())
    assert [take(office, clock) for _ in range(2)] == ["A-001", "A-002"]


def test_without_a_visit_nothing_can_be_changed(office: Office, clock: TownClock) -> None:
    visits.close_visit(office, clock())
    for change in (
        lambda: desks.handle(office, FIRST_DESK, [JOBS], clock()),
        lambda: visits.set_intake(office, clock(), intake=False),
        lambda: visits.limit_topic(office, JOBS, 1, clock()),
    ):
        with pytest.raises(NoVisitOpen):
            change()


def test_a_returned_number_frees_its_contingent(office: Office, clock: TownClock) -> None:
    visits.limit_topic(office, JOBS, 1, clock())
    take(office, clock, desk=FIRST_DESK)
    with pytest.raises(ContingentUsedUp):
        take(office, clock)
    follower = Follower(office.database)
    undo_log.undo(office, FIRST_DESK, clock())
    assert ContingentReached in {type(entry.event) for entry in follower.wait(1)}, (
        "the glass must hear"
    )
    follower.close()
    take(office, clock)
    staff.call_next(office, FIRST_DESK, clock())
    staff.transfer(office, FIRST_DESK, staff.TransferTarget(RENT), clock())
    assert take(office, clock)
