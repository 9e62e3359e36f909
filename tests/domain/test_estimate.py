"""How long a person will wait: a range that is sane on any day, and unknown on a young one."""

import time
from collections.abc import Mapping, Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ids import TopicId
from kiosk.domain.waiting.estimate import MOST_AHEAD, DeskAtWork, Simulation, wait_range
from kiosk.domain.waiting.history import SHORTEST_TURN_S, Arrivals, DueAppointment
from kiosk.domain.waiting.pace import FEWEST_TURNS, Pace
from tests.town import JOBS, PASSPORT, RENT, SCHOOL

EVERYTHING = frozenset({JOBS, SCHOOL, RENT, PASSPORT})
TEN_MINUTES = {JOBS: [560.0, 600.0, 640.0] * 4}
FREE = DeskAtWork(EVERYTHING)
BUSY = DeskAtWork(EVERYTHING, (JOBS, 60.0))

topics = st.sampled_from(sorted(EVERYTHING))
seconds = st.floats(0, 20_000)
lines = st.lists(topics, max_size=MOST_AHEAD + 20)
days = st.dictionaries(topics, st.lists(seconds, max_size=12))
present = st.none() | st.tuples(topics, seconds)
some_desks = st.lists(
    st.builds(DeskAtWork, st.frozensets(topics, min_size=1), present), min_size=1, max_size=10
)
equal_desks = st.lists(st.builds(DeskAtWork, st.just(EVERYTHING), present), min_size=1, max_size=6)
arrivals = st.none() | st.builds(Arrivals, st.floats(1, 5000), st.floats(0, 1))


@given(topics, lines, some_desks, days, arrivals)
def test_a_range_is_never_negative_nor_upside_down(
    topic: TopicId,
    ahead: list[TopicId],
    desks: list[DeskAtWork],
    served: Mapping[TopicId, Sequence[float]],
    newcomers: Arrivals | None,
) -> None:
    found = wait_range(topic, ahead, desks, served, newcomers)
    few = sum(map(len, served.values())) < FEWEST_TURNS
    assert (found is None) == (few or not any(topic in desk.topics for desk in desks))
    if found:
        assert 0 <= found[0] <= found[1]


@given(topics, lines.filter(bool), equal_desks, days, arrivals)
def test_one_person_more_ahead_never_makes_the_wait_shorter(
    topic: TopicId,
    ahead: list[TopicId],
    desks: list[DeskAtWork],
    served: Mapping[TopicId, Sequence[float]],
    newcomers: Arrivals | None,
) -> None:
    before = wait_range(topic, ahead[:-1], desks, served, newcomers)
    behind = wait_range(topic, ahead, desks, served, newcomers)
    if before and behind:
        assert before[0] <= behind[0]
        assert before[1] <= behind[1]


@given(topics, lines, some_desks, days, st.randoms())
def test_the_order_in_which_topics_are_listed_changes_nothing(
    topic: TopicId,
    ahead: list[TopicId],
    desks: list[DeskAtWork],
    served: Mapping[TopicId, list[float]],
    random: Random,
) -> None:
    shuffled = {
        key: random.sample(served[key], len(served[key]))
        for key in random.sample(sorted(served), len(served))
    }
    assert wait_range(topic, ahead, desks, served) == wait_range(topic, ahead, desks, shuffled)


def test_too_few_turns_say_nothing() -> None:
    assert wait_range(JOBS, [], [FREE], {}) is None
    assert wait_range(JOBS, [], [FREE], {JOBS: [600.0], RENT: [300.0]}) is None
    assert wait_range(JOBS, [], [FREE], {JOBS: [600.0, 500.0], RENT: [300.0]}) is not None


def test_a_topic_that_no_desk_at_work_handles_has_no_range() -> None:
    only_rent = DeskAtWork(frozenset({RENT}))
    assert wait_range(JOBS, [], [], TEN_MINUTES) is None
    assert wait_range(JOBS, [], [only_rent], TEN_MINUTES) is None


def test_a_free_desk_calls_at_once() -> None:
    assert wait_range(JOBS, [], [BUSY, FREE], TEN_MINUTES) == (0, 1)


def test_the_range_lies_around_what_the_day_suggests() -> None:
    low, high = estimated_range([JOBS] * 3, [FREE])
    assert low < 30 < high  # three turns of ten minutes at one desk
    low, high = estimated_range([JOBS] * 4, [FREE, FREE])
    assert low < 20 < high


def test_people_for_another_desk_do_not_count() -> None:
    work, home = DeskAtWork(frozenset({JOBS})), DeskAtWork(frozenset({RENT}))
    assert estimated_range([JOBS, RENT, RENT, RENT], [work, home]) == estimated_range(
        [JOBS], [work, home]
    )


def test_a_desk_that_helps_out_shortens_the_wait_for_all() -> None:
    work, home = DeskAtWork(frozenset({JOBS})), DeskAtWork(frozenset({RENT}))
    line = [JOBS, JOBS, JOBS, JOBS]
    assert estimated_range(line, [work, FREE])[1] < estimated_range(line, [work, home])[1]


def test_long_topics_ahead_make_a_longer_wait() -> None:
    served = {JOBS: [1200.0] * 6, PASSPORT: [240.0] * 6}
    long = wait_range(RENT, [JOBS] * 3, [FREE], served)
    short = wait_range(RENT, [PASSPORT] * 3, [FREE], served)
    assert long
    assert short
    assert long[0] > short[1]


def test_a_longer_running_talk_ends_sooner() -> None:
    just_called = DeskAtWork(EVERYTHING, (JOBS, 5.0))
    nearly_done = DeskAtWork(EVERYTHING, (JOBS, 590.0))
    assert estimated_range([], [nearly_done])[0] <= estimated_range([], [just_called])[0]
    assert estimated_range([], [nearly_done])[1] <= estimated_range([], [just_called])[1]
    assert estimated_range([], [just_called]) > estimated_range([], [nearly_done])


def test_priority_that_may_still_come_is_reckoned_with() -> None:
    many = wait_range(JOBS, [JOBS] * 4, [FREE], TEN_MINUTES, Arrivals(120, 0.5))
    assert many
    assert many > estimated_range([JOBS] * 4, [FREE])


def test_a_range_is_at_least_the_least_service_time_of_those_ahead() -> None:
    hurried = {JOBS: [2.0] * 12}
    ahead = wait_range(JOBS, [JOBS] * 85, [FREE, FREE], hurried)
    assert ahead
    assert ahead[0] >= 42 * SHORTEST_TURN_S // 60


def test_appointments_due_during_the_wait_are_called_first() -> None:
    line = [JOBS, JOBS]
    low, high = estimated_range(line, [FREE])
    due = [DueAppointment(JOBS, minutes * 60.0, here=False) for minutes in (-5, 0, 5, 10)]
    far, other = (
        [DueAppointment(JOBS, 7200.0, here=True)],
        [DueAppointment(TopicId("unknown"), 0.0, here=True)],
    )
    later = estimated_range_with(due, line)
    assert later[0] >= low + 9  # half of them may not come
    assert later[1] >= high + 36
    for without_effect in (far, other):
        assert estimated_range_with(without_effect, line) == (low, high)


def test_walk_ins_are_called_between_appointments() -> None:
    due = [DueAppointment(JOBS, 0.0, here=True)] * 40
    first = estimated_range_with(due, [])
    assert first[1] <= 25  # behind two of them


def test_a_range_takes_milliseconds_however_many_wait() -> None:
    desks = [BUSY, FREE, DeskAtWork(frozenset({JOBS, RENT}))]
    for people in (30, 1000):
        ahead = [JOBS, RENT, SCHOOL] * (people // 3)
        began = time.process_time()
        for _ in range(10):
            assert wait_range(JOBS, ahead, desks, TEN_MINUTES, Arrivals(300, 0.1))
        assert (time.process_time() - began) / 10 < 0.05  # 2 to 5 ms; CI machines are slow


def estimated_range(ahead: list[TopicId], desks: list[DeskAtWork]) -> tuple[int, int]:
    known = wait_range(JOBS, ahead, desks, TEN_MINUTES)
    assert known is not None
    return known


def estimated_range_with(due: list[DueAppointment], ahead: list[TopicId]) -> tuple[int, int]:
    """At one desk, behind the appointments due meanwhile."""
    known = Simulation([FREE], Pace(TEN_MINUTES)).wait_range(JOBS, ahead, None, due)
    assert known is not None
    return known
