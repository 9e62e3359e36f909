"""Time limits of the glass on a clock of their own: warned, heard, answered as often as wished."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.settings import profiles
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.inputs import Tapped, TimedOut
from kiosk.touch.flow.state import Screen
from kiosk.touch.flow.timeouts import HOMES, timeout_s
from kiosk.touch.layout.theme import Pane
from kiosk.touch.samples import flow_of, sample, sample_views
from tests.norms.row import Tally
from tests.norms.speech import ALONE, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiosk.touch.flow.state import State

LEAST_TO_ANSWER_S = 20.0
EXTENSIONS = 12
"""Ten are asked for."""

ANSWERS = ("still_there.yes", "number.keep")


def states(setup: GlassSetup, language: str) -> Iterator[State]:
    """The states of all samples; those of further pages are like their first."""
    code = setup.profile.language(language)
    for name, view in sample_views(setup, code):
        page = name.rpartition("-")[2]
        if not (page.isdecimal() and view.element("back")):
            yield sample(name, setup, code)


def idle_warnings(
    name: str, panels: Sequence[tuple[int, int]], languages: Sequence[str] | None = None
) -> Tally:
    """11.2.2.1: every screen on which something was begun, read and listened to."""
    profile, tally = profiles.load_profile(name), Tally()
    for panel in panels:
        setup = GlassSetup(
            profile, TEXTS, flow_of(profile), Pane.of(*panel), printer=True, phone_pages=True
        )
        for language in languages or profile.languages:
            for state in states(setup, language):
                for heard in (False, True):
                    shown = replace(state, listening=heard, headphones=heard)
                    if _is_begun(shown):
                        tally.add((str(state.screen), language), _faults(setup, shown))
    return tally


def _is_begun(state: State) -> bool:
    """Nobody loses anything on the idle glass, or on a screen that another door put there."""
    if state.screen in {Screen.TROUBLE, Screen.UPDATING}:
        return False
    over = state.passing or state.asking or state.warned
    return not over and not (state.screen in HOMES and not state.listening)


def _faults(setup: GlassSetup, state: State) -> Iterator[str]:
    home, flow = setup.profile.languages[0], setup.flow
    if timeout_s(state, home) == math.inf:
        yield "nothing ever ends it"
        return
    before = present(state, setup)
    for _ in range(EXTENSIONS):
        warned, _ = flow.step(state, TimedOut())
        if not warned.warned:
            yield "it ends without a warning"
            return
        view = present(warned, setup)
        if timeout_s(warned, home) < LEAST_TO_ANSWER_S:
            yield f"{timeout_s(warned, home):.0f} s to answer"
        if state.listening and not ALONE.changed(before, view, None):
            yield "the warning is not said"
        answer = next((each for each in ANSWERS if view.element(each)), None)
        if view == before or answer is None:
            yield "the warning is not shown, or has no answer"
            return
        again, _ = flow.step(warned, Tapped(answer))
        if again != state:
            yield "the answer leads elsewhere"


def final_answers(name: str, panels: Sequence[tuple[int, int]]) -> Tally:
    """11.3.3: a number is given back, a smiley taken back, from the screen that shows it."""
    profile, tally = profiles.load_profile(name), Tally()
    for panel in panels:
        setup = GlassSetup(
            profile, TEXTS, flow_of(profile), Pane.of(*panel), printer=True, phone_pages=True
        )
        for language in profile.languages:
            for state in states(setup, language):
                if undo := _undo_of(state):
                    there = present(state, setup).element(undo) is not None
                    place = (str(state.screen), language)
                    tally.add(place, [] if there else [f"{undo} is missing on {panel}"])
    return tally


def _undo_of(state: State) -> str:
    """What must be on the screen of something that has just become final."""
    if state.screen is Screen.THANKS and not state.passing:
        return "thanks.undo"
    shown = state.shown
    if state.screen is not Screen.NUMBER or shown is None or state.page or state.warned:
        return ""
    known = shown.ticket is not None and not shown.over and shown.punctuality != "called"
    return "return.no" if state.returning else "number.return" if known else ""
