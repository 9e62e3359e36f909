"""How long people take a desk, as today's tickets tell it."""

from dataclasses import replace
from datetime import UTC, datetime

from kiosk.domain.ids import TicketId, TopicId
from kiosk.domain.moment import Moment
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.domain.waiting import history
from tests.town import FIRST_DESK, GERMAN, JOBS, RENT, SECOND_DESK


def at(seconds: float, boot: str = "one") -> Moment:
    return Moment(boot, seconds, datetime(2026, 11, 22, tzinfo=UTC), trusted=True)


def served(number: int, taken: float, called: float, ended: float | None) -> Ticket:
    return Ticket(
        id=TicketId(number),
        number=f"A-{number:03d}",
        sequence=number,
        topic=JOBS,
        language=GERMAN,
        priority=False,
        place=number,
        taken=at(taken),
        state=TicketState.SERVING if ended is None else TicketState.FINISHED,
        desk=FIRST_DESK,
        first_call=at(called),
        last_call=at(called),
        ended=None if ended is None else at(ended),
    )


def service_times(*day: Ticket) -> dict[TopicId, list[float]]:
    return history.History(day).service_times


def test_a_turn_ends_with_the_next_call_while_people_wait() -> None:
    day = [served(1, 0, 100, 700), served(2, 50, 730, 1000)]
    assert service_times(*day) == {JOBS: [630, 270]}


def test_a_turn_ends_with_the_talk_when_the_queue_is_empty() -> None:
    day = [served(1, 0, 100, 700), served(2, 1500, 1510, 2000)]
    assert service_times(*day) == {JOBS: [600, 490]}


def test_a_break_is_no_part_of_a_turn() -> None:
    day = [served(1, 0, 100, 700), served(2, 50, 4300, 4900)]
    assert service_times(*day) == {JOBS: [600 + history.LONGEST_PAUSE_S, 600]}


def test_a_turn_too_short_to_serve_is_no_sample() -> None:
    day = [served(1, 0, 100, 102), served(2, 0, 103, 104), served(3, 0, 105, 600)]
    assert service_times(*day) == {JOBS: [495]}


def test_waiting_and_served_tickets_are_no_samples_yet() -> None:
    waiting = replace(served(2, 50, 0, None), state=TicketState.WAITING, desk=None, last_call=None)
    assert service_times(served(1, 0, 100, None), waiting) == {}


def test_a_recalled_ticket_has_its_turn_from_the_last_call() -> None:
    called_again = replace(served(1, 0, 1000, 1600), first_call=at(100))
    assert service_times(called_again, served(2, 20, 200, 900)) == {JOBS: [800, 600]}


def test_a_transfer_brings_no_wait_into_the_turns_of_the_other_desk() -> None:
    day = [replace(served(1, 0, 3000, 3600), first_call=at(100)), served(2, 20, 200, 900)]
    assert service_times(*day) == {JOBS: [700 + history.LONGEST_PAUSE_S, 600]}


def test_service_times_are_kept_by_desk_and_topic() -> None:
    other = replace(served(2, 20, 200, 500), desk=SECOND_DESK, topic=RENT)
    assert service_times(served(1, 0, 100, 700), other) == {JOBS: [600], RENT: [300]}


def test_a_talk_over_a_power_cut_has_no_length() -> None:
    cut = replace(served(1, 0, 100, 700), ended=at(40, "two"))
    assert service_times(cut) == {}


def test_a_desk_knows_since_when_it_serves() -> None:
    day = [served(1, 0, 100, 700), served(2, 50, 730, None)]
    assert history.History(day).at_desk_since(FIRST_DESK, at(1000)) == (JOBS, 270)
    assert history.History(day).at_desk_since(SECOND_DESK, at(1000)) is None


def test_a_recalled_person_is_at_the_desk_since_the_last_call() -> None:
    day = [replace(served(1, 0, 900, None), first_call=at(100)), served(2, 50, 200, 900)]
    assert history.History(day).at_desk_since(FIRST_DESK, at(1000)) == (JOBS, 100)


def test_what_happens_at_a_desk_changes_what_is_known_of_it_alone() -> None:
    talk, other = served(1, 0, 100, None), replace(served(2, 20, 200, 500), desk=SECOND_DESK)
    earlier = history.History([talk, other])
    over = replace(talk, ended=at(400))
    later = history.History([over, other], earlier)
    assert later.service_times == service_times(over, other) != earlier.service_times
    assert later.desks[SECOND_DESK] is earlier.desks[SECOND_DESK]


def test_people_keep_coming_as_in_the_last_hour() -> None:
    day = [served(number, number * 600, 9000, 9100) for number in range(12)]
    coming = history.expected_arrivals(day, at(12 * 600))
    assert coming.gap_s == 600
    assert 0 < coming.share < 0.1
    assert history.expected_arrivals([], at(0)).gap_s > 0
