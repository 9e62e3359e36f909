"""The help for large text: one touch, the same screen in larger letters, gone with its citizen."""

from dataclasses import replace

import pytest

from kiosk.domain.ids import LanguageCode
from kiosk.settings.profiles import load_profile
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.inputs import GivenBack, NumberGiven, OfficeUnavailable, TimedOut
from kiosk.touch.flow.state import Screen, ShownNumber
from kiosk.touch.layout.theme import Pane
from kiosk.touch.layout.view import View
from kiosk.touch.samples import flow_of, sample
from tests.touch.test_flow import Walk
from tests.touch.test_number import MINE
from tests.town import TOWN

ROOMY = Pane.of(1280, 800)


def shown(walk: Walk, pane: Pane = ROOMY) -> View:
    """What the glass shows in this state."""
    return present(walk.state, GlassSetup(TOWN, Texts.load(), walk.flow, pane))


def test_one_touch_makes_the_same_screen_larger_and_the_next_one_usual_again() -> None:
    walk = Walk()
    assert walk("text_size") == ["start"]
    view, button = shown(walk), shown(walk).element("text_size")
    assert button
    assert (view.large_text, button.state, button.say) == (True, "on", "Große Schrift: an")
    walk("text_size")
    assert not shown(walk).large_text


def test_it_goes_with_its_citizen_from_screen_to_screen() -> None:
    walk = Walk()
    walk("text_size", "language.tr", "start.number", "topic.rent")
    walk(NumberGiven(ShownNumber("B-001", 2, ticket=MINE)), "number.return", "return.yes")
    walk(GivenBack())
    assert walk.state.screen is Screen.RETURNED
    assert shown(walk).large_text
    walk("returned.done")
    assert not shown(walk).large_text


def test_it_stays_with_whoever_is_told_that_trouble_lasts() -> None:
    walk = Walk()
    walk("text_size", "start.number", "topic.rent", OfficeUnavailable(), TimedOut())
    assert (walk.state.screen, walk.state.lasting) == (Screen.TROUBLE, True)
    assert shown(walk).large_text


@pytest.mark.parametrize("size", [(800, 480), (720, 1280), (1024, 600)])
def test_a_small_pane_has_no_room_for_it(size: tuple[int, int]) -> None:
    assert shown(Walk(), Pane.of(*size)).element("text_size") is None


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_buttons_of_the_number_keep_their_words(language: str) -> None:
    profile, texts = load_profile("bochum"), Texts.load()
    setup = GlassSetup(profile, texts, flow_of(profile), ROOMY, printer=True, phone_pages=True)
    for name in ("number-answered", "number-all-slip"):
        state = replace(sample(name, setup, LanguageCode(language)), large_text=True)
        view = present(state, setup)
        switches = [view.element(f"answer.{each}.yes") for each in ("priority", "interpreter")]
        assert all(each and each.text for each in switches), name
