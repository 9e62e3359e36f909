"""A question after the smiley: one answer a smiley, linked to nothing, counted alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.counts.exact import NOT_SAID
from kiosk.domain import misuse
from kiosk.domain.errors import NoVisitOpen, Unknown
from kiosk.domain.feedback import BUTTONS_SURFACE, glass_surface
from kiosk.domain.misuse import PressLimits
from kiosk.service import citizens, smileys, survey, visits
from kiosk.service.office import Office
from kiosk.store.counters import STOP_SCORES, SURVEY
from tests.hypothesis_checks import SHARED_FIXTURE
from tests.surveys import BENCHES, NOT_GOOD, QUARTER, SURVEYED, TREES, WAIT
from tests.town import ESTATE, MARKET

if TYPE_CHECKING:
    from kiosk.domain.ids import ChoiceId, FeedbackId, QuestionId
    from kiosk.service.smileys import RecordedPress
    from kiosk.store.database import Database
    from tests.town import TownClock

GLASS = glass_surface("touch")


@pytest.fixture
def office(database: Database, clock: TownClock) -> Office:
    office = Office(database, SURVEYED)
    visits.open_visit(office, MARKET, None, clock())
    return office


def press(office: Office, clock: TownClock, score: int = 5) -> RecordedPress:
    clock.pass_s(20)
    return citizens.give_feedback(office, score, clock(), GLASS, with_survey=True)


def answer(
    office: Office,
    clock: TownClock,
    given: FeedbackId,
    chosen: ChoiceId = TREES,
    question: QuestionId = QUARTER,
) -> bool:
    return survey.answer_survey(office, given, question, chosen, clock())


def counted(office: Office, clock: TownClock) -> dict[tuple[str, str], int]:
    """The answers of the closed visit."""
    visits.close_visit(office, clock())
    with office.database.read() as connection:
        found = SURVEY.of(connection, "2026-11")
    return {(key.question, key.answer): n for key, n in found.items()}


def test_answers_and_smileys_without_one_are_counted(office: Office, clock: TownClock) -> None:
    for chosen in (TREES, TREES, BENCHES):
        assert answer(office, clock, press(office, clock).id, chosen)
    press(office, clock, 1)
    assert counted(office, clock) == {
        (QUARTER, TREES): 2,
        (QUARTER, BENCHES): 1,
        (QUARTER, NOT_SAID): 1,
    }


def test_a_smiley_brings_one_answer_however_often_it_is_touched(
    office: Office, clock: TownClock
) -> None:
    smiley = press(office, clock).id
    said = [answer(office, clock, smiley, chosen) for chosen in (TREES, TREES, BENCHES)]
    assert said == [True, False, False]
    assert counted(office, clock) == {(QUARTER, TREES): 1}


def test_a_drumming_child_is_asked_ten_times_and_not_forty(
    office: Office, clock: TownClock
) -> None:
    given = [citizens.give_feedback(office, 1, clock(), GLASS, with_survey=True) for _ in range(40)]
    asked = [one.id for one in given if one.question]
    for smiley in asked:
        answer(office, clock, smiley)
    assert counted(office, clock) == {(QUARTER, TREES): len(asked)}
    assert len(asked) == misuse.AT_A_GLASS.most
    assert [one.counted for one in given] == [bool(one.question) for one in given]


def test_a_smiley_taken_back_takes_its_answer_with_it(office: Office, clock: TownClock) -> None:
    wrong = press(office, clock, 1).id
    answer(office, clock, wrong, BENCHES)
    assert citizens.take_back_feedback(office, wrong, clock(), BENCHES)
    with pytest.raises(Unknown):
        answer(office, clock, wrong)
    answer(office, clock, press(office, clock).id)
    assert counted(office, clock) == {(QUARTER, TREES): 1}


def test_it_is_asked_where_and_when_it_is_planned(office: Office, clock: TownClock) -> None:
    assert press(office, clock).question == QUARTER
    clock.jump(days=1)
    visits.close_visit(office, clock())
    visits.open_visit(office, MARKET, None, clock())
    assert press(office, clock).question is None
    visits.close_visit(office, clock())
    visits.open_visit(office, ESTATE, None, clock())
    asked = {score: press(office, clock, score).question for score in (1, 2, 3, 4, 5)}
    assert asked == {1: NOT_GOOD, 2: NOT_GOOD, 3: None, 4: None, 5: None}


def test_buttons_and_trials_are_not_followed_by_a_question(
    office: Office, clock: TownClock
) -> None:
    assert citizens.give_feedback(office, 5, clock(), BUTTONS_SURFACE).question is None
    smileys.try_buttons(office, clock(), running=True)
    assert press(office, clock).question is None
    assert counted(office, clock) == {}


def test_what_was_not_asked_cannot_be_answered(office: Office, clock: TownClock) -> None:
    smiley = press(office, clock).id
    with pytest.raises(Unknown, match="survey question 'weather'"):
        survey.answer_survey(office, smiley, "weather", TREES, clock())
    with pytest.raises(Unknown, match="answer 'sun'"):
        survey.answer_survey(office, smiley, QUARTER, "sun", clock())
    with pytest.raises(Unknown):
        answer(office, clock, smiley, WAIT, NOT_GOOD)
    visits.close_visit(office, clock())
    with pytest.raises(NoVisitOpen):
        answer(office, clock, smiley)


def test_no_row_of_the_open_visit_says_who_answered_what(office: Office, clock: TownClock) -> None:
    for score, chosen in ((1, TREES), (5, BENCHES), (5, BENCHES)):
        answer(office, clock, press(office, clock, score).id, chosen)
    with office.database.read() as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(survey_answer)")]
        found = [tuple(row) for row in connection.execute("SELECT * FROM survey_answer")]
    assert columns == ["question", "answer", "count"]
    assert sorted(found) == [(QUARTER, BENCHES, 2), (QUARTER, TREES, 1)]
    visits.close_visit(office, clock())
    with office.database.read() as connection:
        assert not [*connection.execute("SELECT * FROM survey_answer")]


def test_practice_counts_no_answer(office: Office, clock: TownClock) -> None:
    visits.close_visit(office, clock())
    visits.open_visit(office, MARKET, None, clock(), practice=True)
    answer(office, clock, press(office, clock).id)
    assert counted(office, clock) == {}


def test_a_stricter_rule_of_misuse_never_leaves_more_answers_than_smileys(
    office: Office, clock: TownClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        smiley = citizens.give_feedback(office, 5, clock(), GLASS, with_survey=True).id
        answer(office, clock, smiley)
    monkeypatch.setattr(misuse, "AT_A_GLASS", PressLimits(rest_s=0.0, most=2))
    assert counted(office, clock) == {(QUARTER, TREES): 2}


steps = st.lists(
    st.tuples(st.integers(1, 5), st.sampled_from([None, TREES, BENCHES]), st.booleans()), max_size=8
)


@settings(max_examples=25, suppress_health_check=SHARED_FIXTURE)
@given(steps)
def test_answers_and_none_sum_to_the_smileys_that_were_asked(
    office: Office, clock: TownClock, citizens_came: list[tuple[int, ChoiceId | None, bool]]
) -> None:
    before = _sums(office)
    for score, chosen, taken_back in citizens_came:
        smiley = press(office, clock, score).id
        if chosen:
            answer(office, clock, smiley, chosen)
        if taken_back:
            citizens.take_back_feedback(office, smiley, clock(), chosen)
    visits.close_visit(office, clock())
    visits.open_visit(office, MARKET, None, clock())  # for the next example
    after = _sums(office)
    assert after[0] - before[0] == after[1] - before[1]


def _sums(office: Office) -> tuple[int, int]:
    with office.database.read() as connection:
        answers, scores = (table.of(connection, "2026-11") for table in (SURVEY, STOP_SCORES))
        return sum(answers.values()), sum(scores.values())
