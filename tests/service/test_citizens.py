"""What citizens do, over the real database."""

from dataclasses import replace

import pytest

from kiosk.domain.errors import NoVisitOpen, ScoreOutOfRange, TopicNotOffered, Unknown
from kiosk.service import citizens, desks, staff, visits
from kiosk.service.office import Office
from tests.town import FIRST_DESK, GERMAN, HOME, JOBS, PASSPORT, RENT, SCHOOL, TOWN, TownClock


@pytest.fixture
def _open(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, None, [JOBS, SCHOOL, RENT], clock())


def take(office: Office, clock: TownClock, topic: str = JOBS, wish: str | None = None) -> str:
    return citizens.take_ticket(
        office, citizens.TicketRequest(topic, GERMAN, wish=wish), clock()
    ).ticket.number


@pytest.mark.usefixtures("_open")
def test_numbers_run_by_topic_group(office: Office, clock: TownClock) -> None:
    assert [take(office, clock, topic) for topic in (JOBS, SCHOOL, RENT, JOBS)] == [
        "A-001",
        "A-002",
        "B-001",
        "A-003",
    ]


@pytest.mark.usefixtures("_open")
def test_numbers_without_letters_are_one_sequence(office: Office, clock: TownClock) -> None:
    plain = replace(office, profile=replace(TOWN, number_shows_group=False))
    assert [take(plain, clock, topic) for topic in (JOBS, RENT, JOBS)] == ["001", "002", "003"]


@pytest.mark.usefixtures("_open")
def test_ahead_counts_all_tickets_that_numbers_do_not_distinguish(
    office: Office, clock: TownClock
) -> None:
    desks.handle(office, FIRST_DESK, [JOBS, SCHOOL], clock())
    take(office, clock)
    school, rent = (citizens.TicketRequest(topic, GERMAN) for topic in (SCHOOL, RENT))
    assert citizens.take_ticket(office, school, clock()).ahead == 1
    assert citizens.take_ticket(office, rent, clock()).ahead == 0, "the other desk calls B"
    plain = replace(office, profile=replace(TOWN, number_shows_group=False))
    assert citizens.take_ticket(plain, rent, clock()).ahead == 3


@pytest.mark.usefixtures("_open")
def test_a_ticket_of_an_orphaned_topic_is_not_counted_ahead(
    office: Office, clock: TownClock
) -> None:
    take(office, clock, RENT)
    left = tuple(topic for topic in TOWN.topics if topic.id != RENT)
    updated = replace(office, profile=replace(TOWN, topics=left))
    assert take(updated, clock) == "A-001"


@pytest.mark.usefixtures("_open")
def test_ahead_counts_people_called_before(office: Office, clock: TownClock) -> None:
    ahead = [
        citizens.take_ticket(office, citizens.TicketRequest(JOBS, GERMAN), clock()).ahead
        for _ in range(3)
    ]
    assert ahead == [0, 1, 2]


@pytest.mark.usefixtures("_open")
def test_one_wish_is_one_ticket(office: Office, clock: TownClock) -> None:
    assert take(office, clock, wish="w1") == take(office, clock, wish="w1") == "A-001"
    assert take(office, clock, wish="w2") == "A-002"


@pytest.mark.usefixtures("_open")
def test_a_wish_finds_its_ticket_after_a_crash(office: Office, clock: TownClock) -> None:
    take(office, clock, wish="w1")
    found = office.read(citizens.ticket_for_wish, "w1", clock())
    assert found is not None
    assert found.ticket.number == "A-001"
    assert office.read(citizens.ticket_for_wish, "never", clock()) is None


@pytest.mark.usefixtures("_open")
def test_a_number_is_not_given_again_on_the_same_day(office: Office, clock: TownClock) -> None:
    first = citizens.take_ticket(office, citizens.TicketRequest(JOBS, GERMAN), clock()).ticket
    staff.withdraw(office, first.id, clock())
    assert take(office, clock) == "A-002"


def test_numbers_start_afresh_with_each_visit(office: Office, clock: TownClock) -> None:
    for _ in range(2):
        visits.open_visit(office, None, None, clock())
        assert take(office, clock) == "A-001"
        visits.close_visit(office, clock(), expected=None)


@pytest.mark.usefixtures("_open")
@pytest.mark.parametrize("days", [-20_000, 20_000])
def test_a_jump_of_the_clock_changes_no_number(
    office: Office, clock: TownClock, days: float
) -> None:
    take(office, clock)
    clock.jump(days)
    assert take(office, clock) == "A-002"
    called = staff.call_next(office, FIRST_DESK, clock())
    assert called is not None
    assert called.number == "A-001"


def test_without_a_visit_there_are_no_numbers(office: Office, clock: TownClock) -> None:
    with pytest.raises(NoVisitOpen, match="open one first"):
        take(office, clock)
    with pytest.raises(NoVisitOpen):
        citizens.give_feedback(office, 5, clock())


@pytest.mark.usefixtures("_open")
def test_unknown_names_are_refused(office: Office, clock: TownClock) -> None:
    with pytest.raises(Unknown, match=r"no topic 'moon'.*Known: jobs"):
        take(office, clock, "moon")
    with pytest.raises(TopicNotOffered, match=PASSPORT):
        take(office, clock, PASSPORT)
    with pytest.raises(Unknown, match="language 'xx'"):
        citizens.take_ticket(office, citizens.TicketRequest(JOBS, "xx"), clock())
    with pytest.raises(Unknown, match=HOME):
        take(office, clock, HOME)


@pytest.mark.usefixtures("_open")
def test_a_smiley_is_kept_and_can_be_taken_back_once(office: Office, clock: TownClock) -> None:
    press = citizens.give_feedback(office, 5, clock()).id
    assert citizens.take_back_feedback(office, press, clock())
    assert not citizens.take_back_feedback(office, press, clock())


@pytest.mark.usefixtures("_open")
@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_outside_the_scale_is_refused(office: Office, clock: TownClock, score: int) -> None:
    with pytest.raises(ScoreOutOfRange, match="from 1 to 5"):
        citizens.give_feedback(office, score, clock())
