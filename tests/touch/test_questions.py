"""Questions of the profile between topic and number, as a citizen meets them."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.domain.ids import ChoiceId, LanguageCode, QuestionId
from kiosk.service.queue_view import queue_view
from kiosk.settings.profiles import load_profile
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.inputs import NumberGiven, OfficeUnavailable, Tapped, TimedOut, VisitChanged
from kiosk.touch.flow.machine import Flow
from kiosk.touch.flow.requests import TakeTicket
from kiosk.touch.flow.state import Screen, ShownNumber
from kiosk.touch.layout.theme import Pane
from kiosk.touch.session.pending_wish import PendingWish, WishFile
from tests.settings.profiles.asking import profile_that_asks
from tests.touch.bus import TO_THE_CHECK, Bus, tap
from tests.touch.test_flow import OPEN, Walk
from tests.town import AGE, ASKS_AGE, ASKS_PRIORITY, PASSPORT, RENT, SLOW_ON_FOOT, TOWN, TURKISH

YOUNG, OLD = (AGE, ChoiceId("young")), (AGE, ChoiceId("old"))
CHILDREN = QuestionId("children")
ASKS_CHILDREN = replace(ASKS_AGE, id=CHILDREN, skippable=False)
ASKING = replace(TOWN, questions=(ASKS_AGE, ASKS_PRIORITY, ASKS_CHILDREN))


def test_each_question_is_asked_after_the_topic_and_before_the_number() -> None:
    walk = Walk(profile=ASKING)
    walk(*TO_THE_CHECK[:-1])
    answers = ("answer.age.old", "answer.children.young", "answer.priority.yes", "check.take")
    assert walk("topic.rent", *answers) == ["question", "question", "check", "check", "check"]
    given = (OLD, (CHILDREN, ChoiceId("young")), SLOW_ON_FOOT)
    assert walk.asked == [TakeTicket(RENT, TURKISH, "wish-1", given)]


def test_a_question_can_be_skipped_where_the_profile_lets_it() -> None:
    walk = Walk(profile=ASKING)
    walk(*TO_THE_CHECK)
    walk("skip")
    assert (walk.state.question, walk.state.answers) == (CHILDREN, ())
    walk("skip")
    assert (walk.state.screen, walk.state.question) == (Screen.QUESTION, CHILDREN)


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


def test_back_leads_through_the_questions_to_the_topics() -> None:
    walk = Walk(profile=ASKING)
    walk(*TO_THE_CHECK, "answer.age.old", "answer.children.old")
    assert walk("back", "back") == ["question", "question"]
    assert (walk.state.question, walk.state.choice_of(AGE)) == (AGE, "old")
    walk("answer.age.young", "back", "skip")
    assert walk.state.choice_of(AGE) is None
    assert walk("back", "back", "topic.passport") == ["question", "topics", "question"]
    assert (walk.state.topic, walk.state.answers) == (PASSPORT, ())


def test_without_a_question_two_taps_lead_to_a_number() -> None:
    only_rent = replace(OPEN, topics=(RENT,))
    walk = Walk(only_rent)
    walk("language", "language.tr")
    assert walk("start.number", "check.take") == ["check", "check"]
    assert walk.asked == [TakeTicket(RENT, TURKISH, "wish-1")]


def test_another_language_and_a_warning_lead_back_to_the_question() -> None:
    walk = Walk(profile=ASKING)
    walk(*TO_THE_CHECK)
    assert walk("language", "language.de") == ["language", "question"]
    assert walk(TimedOut(), "still_there.yes") == ["question", "question"]
    assert walk(TimedOut(), TimedOut()) == ["question", "start"]
    assert (walk.state.question, walk.state.answers) == (None, ())


def test_the_end_of_the_visit_ends_the_question() -> None:
    walk = Walk(profile=ASKING)
    walk(*TO_THE_CHECK, "answer.age.old")
    assert walk(VisitChanged(None), VisitChanged(OPEN)) == ["closed", "start"]
    walk("start.number", "group.home", "topic.rent")
    assert (walk.state.question, walk.state.answers) == (AGE, ())


def test_trouble_forgets_no_answer() -> None:
    walk = Walk(profile=ASKING)
    walk(*TO_THE_CHECK, "answer.age.old", "answer.children.old", "check.take", OfficeUnavailable())
    assert walk(VisitChanged(OPEN)) == ["check"]
    walk("check.take", NumberGiven(ShownNumber("B-001", 0)))
    assert [action.answers[0] for action in walk.asked if isinstance(action, TakeTicket)] == [
        OLD,
        OLD,
    ]


def test_a_crash_forgets_no_answer(bus: Bus) -> None:
    wish = PendingWish("wish-9", RENT, TURKISH, bus.clock().as_text(), (SLOW_ON_FOOT,))
    WishFile(bus.wish_file).save(wish)
    tap(bus.glass(), "check.take")
    assert [ticket.priority for ticket in bus.office.read(queue_view).tickets] == [True]
