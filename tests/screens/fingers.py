"""Puts several fingers on a real glass and prints what it took for taps, as JSON.

`python -m tests.screens.fingers DIR` needs a display. Run by `test_fingers.py`: one pointer of
xdotool is not enough, and Kivy cannot be imported twice.
"""

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from kiosk.domain.ids import LanguageCode
from kiosk.settings import profiles
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.environment import prepare
from kiosk.touch.layout.theme import Pane
from kiosk.touch.samples import flow_of, sample

Move = tuple[str, str, str]
"""A finger, what it does ("begin", "update", "end"), and over which element, or "nothing"."""

ONE, OTHER = "start.number", "start.feedback"
GESTURES: dict[str, list[Move]] = {
    "a tap": [("a", "begin", ONE), ("a", "end", ONE)],
    "a long press": [("a", "begin", ONE), *[("a", "update", ONE)] * 50, ("a", "end", ONE)],
    "slid off": [("a", "begin", ONE), ("a", "update", "nothing"), ("a", "end", "nothing")],
    "slid off and back": [
        ("a", "begin", ONE),
        ("a", "update", OTHER),
        ("a", "update", ONE),
        ("a", "end", ONE),
    ],
    "slid to another": [("a", "begin", ONE), ("a", "update", OTHER), ("a", "end", OTHER)],
    "two fingers on one": [
        ("a", "begin", ONE),
        ("b", "begin", ONE),
        ("a", "end", ONE),
        ("b", "end", ONE),
    ],
    "two fingers on two": [
        ("a", "begin", ONE),
        ("b", "begin", OTHER),
        ("b", "end", OTHER),
        ("a", "end", ONE),
    ],
    "beside everything": [("a", "begin", "nothing"), ("a", "end", "nothing")],
}


class Hand:
    """Its fingers, and what the glass told of them."""

    def __init__(self, setup: GlassSetup) -> None:
        self.base = import_module("kivy.base")
        self.touch = import_module("kiosk.touch.drawing.inspection_touch").InspectionTouch
        self.window = import_module("kiosk.touch.drawing.window").open_window("hand")
        self.taps: list[str | None] = []
        self.glass = import_module("kiosk.touch.drawing.glass").Glass(
            setup.pane, {}, lambda name, *_: self.taps.append(name)
        )
        self.base.runTouchApp(self.glass, embedded=True)
        self.glass.show(present(sample("start", setup, LanguageCode("de")), setup))
        self.base.EventLoop.idle()

    def make(self, moves: list[Move]) -> list[str | None]:
        """The taps that a gesture led to."""
        self.taps.clear()
        fingers: dict[str, Any] = {}
        for finger, what, where in moves:
            share = self._share(where)
            if what == "begin":
                fingers[finger] = self.touch("hand", finger, share, is_touch=True, type_id="touch")
            else:
                fingers[finger].move(share)
            self.base.EventLoop.post_dispatch_input(what, fingers[finger])
        return list(self.taps)

    def _share(self, where: str) -> tuple[float, float]:
        if where == "nothing":
            return 0.001, 0.001
        tile = self.glass.tile(where)
        return tile.center_x / self.window.width, tile.center_y / self.window.height


def main(folder: Path) -> None:
    """Make every gesture once."""
    pane = Pane.of(1280, 800)
    prepare(os.environ, folder, pane, fullscreen=False)
    profile = profiles.load_profile("gelsenkirchen")
    hand = Hand(GlassSetup(profile, Texts.load(), flow_of(profile), pane))
    sys.stdout.write(json.dumps({name: hand.make(moves) for name, moves in GESTURES.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
