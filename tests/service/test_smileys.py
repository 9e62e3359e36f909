"""Presses that are set aside: kept, told apart, judged anew, and never counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain import misuse
from kiosk.domain.errors import NoVisitOpen
from kiosk.domain.events import FeedbackGiven
from kiosk.domain.feedback import BUTTONS_SURFACE, PHONES, STAFF_OR_API, Misuse, glass_surface
from kiosk.domain.misuse import PressLimits
from kiosk.domain.visit import TRIAL_S
from kiosk.service import citizens, smileys, visits
from kiosk.store import feedback, journal
from kiosk.store.counters import HOUR_SCORES, RECORDS, HourScoreKey, RecordKey
from tests.hypothesis_checks import SHARED_FIXTURE
from tests.town import MARKET

if TYPE_CHECKING:
    from kiosk.domain.feedback import Feedback
    from kiosk.domain.ids import Surface
    from kiosk.service.office import Office
    from kiosk.service.smileys import RecordedPress
    from tests.town import TownClock

NOVEMBER = "2026-11"
surfaces = st.sampled_from([BUTTONS_SURFACE, glass_surface("touch"), STAFF_OR_API, PHONES])


@pytest.fixture(autouse=True)
def _open(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, MARKET, None, clock())


def press(
    office: Office,
    clock: TownClock,
    score: int = 5,
    after_s: float = 1,
    surface: Surface = BUTTONS_SURFACE,
) -> RecordedPress:
    clock.pass_s(after_s - 1)  # the clock itself goes on by one
    return citizens.give_feedback(office, score, clock(), surface)


def kept(office: Office) -> list[Feedback]:
    with office.database.read() as connection:
        return feedback.list_all(connection)


def reasons(office: Office) -> list[Misuse | None]:
    return [one.misuse for one in kept(office)]


def closed(office: Office, clock: TownClock) -> tuple[dict[HourScoreKey, int], dict[str, int]]:
    """The smileys of a closed visit, and what was set aside."""
    visits.close_visit(office, clock())
    with office.database.read() as connection:
        records = RECORDS.of(connection, NOVEMBER)
        aside = {key.value: records[key] for key in records if key.item == "set_aside"}
        return HOUR_SCORES.of(connection, NOVEMBER), aside


def test_a_drumming_child_counts_once_and_an_evaluator_sees_it(
    office: Office, clock: TownClock
) -> None:
    for score in (1, 1, 1, 5):
        press(office, clock, score)
    press(office, clock, 4, after_s=10)
    assert reasons(office) == [None, *[Misuse.REPEATED] * 2, Misuse.RATTLING, None]
    counts, aside = closed(office, clock)
    assert counts == {HourScoreKey(10, 1): 1, HourScoreKey(10, 4): 1}
    assert aside == {"repeated": 2, "rattling": 1}


def test_a_changed_rule_counts_otherwise_when_the_visit_is_closed(
    office: Office, clock: TownClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        press(office, clock)
    monkeypatch.setattr(misuse, "AT_BUTTONS", PressLimits(rest_s=0.8, most=2))
    counts, aside = closed(office, clock)
    assert counts == {HourScoreKey(10, 5): 2}
    assert aside == {"repeated": 1}


def test_without_a_press_that_was_taken_back_the_next_one_counts(
    office: Office, clock: TownClock
) -> None:
    wrong = press(office, clock, 1)
    press(office, clock, 5)
    citizens.take_back_feedback(office, wrong.id, clock())
    assert reasons(office) == [None]


def test_two_glasses_have_nothing_to_do_with_each_other(office: Office, clock: TownClock) -> None:
    for surface in (
        glass_surface("touch"),
        glass_surface("second"),
        BUTTONS_SURFACE,
        STAFF_OR_API,
        STAFF_OR_API,
    ):
        press(office, clock, 5, 0.1, surface)
    assert reasons(office) == [None] * 5


def test_what_staff_press_to_try_the_buttons_does_not_count(
    office: Office, clock: TownClock
) -> None:
    press(office, clock)
    smileys.try_buttons(office, clock(), running=True)
    said = [press(office, clock, score) for score in (5, 4, 3, 2, 1, 1)]
    assert all(given.thanked for given in said), "staff want to see every lamp"
    tried = office.read(smileys.button_trial, clock())
    assert tried
    assert tried.scores == (1, 2, 3, 4, 5)
    press(office, clock, after_s=TRIAL_S)
    assert office.read(smileys.button_trial, clock()) is None
    counts, aside = closed(office, clock)
    assert counts == {HourScoreKey(10, 5): 2}
    assert aside == {"trial": 6}


def test_a_trial_ends_when_staff_say_so_and_by_a_power_cut(
    office: Office, clock: TownClock
) -> None:
    smileys.try_buttons(office, clock(), running=True)
    smileys.try_buttons(office, clock(), running=False)
    press(office, clock)
    smileys.try_buttons(office, clock(), running=True)
    clock.cut_power()
    assert office.read(smileys.button_trial, clock()) is None
    press(office, clock)
    assert reasons(office) == [None, None]


def test_without_a_visit_there_is_nothing_to_try(office: Office, clock: TownClock) -> None:
    visits.close_visit(office, clock())
    with pytest.raises(NoVisitOpen):
        smileys.try_buttons(office, clock(), running=True)
    assert office.read(smileys.button_trial, clock()) is None


def test_a_loose_wire_fills_neither_card_nor_journal_and_is_one_press_to_the_rule(
    office: Office, clock: TownClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smileys, "MOST_MISUSED", 3)
    said = [press(office, clock) for _ in range(40)]
    assert [given.kept for given in said] == [True] * 4 + [False] * 36
    assert not said[-1].thanked
    press(office, clock, after_s=1.2)
    assert len(kept(office)) == 4, "still the same hand"
    assert not citizens.take_back_feedback(office, said[-1].id, clock())
    with office.database.read() as connection:
        told = [one for one in journal.since(connection, 0) if isinstance(one.event, FeedbackGiven)]
    assert len(told) == 4
    press(office, clock, 3, after_s=10)
    counts, aside = closed(office, clock)
    assert counts == {HourScoreKey(10, 5): 1, HourScoreKey(10, 3): 1}
    assert aside == {"repeated": 3}


def test_a_press_from_before_the_update_counts_as_it_did(office: Office, clock: TownClock) -> None:
    with office.database.write() as connection:
        for id_ in (1, 2):
            row = (id_, clock().as_text())
            connection.execute("INSERT INTO feedback (id, score, given) VALUES (?, 5, ?)", row)
    counts, aside = closed(office, clock)
    assert counts == {HourScoreKey(10, 5): 2}
    assert aside == {}


def test_nothing_set_aside_is_no_cell(office: Office, clock: TownClock) -> None:
    press(office, clock)
    closed(office, clock)
    with office.database.read() as connection:
        assert RecordKey("set_aside", "repeated") not in RECORDS.of(connection, NOVEMBER)


@settings(max_examples=25, suppress_health_check=SHARED_FIXTURE)
@given(
    st.lists(st.tuples(st.floats(0.01, 12), st.integers(1, 5), surfaces), max_size=15),
    st.sampled_from([2, 500]),
)
def test_what_was_said_at_each_press_is_what_the_closing_says(
    office: Office, clock: TownClock, presses: list[tuple[float, int, Surface]], most: int
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(smileys, "MOST_MISUSED", most)
        for after_s, score, surface in presses:
            press(office, clock, score, after_s, surface)
    said = reasons(office)
    with office.database.write() as connection:
        assert [one.misuse for one in smileys.reevaluate(connection)] == said
        assert [v.misuse for v in misuse.judge_presses(feedback.list_all(connection))] == said
        feedback.delete_all(connection)
