"""The question after a smiley: one touch, never in the way, taken back with its smiley."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.ids import GERMAN, FeedbackId
from kiosk.service import visits
from kiosk.service.office import Office
from kiosk.settings.profiles import load_profile
from kiosk.settings.texts import Texts
from kiosk.store import feedback, survey_answers
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.double_touch import SURVEY_LOCK_S, FingerDebounce, screen_lock_s
from kiosk.touch.flow.inputs import FeedbackStored, SurveyAnswered, TimedOut
from kiosk.touch.flow.state import Screen
from kiosk.touch.flow.timeouts import timeout_s
from kiosk.touch.layout.theme import Pane
from kiosk.touch.narration import Narration
from kiosk.touch.samples import flow_of, sample_views
from kiosk.touch.session.session import TROUBLE_SHOWN_S
from tests.surveys import BENCHES, QUARTER, SURVEYED, TREES
from tests.touch.bus import Bus, look, tap
from tests.touch.test_flow import OPEN, Walk
from tests.touch.test_trouble import failing
from tests.town import ESTATE, MARKET

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS = Texts.load()
TO_THE_QUESTION = ("start.feedback", "smiley.2")


@pytest.fixture
def bus(bus: Bus) -> Bus:
    return replace(bus, office=Office(bus.office.database, SURVEYED))


def asked() -> Walk:
    """A citizen to whom a question was put after a smiley."""
    walk = Walk(OPEN, SURVEYED)
    walk(*TO_THE_QUESTION, FeedbackStored(FeedbackId(1), QUARTER))
    return walk


def answers(bus: Bus) -> Mapping[str, int]:
    with bus.office.database.read() as connection:
        counted = survey_answers.counted(connection).get(QUARTER, {})
    return {answer: number for answer, number in counted.items() if number}


def smileys(bus: Bus) -> int:
    with bus.office.database.read() as connection:
        return len(feedback.list_all(connection))


def test_a_smiley_counts_before_the_question_and_one_touch_answers_it(bus: Bus) -> None:
    glass = bus.glass()
    assert tap(glass, *TO_THE_QUESTION) is Screen.SURVEY
    assert (smileys(bus), answers(bus)) == (1, {})
    assert tap(glass, "survey.trees") is Screen.THANKS
    assert tap(glass, "survey.trees", "survey.benches") is Screen.THANKS
    assert (smileys(bus), answers(bus)) == (1, {TREES: 1})
    assert tap(glass, "thanks.done") is Screen.START


@pytest.mark.parametrize("leaving", [("survey.done",), ()])
def test_it_can_be_left_alone(bus: Bus, leaving: tuple[str, ...]) -> None:
    glass = bus.glass()
    tap(glass, *TO_THE_QUESTION, *leaving)
    for _ in range(0 if leaving else 2):
        glass.handle(TimedOut())
    assert glass.state.screen is Screen.START
    assert (smileys(bus), answers(bus)) == (1, {})


@pytest.mark.parametrize("way", [(), ("survey.benches",)])
def test_a_smiley_is_taken_back_with_its_answer(bus: Bus, way: tuple[str, ...]) -> None:
    glass = bus.glass()
    assert tap(glass, *TO_THE_QUESTION, *way, "thanks.undo") is Screen.FEEDBACK
    assert (smileys(bus), answers(bus)) == (0, {})
    assert tap(glass, "smiley.5", "survey.benches") is Screen.THANKS
    assert (smileys(bus), answers(bus)) == (1, {BENCHES: 1})


def test_a_failing_database_loses_no_answer(bus: Bus) -> None:
    glass = bus.glass()
    tap(glass, *TO_THE_QUESTION)
    with failing(bus.office, "survey_answer"):
        assert tap(glass, "survey.trees") is Screen.TROUBLE
    bus.clock.pass_s(TROUBLE_SHOWN_S)
    assert look(glass) is Screen.SURVEY
    assert tap(glass, "survey.trees") is Screen.THANKS
    assert answers(bus) == {TREES: 1}


def test_the_end_of_the_visit_ends_the_question(bus: Bus) -> None:
    glass = bus.glass()
    tap(glass, *TO_THE_QUESTION, "language")
    visits.close_visit(bus.office, bus.clock())
    assert look(glass) is Screen.LANGUAGE
    assert tap(glass, "back") is Screen.THANKS


def test_only_low_scores_are_asked_why(bus: Bus) -> None:
    visits.close_visit(bus.office, bus.clock())
    visits.open_visit(bus.office, ESTATE, None, bus.clock())
    glass = bus.glass()
    assert tap(glass, "start.feedback", "smiley.3") is Screen.THANKS
    assert tap(glass, "thanks.undo", "smiley.2") is Screen.SURVEY
    assert tap(glass, "survey.wait", "thanks.undo", "smiley.4") is Screen.THANKS


def test_it_waits_as_long_as_any_question_and_warns_first() -> None:
    walk = asked()
    assert timeout_s(walk.state, GERMAN) == 45
    walk(TimedOut())
    assert (walk.state.screen, walk.state.warned) == (Screen.SURVEY, True)
    assert walk("still_there.yes") == [Screen.SURVEY]


def test_the_language_can_be_changed_on_it_and_the_question_stays() -> None:
    walk = asked()
    assert walk("language", "language.tr") == [Screen.LANGUAGE, Screen.SURVEY]
    view = present(walk.state, GlassSetup(SURVEYED, TEXTS, walk.flow, Pane.of(1280, 800)))
    assert [e.text for e in view.elements if e.id.startswith("survey.")][:2] == [
        "Ağaçlar",
        "Banklar",
    ]


def test_thanks_stand_before_the_question_and_are_the_same_after_each_answer() -> None:
    walk = asked()
    setup = GlassSetup(SURVEYED, TEXTS, walk.flow, Pane.of(1280, 800))
    heading = present(walk.state, setup).element("heading")
    assert heading
    assert heading.text == "Danke. Was fehlt im Viertel?"
    after = [
        present(walk.flow.step(walk.state, SurveyAnswered(a))[0], setup) for a in (TREES, BENCHES)
    ]
    assert after[0] == after[1]


def test_a_hand_that_drums_on_a_smiley_answers_nothing() -> None:
    fingers = FingerDebounce(mm_per_px=0.17)
    fingers.lock(100, 100, 10.0)
    fingers.screen_changed(screen_lock_s(Screen.SURVEY))
    fingers.drawn(10.05)
    for press in range(1, 10):
        assert not fingers.counts(110, 95, 10.0 + 1.5 * press)
        fingers.ignored(10.0 + 1.5 * press)
    assert fingers.counts(110, 95, 23.5 + SURVEY_LOCK_S)
    assert fingers.counts(500, 400, 24.0), "another place was meant"


@pytest.mark.parametrize("name", ["essen", "wuppertal"])
@pytest.mark.parametrize("size", [(800, 480), (720, 1280), (480, 800), (1024, 600), (1280, 720)])
def test_all_answers_of_the_ready_questions_stand_on_one_page_and_are_said(
    name: str, size: tuple[int, int]
) -> None:
    profile = load_profile(name)
    (question,) = profile.survey_questions
    setup = GlassSetup(profile, TEXTS, flow_of(profile), Pane.of(*size))
    says = Narration(TEXTS, private=True)
    for language in profile.languages:
        ((_, view),) = sample_views(setup, language, lambda picture: picture == "survey")
        shown = [each.id for each in view.elements if each.id.startswith("survey.")]
        assert shown == [*(f"survey.{each.id}" for each in question.answers), "survey.done"]
        heard = {s.text for n in view.focus_order for s in says.focused(view, n)}
        heard |= {sentence.text for sentence in says.page(view)}
        wanted = {answer.label[language] for answer in question.answers}
        assert wanted <= heard, language
        assert any(question.text[language] in text for text in heard), language


def test_nothing_is_asked_where_nothing_is_planned(bus: Bus) -> None:
    bus.clock.jump(days=1)
    visits.close_visit(bus.office, bus.clock())
    visits.open_visit(bus.office, MARKET, None, bus.clock())
    assert tap(bus.glass(), *TO_THE_QUESTION) is Screen.THANKS
