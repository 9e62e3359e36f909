"""A citizen who sees nothing: keys, and what the voice of a real glass says."""

import json
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from kiosk.system.paths import Paths
from kiosk.wiring.box import Kiosk
from tests.screens.running import RunningGlass
from tests.waiting import eventually

MOST_STEPS = 40
"""Nothing lies farther away."""

VOICE = '[glass.voice]\ndriver = "file"\nheadphones = "file"\n'


def with_voice(paths: Paths) -> None:
    """The glass of this box speaks into a file."""
    config = paths.config.read_text(encoding="utf-8")
    begin = config.index("[glass.voice]")
    end = config.index("\n[", begin)
    paths.config.write_text(config[:begin] + VOICE + config[end:], encoding="utf-8")


@dataclass
class Listener:
    """Presses keys one after the other and counts them."""

    glass: RunningGlass
    kiosk: Kiosk
    pressed: int = field(default=0, init=False)
    _heard: int = field(default=0, init=False)

    def plug_in(self) -> str:
        """Put the headphones in, and hear what is said."""
        self._heard = len(self.utterances())
        self.kiosk.paths.headphones("touch").touch()
        return self._next()

    def pull_out(self) -> None:
        """And the glass is silent."""
        self.kiosk.paths.headphones("touch").unlink(missing_ok=True)
        eventually(lambda: not self.glass.tree()["listening"], "silence")

    def press(self, key: str) -> str:
        """Press a key, and hear what is said."""
        self._heard = len(self.utterances())
        self.glass.key(key)
        self.pressed += 1
        return self._next()

    def touch(self, name: str) -> str:
        """Touch an element, and hear what is said."""
        self._heard = len(self.utterances())
        self.glass.tap(name)
        return self._next()

    def walk_to(self, wanted: str, key: str = "down") -> None:
        """Go on until it is said."""
        for _ in range(MOST_STEPS):
            if self.press(key).startswith(wanted):
                return
        raise AssertionError((wanted, self.utterances()[-MOST_STEPS:]))

    def choose(self, wanted: str, key: str = "down") -> str:
        """Go on until it is said, and take it."""
        self.walk_to(wanted, key)
        return self.press("ok")

    def lines(self) -> list[dict[str, Any]]:
        """Everything that has been said."""
        written = self.kiosk.paths.spoken("touch").read_text(encoding="utf-8")
        return [json.loads(line) for line in written.splitlines()]

    def utterances(self) -> list[str]:
        """What was said at once, for each time."""
        grouped = groupby(self.lines(), lambda line: int(line["utterance"]))
        return [" | ".join(str(line["text"]) for line in lines) for _, lines in grouped]

    def _next(self) -> str:
        eventually(lambda: len(self.utterances()) > self._heard, "the voice")
        return self.utterances()[-1]
