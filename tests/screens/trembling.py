"""A trembling hand before every sample: four presses at one place, 0.9 s apart. Prints JSON.

`python -m tests.screens.trembling SIZE...` needs no display. Screens are laid out for real, touches
are locked as on the glass (`FingerDebounce`), the office gives a number at once. Told are tickets
by a press after another one has acted, for nobody wanted these.
"""

from __future__ import annotations

import json
import os
import random
import sys
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from kiosk.domain.ids import TicketId
from kiosk.settings import profiles
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.double_touch import FingerDebounce
from kiosk.touch.environment import prepare
from kiosk.touch.flow.inputs import NumberGiven, Tapped
from kiosk.touch.flow.requests import TakeTicket
from kiosk.touch.flow.state import ShownNumber
from kiosk.touch.layout.theme import Pane
from kiosk.touch.samples import flow_of, sample, sample_views

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.touch.flow.state import State
    from kiosk.touch.layout.view import View

PRESSES, APART_S = 4, 0.9
DRAWN_AFTER_S = 0.02
TREMBLE_MM = 3.0
"""How far a press lies from the one before."""

RANDOM_TOUCHES = 6
"""Places by chance beside the middles of what can be touched."""


@dataclass
class Hand:
    """One panel, laid out again and again."""

    glass: Any
    setup: GlassSetup
    chance: random.Random
    _views: dict[State, View] = field(default_factory=dict)
    _places: dict[Any, list[tuple[str, list[int]]]] = field(default_factory=dict)

    def faults(self) -> Iterator[str]:
        """Of every sample of one page, from every place on it."""
        language = self.setup.profile.languages[0]
        for name, view in sample_views(self.setup, language):
            page = name.rpartition("-")[2]
            if page.isdecimal() and view.element("back"):
                continue
            state = sample(name, self.setup, language)
            for x, y in self._touched(state):
                if not state.asking:
                    yield from (f"{name}: {fault}" for fault in self._press(state, x, y))

    def _touched(self, state: State) -> Iterator[tuple[float, float]]:
        for _, (x, y, wide, high) in self._targets(state):
            yield x + wide / 2, y + high / 2
        pane = self.setup.pane
        for _ in range(RANDOM_TOUCHES):
            yield self.chance.uniform(0, pane.width_px), self.chance.uniform(0, pane.height_px)

    def _view(self, state: State) -> View:
        """The visit is the same all the time, but for samples of closed intakes."""
        key = replace(state, visit=None, detail=f"{state.detail} {state.visit}")
        if key not in self._views:
            self._views[key] = present(state, self.setup)
        return self._views[key]

    def _targets(self, state: State) -> list[tuple[str, list[int]]]:
        view = self._view(state)
        key = (view.screen, view.language, view.theme, view.elements)
        if key not in self._places:
            laid_out = import_module("kiosk.touch.drawing.headless_layout").laid_out
            elements = laid_out(self.glass, view)["elements"]
            self._places[key] = [(e["id"], e["bounds_px"]) for e in elements if e["focusable"]]
        return self._places[key]

    def _press(self, state: State, x: float, y: float) -> Iterator[str]:
        """Four times, as `kiosk/touch/app.py` takes touches."""
        fingers, tickets = FingerDebounce(self.setup.pane.mm_per_px), list[str]()
        acted = False
        reach_px = TREMBLE_MM / self.setup.pane.mm_per_px
        for press in range(PRESSES):
            now_s = 10 + press * APART_S
            at = (x + self.chance.uniform(-reach_px, reach_px), y) if press else (x, y)
            if not fingers.counts(*at, now_s):
                fingers.ignored(now_s)
                continue
            fingers.lock(*at, now_s)
            before = self._view(state)
            if name := self._under(state, *at):
                state, asked = self.setup.flow.step(state, Tapped(name))
                for each in asked:
                    if isinstance(each, TakeTicket):
                        tickets.append(f"{name} by press {press + 1}" if acted else name)
                        shown = ShownNumber("A-017", 2, ticket=TicketId(17))
                        state, _ = self.setup.flow.step(state, NumberGiven(shown))
                acted = True
            if before.focus_order != self._view(state).focus_order:
                fingers.screen_changed()
            fingers.drawn(now_s + DRAWN_AFTER_S)
        yield from (f"a ticket at {each}" for each in tickets if " by " in each)

    def _under(self, state: State, x: float, y: float) -> str | None:
        for name, (left, top, wide, high) in self._targets(state):
            if left <= x < left + wide and top <= y < top + high:
                return name
        return None


def main(sizes: list[str], seed: int) -> None:
    """Print the faults of each panel."""
    profile, texts, found = profiles.load_profile("gelsenkirchen"), Texts.load(), dict[str, Any]()
    with TemporaryDirectory() as home:
        panes = [Pane.of(*map(int, size.split("x"))) for size in sizes]
        prepare(os.environ, Path(home), panes[0], fullscreen=False, window=False)
        headless = import_module("kiosk.touch.drawing.headless_layout").headless_glass
        for size, pane in zip(sizes, panes, strict=True):
            setup = GlassSetup(
                profile, texts, flow_of(profile), pane, printer=True, phone_pages=True
            )
            hand = Hand(headless(pane), setup, random.Random(seed))
            found[size] = [*hand.faults()]
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[2:], int(sys.argv[1]))
