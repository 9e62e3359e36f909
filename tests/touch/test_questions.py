"""Questions of the profile beside the number, as a citizen meets them."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.domain.ids import ChoiceId, LanguageCode, QuestionId, TicketId
from kiosk.service.queue_view import queue_view
from kiosk.settings.profiles import load_profile
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.inputs import (
    AnswersStored,
    NumberGiven,
    OfficeUnavailable,
    Tapped,
    TimedOut,
    VisitChanged,
)
from kiosk.touch.flow.machine import Flow
from kiosk.touch.flow.requests import AnswerQuestion, TakeTicket
from kiosk.touch.flow.state import Screen, ShownNumber
from kiosk.touch.layout.theme import Pane
from kiosk.touch.layout.view import Slot
from tests.settings.profiles.asking import profile_that_asks
from tests.touch.bus import TO_A_NUMBER, Bus, tap
from tests.touch.test_flow import OPEN, Walk
from tests.town import AGE, ASKS_AGE, ASKS_PRIORITY, SLOW_ON_FOOT, TOWN

YOUNG, OLD = (AGE, ChoiceId("young")), (AGE, ChoiceId("old"))
MINE, CHILDREN = TicketId(1), QuestionId("children")
CHILD = (CHILDREN, ChoiceId("young"))
ASKS_CHILDREN = replace(ASKS_AGE, id=CHILDREN, skippable=False)
ASKING = replace(TOWN, questions=(ASKS_AGE, ASKS_PRIORITY, ASKS_CHILDREN))


def at_number() -> Walk:
    """A visitor with a new number; asked requests count from now on."""
    walk = Walk(profile=ASKING)
    walk("language.tr", "start.number", "topic.rent")
    walk(NumberGiven(ShownNumber("B-001", 0, ticket=MINE)))
    walk.asked.clear()
    return walk


def test_no_question_stands_between_a_topic_and_its_number() -> None:
    walk = Walk(profile=ASKING)
    walk("start.number", "topic.rent")
    assert [type(each) for each in walk.asked] == [TakeTicket]


def test_each_question_is_a_tap_away_from_the_number_and_kept_at_once() -> None:
    walk = at_number()
    assert walk("question.age", "answer.age.old") == ["question", "number"]
    walk(AnswersStored((OLD,)))
    walk("question.children", "answer.children.young", AnswersStored((OLD, CHILD)))
    assert walk.asked == [
        AnswerQuestion(MINE, AGE, (OLD,)),
        AnswerQuestion(MINE, CHILDREN, (OLD, CHILD)),
    ]
    assert walk.state.answers == (OLD, CHILD)


def test_priority_stands_first_and_an_answered_question_is_ticked() -> None:
    walk = at_number()
    setup = GlassSetup(ASKING, Texts.load(), walk.flow, Pane.of(1280, 800))
    walk("question.age", "answer.age.old", AnswersStored((OLD,)))
    row = present(walk.state, setup).at(Slot.SECOND)
    assert [(tile.id, tile.state) for tile in row] == [
        ("answer.priority.yes", "off"),
        ("question.age", "on"),
        ("question.children", ""),
        ("number.return", ""),
    ]


def test_an_answer_can_be_changed_and_taken_back() -> None:
    walk = at_number()
    walk("question.age", "answer.age.old", AnswersStored((OLD,)))
    walk("question.age")
    assert (walk.state.question, walk.state.choice_of(AGE)) == (AGE, "old")
    walk("answer.age.young", AnswersStored((YOUNG,)), "question.age", "skip")
    assert walk.asked[1:] == [
        AnswerQuestion(MINE, AGE, (YOUNG,)),
        AnswerQuestion(MINE, AGE, ()),
    ]


@pytest.mark.parametrize("size", [(800, 480), (720, 1280), (480, 800)])
def test_each_page_of_answers_has_the_way_past_the_question(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    profile = load_profile(str(profile_that_asks(tmp_path)))
    flow = Flow(profile, lambda: "wish")
    setup = GlassSetup(profile, Texts.load(), flow, Pane.of(*size))
    topics = tuple(topic.id for topic in profile.topics)
    state = replace(flow.first(replace(OPEN, topics=topics)), language=LanguageCode("en"))
    state = replace(state, screen=Screen.QUESTION, topic=topics[0], question=AGE)
    answers: list[str] = []
    while (order := present(state, setup).focus_order) and "more" in order:
        assert "skip" in order
        answers += [name for name in order if name.startswith("answer.")]
        state, _ = flow.step(state, Tapped("more"))
    assert "skip" in order
    answers += [name for name in order if name.startswith("answer.")]
    assert answers == [f"answer.age.{choice.id}" for choice in profile.question(AGE).choices]


def test_back_a_warning_and_another_language_lead_to_the_question_or_the_number() -> None:
    walk = at_number()
    assert walk("question.age", "language", "language.de", "back") == [
        "question",
        "language",
        "question",
        "number",
    ]
    assert walk("question.age", TimedOut(), "still_there.yes") == ["question"] * 3
    assert walk(TimedOut(), TimedOut()) == ["question", "start"]
    assert (walk.state.question, walk.state.answers) == (None, ())


def test_the_end_of_the_visit_ends_the_question() -> None:
    walk = at_number()
    assert walk("question.age", VisitChanged(None)) == ["question", "number"]
    assert walk.state.shown
    assert walk.state.shown.over


def test_an_answer_that_could_not_be_kept_is_not_ticked() -> None:
    walk = at_number()
    assert walk("answer.priority.yes", OfficeUnavailable()) == ["number", "number"]
    assert walk.state.answers == ()


def test_a_crash_forgets_no_answer(bus: Bus) -> None:
    glass = bus.glass()
    tap(glass, *TO_A_NUMBER, "answer.priority.yes")
    assert bus.glass().state.answers == (SLOW_ON_FOOT,)
    assert [ticket.priority for ticket in bus.office.read(queue_view).tickets] == [True]
