"""Opening and closing, and what is left behind."""

import pytest

from kiosk.domain.closing_errors import PeopleStillThere
from kiosk.domain.errors import (
    NoVisitOpen,
    Unknown,
    VisitAlreadyOpen,
)
from kiosk.domain.visit_events import VisitClosed
from kiosk.service import citizens, visits
from kiosk.service.follower import Follower
from kiosk.service.office import Office
from kiosk.service.queue_view import queue_view
from tests.town import ESTATE, GERMAN, JOBS, TownClock


def test_without_choice_the_first_stop_and_all_topics_are_open(
    office: Office, clock: TownClock
) -> None:
    visit = visits.open_visit(office, None, None, clock())
    assert (visit.stop, len(visit.topics)) == ("market", 4)


def test_only_one_visit_at_a_time(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, ESTATE, None, clock())
    with pytest.raises(VisitAlreadyOpen, match="Siedlung"):
        visits.open_visit(office, None, None, clock())


def test_unknown_stops_and_topics_are_refused(office: Office, clock: TownClock) -> None:
    with pytest.raises(Unknown, match="no stop 'moon'"):
        visits.open_visit(office, "moon", None, clock())
    with pytest.raises(Unknown, match="no topic 'cheese'"):
        visits.open_visit(office, None, ["cheese"], clock())
    assert office.read(visits.current_visit) is None


def test_people_who_wait_are_not_closed_away_by_accident(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, None, None, clock())
    citizens.take_ticket(office, citizens.TicketRequest(JOBS, GERMAN), clock())
    with pytest.raises(PeopleStillThere, match="1 person is"):
        visits.close_visit(office, clock())
    visits.close_visit(office, clock(), expected=None)
    assert office.read(visits.current_visit) is None


def test_a_visit_is_closed_over_no_more_people_than_the_caller_knows_of(
    office: Office, clock: TownClock
) -> None:
    visits.open_visit(office, None, None, clock())
    for _ in range(2):
        citizens.take_ticket(office, citizens.TicketRequest(JOBS, GERMAN), clock())
    with pytest.raises(PeopleStillThere, match="2 people"):
        visits.close_visit(office, clock(), expected=1)
    visits.close_visit(office, clock(), expected=2)
    assert office.read(visits.current_visit) is None


def test_a_closed_visit_leaves_no_person_behind(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, None, None, clock())
    citizens.take_ticket(
        office, citizens.TicketRequest(JOBS, GERMAN, wish="a-wish-of-a-visitor"), clock()
    )
    citizens.give_feedback(office, 1, clock())
    visits.close_visit(office, clock(), expected=None)
    left = b"".join(path.read_bytes() for path in office.database.path.parent.iterdir())
    assert office.read(queue_view).tickets == ()
    for trace in (b"A-001", b"a-wish-of-a-visitor", b"TicketTaken", b"FeedbackGiven"):
        assert trace not in left


def test_a_follower_hears_of_the_closing(office: Office, clock: TownClock) -> None:
    visit = visits.open_visit(office, None, None, clock())
    follower = Follower(office.database)
    visits.close_visit(office, clock())
    assert [entry.event for entry in follower.wait(5)] == [VisitClosed(visit.id, visit.stop)]
    follower.close()


def test_closing_without_a_visit_is_refused(office: Office, clock: TownClock) -> None:
    with pytest.raises(NoVisitOpen):
        visits.close_visit(office, clock())
