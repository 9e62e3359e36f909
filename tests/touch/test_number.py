"""The number on the glass: its questions, giving it back, and how long it stays."""

from dataclasses import replace

from kiosk.domain.ids import TicketId
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.inputs import AnswersStored, GivenBack, NumberGiven, TimedOut
from kiosk.touch.flow.requests import AnswerQuestion, ForgetWish, GiveBack
from kiosk.touch.flow.state import Screen, ShownNumber
from kiosk.touch.flow.timeouts import timeout_s
from kiosk.touch.layout.theme import Pane
from tests.touch.test_flow import Walk
from tests.town import GERMAN, PRIORITY, SLOW_ON_FOOT, TOWN

MINE = TicketId(1)


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


def test_the_wifi_is_named_beside_the_code_for_phones() -> None:
    profile = replace(TOWN, bus_network="http://10.42.0.1:8080", bus_wifi="Stadtbus")
    walk = Walk(profile=profile)
    setup = GlassSetup(profile, Texts.load(), walk.flow, Pane.of(1280, 800))
    shown = ShownNumber("B-001", 0, link="http://10.42.0.1:8080/t/abc", ticket=MINE)
    walk("start.number", "topic.rent", NumberGiven(shown))
    code = present(walk.state, setup).element("number.code")
    assert code
    assert "Stadtbus" in code.text


def test_what_to_bring_is_a_tap_from_the_number_and_back() -> None:
    walk = at_number()
    assert walk("bring", "language", "language.tr", "back") == [
        "bring",
        "language",
        "bring",
        "number",
    ]
