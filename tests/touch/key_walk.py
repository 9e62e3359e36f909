"""A person who has nothing but keys walks through all screens, and whatever happens meanwhile.

The flow, the focus and the words are those of the glass; the office answers by chance. `KeyUser`
does with a key what `kiosk/touch/app.py` does with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiosk.touch.flow.inputs import HeadphonesChanged, Tapped, TimedOut
from kiosk.touch.flow.state import Screen
from kiosk.touch.flow.timeouts import HOMES
from kiosk.touch.focus import focus_after, heading_of, next_focus, target_of
from tests.touch.key_presses import presses_from
from tests.touch.test_any_taps import ANSWERS, ELSEWHERE, Crowd

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    from kiosk.domain.ids import LanguageCode
    from kiosk.domain.profile import Profile
    from kiosk.touch.flow.inputs import Input
    from kiosk.touch.layout.view import View

MOST_STEPS_OUT = 12
LEAVING = ("back", "close", "still_there.no", "returned.done", "sheet.done", "thanks.done")
ENDED = (*HOMES, Screen.TROUBLE)
"""Where a way out ends: trouble ends by itself."""

PLUGS = (HeadphonesChanged(plugged=True), HeadphonesChanged(plugged=False))
OUTSIDE = 0.15
"""The share of steps at which something happens elsewhere."""


@dataclass
class KeyUser:
    """What has the focus, and what was found wrong: `fault(view, sentence)` is told."""

    crowd: Crowd
    fault: Callable[[View, str], None]
    focused: str | None = None
    used: bool = False
    view: View = field(init=False)

    def __post_init__(self) -> None:
        self.view = self.crowd.view()

    @property
    def listening(self) -> bool:
        return self.crowd.state.listening

    def press(self, key: str) -> None:
        """Up, down, ok, back or repeat."""
        self.used = True
        state = self.crowd.state
        if key in {"up", "down"}:
            self.focused = next_focus(self.view, self.focused, key, listening=self.listening)
            if self.crowd.state != state or self.crowd.view() != self.view:
                self.fault(self.view, f"{key} changes more than the focus")
            self._check()
        elif key == "repeat":
            if not self.listening:
                self.happens(Tapped("listen"))
        elif not (key == "ok" and self.listening and self.focused == heading_of(self.view)):
            target = target_of(key, self.focused, typed=bool(state.typed))
            if target in self.view.focus_order:
                self.happens(Tapped(target))

    def happens(self, received: Input) -> None:
        """A tap, or what comes from elsewhere; an answer where one is awaited."""
        listened = self.listening
        if self.crowd.open and not isinstance(received, Tapped | TimedOut):
            self.crowd.answered(received)
        else:
            self.crowd.happens(received)
        before = None if self.listening and not listened else self.view
        self.view = self.crowd.view()
        self.focused = focus_after(
            before, self.view, self.focused, listening=self.listening, by_keys=self.used
        )
        if self.used:
            self._check()

    def _check(self) -> None:
        """The focus is on something that is there, and up and down reach all else."""
        focusable = {*self.view.focus_order, *filter(None, [heading_of(self.view)])}
        if self.view.focus_order and self.focused not in focusable:
            self.fault(self.view, f"the focus is lost: {self.focused}")
        elif self.view.focus_order:
            reached = presses_from(self.view, self.focused, listening=self.listening)
            if missing := {*self.view.focus_order} - {*reached}:
                self.fault(self.view, f"no key leads to {', '.join(sorted(missing))}")

    def leave(self) -> None:
        """By keys alone to a screen where a citizen begins."""
        if self.crowd.open:
            self.happens(ANSWERS[type(self.crowd.open)][0])
        for _ in range(MOST_STEPS_OUT):
            if self.crowd.state.screen in ENDED or not self.view.focus_order:
                return
            if self.crowd.open:
                self.happens(ANSWERS[type(self.crowd.open)][0])
                continue
            way = next((each for each in LEAVING if self.view.element(each)), "number.done")
            if way == "back" and not self.crowd.state.typed:
                self.press("back")
            elif not self.choose(way):
                break
        if self.crowd.state.screen not in ENDED:
            self.fault(self.view, "keys do not lead out of it")

    def choose(self, name: str) -> bool:
        """Go down to it and press OK; whether it can be reached."""
        for _ in range(len(self.view.focus_order) + 2):
            if self.focused == name:
                self.press("ok")
                return True
            self.press("down")
        return False


def crowd_of(profile: Profile, size: tuple[int, int], *, mute: LanguageCode | None = None) -> Crowd:
    """A glass with a voice for every language, or for all but one."""
    crowd = Crowd(profile, size)
    voices = frozenset(language for language in profile.languages if language != mute)
    flow = replace(crowd.setup.flow, voices=voices)
    crowd.setup = replace(crowd.setup, flow=flow)
    return crowd


def walk(
    user: KeyUser, steps: int, chance: random.Random, events: Sequence[Input] = ELSEWHERE
) -> set[str]:
    """So many keys and events by chance, now and then out to the first screen; screens seen."""
    seen, outside = set[str](), (*events, *PLUGS)
    for _ in range(steps):
        seen.add(str(user.view.screen))
        if user.crowd.open and chance.random() < 0.7:
            user.happens(chance.choice(ANSWERS[type(user.crowd.open)]))
        elif chance.random() < OUTSIDE and not user.crowd.open:
            user.happens(chance.choice(outside))
        elif chance.random() < 0.02:
            user.leave()
        elif user.view.focus_order and chance.random() < 0.25:
            user.choose(chance.choice(user.view.focus_order))
        else:
            user.press(chance.choice(("up", "down", "down", "down", "ok", "ok", "back", "repeat")))
    user.leave()
    return seen
