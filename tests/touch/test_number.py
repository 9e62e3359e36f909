"""The number on the glass: its questions, giving it back, and how long it stays."""

from dataclasses import replace

import pytest

from kiosk.domain.ids import ChoiceId, LanguageCode, QuestionId, TicketId
from kiosk.domain.profile import Profile
from kiosk.domain.question import Choice, Question
from kiosk.settings.profiles import load_profile
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.inputs import AnswersStored, GivenBack, NumberGiven, Tapped, TimedOut
from kiosk.touch.flow.requests import AnswerQuestion, ForgetWish, GiveBack
from kiosk.touch.flow.state import PaperState, Screen, ShownNumber
from kiosk.touch.flow.timeouts import timeout_s
from kiosk.touch.layout.theme import Pane
from kiosk.touch.layout.view import Slot
from kiosk.touch.samples import flow_of, sample
from tests.touch.test_flow import Walk
from tests.town import ASKS_PRIORITY, GERMAN, PRIORITY, SLOW_ON_FOOT, TOWN

MINE = TicketId(1)
SWITCHES = ("priority", "interpreter")


def at_number() -> Walk:
    """A visitor with a new number; asked requests count from now on."""
    walk = Walk()
    walk("start.number", "topic.rent", NumberGiven(ShownNumber("B-001", 2, ticket=MINE)))
    walk.asked.clear()
    return walk


def test_priority_is_claimed_beside_the_number() -> None:
    walk = at_number()
    assert walk("answer.priority.yes", AnswersStored((SLOW_ON_FOOT,))) == ["number", "number"]
    assert walk.asked == [AnswerQuestion(MINE, PRIORITY, (SLOW_ON_FOOT,))]
    walk("answer.priority.yes", AnswersStored(()))
    assert walk.asked[1:] == [AnswerQuestion(MINE, PRIORITY, ())]
    assert walk.state.answers == ()


def test_a_number_is_given_back_only_after_it_was_asked() -> None:
    walk = at_number()
    walk("number.return", "return.no", "number.return", "return.yes")
    assert walk.asked == [GiveBack(MINE)]
    assert walk(GivenBack(), "returned.number") == ["returned", "topics"]
    assert walk.state.wish == "wish-2"


def test_who_is_asked_and_touches_something_else_keeps_the_number() -> None:
    walk = at_number()
    walk("number.return", "contrast")
    assert (walk.state.screen, walk.state.returning) == (Screen.NUMBER, False)
    walk("number.return", TimedOut(), TimedOut())
    assert (walk.state.screen, walk.asked) == (Screen.START, [ForgetWish()])


def test_a_number_stays_until_its_person_or_the_next_one_touches() -> None:
    walk = at_number()
    assert (timeout_s(walk.state, GERMAN), walk(TimedOut())) == (45, ["number"])
    assert timeout_s(walk.state, GERMAN) == 25
    assert walk("number.keep", TimedOut(), "number.done") == ["number", "number", "start"]
    again = at_number()
    assert again(TimedOut(), TimedOut()) == ["number", "start"]


INTERPRETER = Question(QuestionId("interpreter"), (Choice(ChoiceId("yes")),), shown_at_desk=True)
TWO_SWITCHES = replace(TOWN, questions=(ASKS_PRIORITY, INTERPRETER))


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_two_switches_stand_beside_the_number_with_their_words(size: tuple[int, int]) -> None:
    walk = Walk(profile=TWO_SWITCHES)
    setup = GlassSetup(TWO_SWITCHES, Texts.load(), walk.flow, Pane.of(*size))
    walk("start.number", "topic.rent", NumberGiven(ShownNumber("B-001", 2, ticket=MINE)))
    walk("answer.interpreter.yes", AnswersStored(((INTERPRETER.id, ChoiceId("yes")),)))
    switches = [present(walk.state, setup).element(f"answer.{q}.yes") for q in SWITCHES]
    assert [each and each.icon for each in switches] == ["switch-off", "switch-on"]
    assert all(each and each.text and each.slot is Slot.SIDE for each in switches)


@pytest.mark.parametrize("size", [(800, 480), (720, 1280)])
def test_where_their_words_have_no_room_each_has_a_picture_that_shows_whether_it_is_on(
    size: tuple[int, int],
) -> None:
    walk = Walk(profile=TWO_SWITCHES)
    setup = GlassSetup(TWO_SWITCHES, Texts.load(), walk.flow, Pane.of(*size))
    walk("start.number", "topic.rent", NumberGiven(ShownNumber("B-001", 2, ticket=MINE)))
    walk("answer.interpreter.yes", AnswersStored(((INTERPRETER.id, ChoiceId("yes")),)))
    switches = [present(walk.state, setup).element(f"answer.{q}.yes") for q in SWITCHES]
    assert [each and each.icon for each in switches] == ["priority", "interpreter-on"]
    assert all(each and not each.text and each.say for each in switches)


def at_linked_number(password: str = "") -> tuple[Walk, Profile]:
    """A number with a page for phones, in a bus with a network of its own."""
    known = replace(TOWN, bus_network="http://10.42.0.1:8080", bus_wifi="Stadtbus")
    profile = replace(known, bus_wifi_password=password)
    walk = Walk(profile=profile)
    shown = ShownNumber("B-001", 0, link="http://10.42.0.1:8080/t/abc", ticket=MINE)
    walk("start.number", "topic.rent", NumberGiven(shown))
    return walk, profile


@pytest.mark.parametrize("size", [(1280, 800), (800, 480), (720, 1280)])
def test_a_phone_joins_the_named_wifi_by_one_code_and_opens_the_page_by_the_next(
    size: tuple[int, int],
) -> None:
    walk, profile = at_linked_number("Rat;haus 1")
    pane = Pane.of(*size)
    setup = GlassSetup(profile, Texts.load(), walk.flow, pane, phone_pages=True)
    assert walk("more") == ["number"]
    view = present(walk.state, setup)
    heading, join = view.element("heading"), view.element("number.wifi")
    assert heading
    assert "Stadtbus" in heading.text
    assert join
    assert join.code == "WIFI:T:WPA;S:Stadtbus;P:Rat\\;haus 1;;"
    assert walk("more" if view.element("more") else "back") == ["number"]
    page = present(walk.state, setup).element("number.code")
    assert page
    assert page.code == "http://10.42.0.1:8080/t/abc"
    assert "Stadtbus" in page.say
    assert walk("number.done") == ["start"]


@pytest.mark.parametrize("size", [(1280, 800), (800, 480), (720, 1280)])
def test_where_no_phone_could_open_the_page_there_is_no_code(size: tuple[int, int]) -> None:
    walk, profile = at_linked_number()
    view = present(walk.state, GlassSetup(profile, Texts.load(), walk.flow, Pane.of(*size)))
    assert view.element("number.code") is None
    assert view.element("more") is None


@pytest.mark.parametrize("language", ["de", "en", "ar"])
@pytest.mark.parametrize("paper", [PaperState.COMING, PaperState.PRINTED])
def test_on_the_smallest_pane_no_slip_hides_that_its_person_is_early(
    language: str, paper: PaperState
) -> None:
    profile = load_profile("bochum")
    setup = GlassSetup(profile, Texts.load(), flow_of(profile), Pane.of(800, 480), printer=True)
    state = sample("number-early-printed", setup, LanguageCode(language))
    assert state.shown
    state = replace(state, shown=replace(state.shown, slip=paper))
    assert present(state, setup).element("number.came")


@pytest.mark.parametrize("size", [(800, 480), (1024, 600), (720, 1280), (1280, 800)])
@pytest.mark.parametrize("name", ["number-all-slip", "number-coming", "number-slip"])
def test_every_pane_tells_how_many_are_ahead(size: tuple[int, int], name: str) -> None:
    profile = load_profile("gelsenkirchen")
    setup = GlassSetup(profile, Texts.load(), flow_of(profile), Pane.of(*size), printer=True)
    for language in ("de", "ar"):
        view = present(sample(name, setup, LanguageCode(language)), setup)
        assert view.element("number.ahead"), language


def test_what_to_bring_is_a_tap_from_the_number_and_back() -> None:
    walk = at_number()
    assert walk("bring", "language", "language.tr", "back") == [
        "bring",
        "language",
        "bring",
        "number",
    ]


def test_who_scans_a_code_of_the_number_is_asked_as_well_and_finds_it_again() -> None:
    profile = load_profile("gelsenkirchen")
    setup = GlassSetup(
        profile, Texts.load(), flow_of(profile), Pane.of(1280, 800), printer=True, phone_pages=True
    )
    scanning = sample("number-wifi", setup, GERMAN)
    warned, _ = setup.flow.step(scanning, TimedOut())
    names = {element.id for element in present(warned, setup).elements}
    assert names >= {"number.valid", "number.keep", "number.done"}
    assert setup.flow.step(warned, Tapped("number.keep")) == (scanning, ())
