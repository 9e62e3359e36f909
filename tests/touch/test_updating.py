"""While an update is tried, the glass says so in all its languages, and does nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.settings.profiles import load_profile
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.inputs import (
    HeadphonesChanged,
    Input,
    OfficeUnavailable,
    SmileyPressed,
    Tapped,
    TimedOut,
    VisitChanged,
)
from kiosk.touch.flow.machine import Flow
from kiosk.touch.flow.state import Screen
from kiosk.touch.flow.timeouts import timeout_s
from kiosk.touch.layout.theme import Pane
from kiosk.touch.layout.view import Style
from tests.touch.test_flow import OPEN

PROFILE = load_profile("gelsenkirchen")
TEXTS = Texts.load()
FLOW = Flow(PROFILE, lambda: "wish", frozenset({PROFILE.languages[2]}), updating=True)


def test_it_says_so_in_each_language_and_begins_again() -> None:
    state, said = FLOW.first(None), []
    for _ in PROFILE.languages:
        view = present(state, GlassSetup(PROFILE, TEXTS, FLOW, Pane.of(1280, 800)))
        said.append({each.id: each.text for each in view.elements}["heading"])
        assert timeout_s(state, PROFILE.languages[0]) < 10
        state, asked = FLOW.step(state, TimedOut())
        assert asked == ()
    assert said[0] == "Radhaus wird aktualisiert"
    assert len(set(said)) == len(PROFILE.languages)
    assert state == FLOW.first(None)


@pytest.mark.parametrize(
    "news",
    [
        *(Tapped(name) for name in ("start.number", "language", "back", "contrast")),
        VisitChanged(OPEN),
        SmileyPressed(),
        OfficeUnavailable(lasting=True),
    ],
)
def test_nothing_leads_away_and_nothing_is_asked_of_the_office(news: Input) -> None:
    first = FLOW.first(OPEN)
    assert first.screen is Screen.UPDATING
    assert FLOW.step(first, news) == (first, ())


def test_there_is_nothing_to_touch_and_it_is_in_large_letters() -> None:
    view = present(FLOW.first(None), GlassSetup(PROFILE, TEXTS, FLOW, Pane.of(800, 480)))
    assert view.focus_order == ()
    heading = view.element("heading")
    assert heading
    assert heading.style is Style.TITLE


def test_headphones_hear_it_in_a_language_that_has_a_voice() -> None:
    heard, _ = FLOW.step(FLOW.first(None), HeadphonesChanged(plugged=True))
    assert (heard.listening, heard.language) == (True, PROFILE.languages[2])
    assert FLOW.step(heard, TimedOut())[0] == heard
    silent, _ = FLOW.step(heard, HeadphonesChanged(plugged=False))
    assert silent == replace(FLOW.first(None), language=PROFILE.languages[2])
