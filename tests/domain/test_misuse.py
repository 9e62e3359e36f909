"""Misuse of smileys: presses for fun are set aside, an honest one never is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.feedback import BUTTONS_SURFACE, STAFF_OR_API, Feedback, Misuse, glass_surface
from kiosk.domain.ids import FeedbackId, Surface
from kiosk.domain.misuse import AT_A_GLASS, AT_BUTTONS, PAUSE_S, THANKED_IN_A_ROW, judge_presses
from kiosk.domain.moment import Moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.domain.misuse import PressVerdict

MORNING = datetime(2026, 11, 22, 9, tzinfo=UTC)
HANDS = (BUTTONS_SURFACE, glass_surface("touch"))
scores = st.integers(1, 5)
surfaces = st.sampled_from(
    [BUTTONS_SURFACE, glass_surface("touch"), glass_surface("second"), STAFF_OR_API]
)


def press(
    at_s: float, score: int = 5, surface: Surface = BUTTONS_SURFACE, boot: str = "boot"
) -> Feedback:
    moment = Moment(boot, at_s, MORNING + timedelta(seconds=at_s), trusted=True)
    return Feedback(FeedbackId(round(at_s * 1000) + 1), score, moment, surface)


def rhythm(
    pauses: Sequence[float], pressed: Sequence[int], surface: Surface = BUTTONS_SURFACE
) -> list[Feedback]:
    """Presses with these pauses before each."""
    at_s, presses = 0.0, []
    for pause, score in zip(pauses, pressed, strict=False):
        at_s += pause
        presses.append(press(at_s, score, surface))
    return presses


def counted(said: Sequence[PressVerdict]) -> int:
    return sum(verdict.misuse is None for verdict in said)


def pauses(least: float, below: float) -> st.SearchStrategy[list[float]]:
    """In whole milliseconds, as moments are stored."""
    whole = st.integers(round(least * 1000), round(below * 1000) - 1)
    return st.lists(whole.map(lambda ms: ms / 1000), min_size=1, max_size=60)


days = st.lists(
    st.tuples(st.integers(0, 14000).map(lambda ms: ms / 1000), scores, surfaces, st.booleans()),
    max_size=60,
).map(
    lambda steps: [
        Feedback(
            FeedbackId(place),
            score,
            press(sum(pause for pause, *_ in steps[: place + 1])).given,
            surface,
            trial,
        )
        for place, (_, score, surface, trial) in enumerate(steps)
    ]
)


@given(days, scores, st.sampled_from(HANDS))
def test_a_lone_press_counts_whatever_came_before(
    day: list[Feedback], score: int, surface: Surface
) -> None:
    last_s = day[-1].given.boot_s if day else 0.0
    assert judge_presses([*day, press(last_s + PAUSE_S + 0.001, score, surface)])[-1].misuse is None


@given(st.lists(st.floats(PAUSE_S + 0.001, 3600), max_size=40), scores, st.sampled_from(HANDS))
def test_people_ten_seconds_apart_all_count_even_with_the_same_smiley(
    gaps: list[float], score: int, surface: Surface
) -> None:
    presses = rhythm(gaps, [score] * len(gaps), surface)
    assert counted(judge_presses(presses)) == len(presses)


@given(pauses(0.0, AT_BUTTONS.rest_s), st.lists(scores, min_size=60, max_size=60))
def test_drumming_of_any_rhythm_leaves_exactly_one(gaps: list[float], drummed: list[int]) -> None:
    assert counted(judge_presses(rhythm(gaps, drummed))) == 1


@given(pauses(0.0, PAUSE_S), st.lists(scores, min_size=60, max_size=60))
def test_slow_repeated_presses_count_only_a_few_times(
    gaps: list[float], pressed: list[int]
) -> None:
    assert 1 <= counted(judge_presses(rhythm(gaps, pressed))) <= AT_BUTTONS.most
    on_glass = counted(judge_presses(rhythm(gaps, pressed, HANDS[1])))
    assert on_glass == min(len(gaps), AT_A_GLASS.most)


@given(pauses(AT_BUTTONS.rest_s + 0.001, PAUSE_S), st.lists(scores, min_size=60, max_size=60))
def test_a_family_that_presses_one_after_the_other_counts(
    gaps: list[float], pressed: list[int]
) -> None:
    family = rhythm(gaps[: AT_BUTTONS.most], pressed)
    assert counted(judge_presses(family)) == len(family)


@given(days, st.data())
def test_what_is_said_at_the_press_is_said_again_at_the_end(
    day: list[Feedback], data: st.DataObject
) -> None:
    known = data.draw(st.integers(0, len(day)))
    assert judge_presses(day)[:known] == judge_presses(day[:known])


@given(days)
def test_surfaces_and_trials_do_not_matter_to_each_other(day: list[Feedback]) -> None:
    said = dict(zip([one.id for one in day], judge_presses(day), strict=True))
    for surface in {one.surface for one in day}:
        alone = [one for one in day if one.surface == surface and not one.trial]
        assert judge_presses(alone) == [said[one.id] for one in alone]


def test_the_same_again_is_repeated_and_another_one_rattles() -> None:
    said = judge_presses([press(0, 5), press(1, 5), press(2, 1), press(3, 1), press(4.5, 2)])
    assert [verdict.misuse for verdict in said] == [
        None,
        Misuse.REPEATED,
        Misuse.RATTLING,
        Misuse.REPEATED,
        None,
    ]


def test_staff_and_programs_answer_for_themselves() -> None:
    given_by_a_program = [press(0, 5, STAFF_OR_API)] * 100
    assert counted(judge_presses(given_by_a_program)) == 100


def test_after_a_power_cut_everything_begins_anew() -> None:
    assert counted(judge_presses([press(7), press(7.5, boot="another")])) == 2


def test_an_honest_second_person_is_thanked_and_a_drummer_soon_is_not() -> None:
    said = judge_presses([press(second) for second in range(10)])
    assert [verdict.thanked for verdict in said] == [
        *[True] * (1 + THANKED_IN_A_ROW),
        *[False] * (9 - THANKED_IN_A_ROW),
    ]
