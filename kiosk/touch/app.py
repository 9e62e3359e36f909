"""Controller of the glass: fingers, keys and requests go to the session, its state to the glass."""

from __future__ import annotations

import base64
import io
import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kivy.base import EventLoop, runTouchApp
from kivy.clock import Clock

from kiosk.touch.content import present
from kiosk.touch.double_touch import FingerDebounce, KeyDebounce, screen_lock_s
from kiosk.touch.drawing.describe import describe
from kiosk.touch.drawing.glass import Glass
from kiosk.touch.drawing.inspection_touch import touch
from kiosk.touch.drawing.window import picture_of
from kiosk.touch.flow.inputs import HeadphonesChanged, Tapped, TimedOut
from kiosk.touch.flow.state import Screen
from kiosk.touch.flow.timeouts import timeout_s
from kiosk.touch.focus import (
    DIGITS,
    KEYS,
    VOICE_KEYS,
    focus_after,
    heading_of,
    next_focus,
    target_of,
)
from kiosk.touch.inspection import Answer, CannotDo, InspectionRequest, Later

if TYPE_CHECKING:
    from kivy.core.window import WindowBase

    from kiosk.domain.events import FeedbackGiven
    from kiosk.touch.content.context import GlassSetup
    from kiosk.touch.flow.state import State
    from kiosk.touch.layout.view import View
    from kiosk.touch.screen_reader import ScreenReader
    from kiosk.touch.session.session import GlassSession

_SETTLE_FRAMES = 5
"""Frames after which every layout of a new screen has come to rest."""

_KEY_NAMES = {273: "up", 274: "down", 13: "ok", 271: "ok", 32: "ok", 27: "back", 8: "delete"}
_KEY_NAMES |= {first + digit: str(digit) for first in (48, 256) for digit in range(10)}
"""SDL key codes as Kivy passes them: arrows, Enter, space, Escape, backspace, digits twice."""


@dataclass
class App:
    """One glass. Everything here runs in the thread of the window."""

    window: WindowBase
    session: GlassSession
    setup: GlassSetup
    voice: ScreenReader | None = None

    def __post_init__(self) -> None:
        self.glass = Glass(self.setup.pane, self.setup.profile.colours, self._touched)
        self._presented: State | None = None
        self._by_keys = False
        self._fingers = FingerDebounce(self.setup.pane.mm_per_px)
        self._keys = KeyDebounce()
        self.refreshed_s = 0.0
        self.gives_up_at_s = math.inf
        self._drawn_at_s: float | None = None
        self.window.bind(on_key_down=self._key_down, on_resize=self._resized)
        runTouchApp(self.glass, embedded=True)

    def refresh(self) -> None:
        """Show the session's state, and wait for a touch from now on."""
        state = self.session.state
        if state != self._presented:
            self._show(present(state, self.setup))
            self._presented = state
            self._drawn_at_s = None
        self.refreshed_s = time.monotonic()
        patience_s = timeout_s(state, self.setup.profile.languages[0])
        self.gives_up_at_s = self.refreshed_s + patience_s

    def _show(self, view: View) -> None:
        """Put it on the glass; where other things can be touched than before, that is locked."""
        before, listening = self.glass.view, self.session.state.listening
        began = listening and not self.glass.explored
        focused, self.glass.explored = self.glass.focused, listening
        self.glass.show(view)
        after = None if began else before
        focused = focus_after(after, view, focused, listening=listening, by_keys=self._by_keys)
        self.glass.focus(focused)
        if before is None or before.focus_order != view.focus_order:
            self._fingers.screen_changed(screen_lock_s(view.screen))
            self._keys.screen_changed(screen_lock_s(view.screen))
        if self.voice:
            self.voice.shown(self.session.state, view, focused)

    def catch_up(self) -> None:
        """Show what happened elsewhere, if it changes anything here."""
        state, before = self.session.state, self._presented
        if before and before != state == replace(before, queue=state.queue):
            self._show_queue(state)
        elif state != before:
            self.refresh()
            self.settle()

    def _show_queue(self, state: State) -> None:
        """Show how it moves: under no finger, and not to a listener. Timeouts go on."""
        if not (self.glass.touched or state.listening):
            self._presented, view = state, present(state, self.setup)
            if view != self.glass.view:
                self._show(view)
                self.settle()

    def press(self, key: str) -> None:
        """A key beside the glass does what the same key of a keyboard does."""
        if key in KEYS:
            self._key(key)
            self.settle()

    def thank(self, given: FeedbackGiven) -> None:
        """A smiley pressed beside the glass; its thanks are read from now on."""
        self.session.on_event(given)
        if self.session.state.passing:
            self.refresh()

    @property
    def frame_is_due(self) -> bool:
        """Whether Kivy wants to go on drawing by itself."""
        return bool(Clock.get_min_timeout() <= 0)

    def frame(self) -> None:
        """Read what the window has to tell, and draw what has changed."""
        self.window.mainloop()
        EventLoop.idle()
        self._fingers.drawn(time.monotonic())

    def settle(self) -> None:
        """Draw until everything stands where it belongs."""
        for _ in range(_SETTLE_FRAMES):
            EventLoop.idle()
        self._fingers.drawn(time.monotonic())
        self._drawn_at_s = self._drawn_at_s or time.monotonic()

    def check_timeout(self) -> None:
        """Act on a timeout; none runs out while something is read aloud."""
        if time.monotonic() < self.gives_up_at_s:
            return
        if self.voice and self.voice.speaking:
            self.refresh()
        else:
            self.session.handle(TimedOut())
            self.refresh()
            self.settle()

    def check_headphones(self) -> None:
        """Start the voice when headphones are plugged in, stop it when they are pulled out."""
        if self.voice and self.voice.plugged != self.session.state.headphones:
            self.session.handle(HeadphonesChanged(self.voice.plugged))
            self.catch_up()

    def answer(self, request: InspectionRequest) -> Answer:
        """What the inspection socket asks for."""
        self.settle()
        match request.command:
            case "describe":
                return {**describe(self.glass), "drawn_at_s": self._drawn_at_s}
            case "shot":
                return {"png": self._shot()}
            case "tap":
                self._tap(request.id)
            case "key" if request.name in KEYS:
                if not self._keys.counts(request.name, time.monotonic()):
                    raise Later
                self._key(request.name)
            case "key":
                raise CannotDo(f"There is no key {request.name!r}. Known: {', '.join(KEYS)}.")
            case _:
                raise CannotDo(f"There is no command {request.command!r}.")
        self.settle()
        return {"done": True}

    def _resized(self, _window: object, width_px: int, height_px: int) -> None:
        """A compositor gives the window another size than the configuration says."""
        pane = replace(self.setup.pane, width_px=width_px, height_px=height_px)
        if pane != self.setup.pane:
            self.setup = replace(self.setup, pane=pane)
            self.glass.pane, self._presented = pane, None
            self.refresh()

    def _shot(self) -> str:
        png = io.BytesIO()
        picture_of(self.window).save(png, "png")
        return base64.b64encode(png.getvalue()).decode()

    def _tap(self, name: str) -> None:
        tile = self.glass.tile(name)
        if tile is None or not tile.element.touchable:
            known = ", ".join(self.glass.view.focus_order) if self.glass.view else ""
            raise CannotDo(f"There is nothing to tap called {name!r}. Known: {known}.")
        if not self._fingers.counts(tile.center_x, tile.center_y, time.monotonic()):
            raise Later
        touch(self.window, tile, name)

    def _touched(self, name: str | None, x_px: float, y_px: float) -> None:
        """A finger has left the pane, over the element on which it came down or over none."""
        if not self._fingers.counts(x_px, y_px, time.monotonic()):
            self._fingers.ignored(time.monotonic())
            return
        self._fingers.lock(x_px, y_px, time.monotonic())
        self._by_keys = False
        if self.session.state.listening and self._explore(name, x_px, y_px):
            return
        if name is None and self.session.state.warned:
            name = "still_there.yes"
        self._act(name)

    def _explore(self, name: str | None, x_px: float, y_px: float) -> bool:
        """The first touch says what lies there; the second acts, and is left to others."""
        found = name or self.glass.name_at(x_px, y_px)
        if self.voice is None or found is None or found == self.glass.focused:
            return False
        if name:
            self.glass.focus(name)
        self.voice.focused(found)
        self.refresh()
        return True

    def _act(self, name: str | None) -> None:
        """Tap an element, if it is still on the glass."""
        if name is not None and self._still_there(name):
            self.session.handle(Tapped(name))
        self.refresh()

    def _key_down(self, _window: object, code: int, *_rest: object) -> bool:
        name = _KEY_NAMES.get(code)
        if name is not None:
            self._key(name)
        return True

    def _key(self, name: str) -> None:
        now_s = time.monotonic()
        counts = self._keys.counts(name, now_s)
        self._keys.lock(name, now_s)
        self._by_keys = True
        if self.voice and self._asks_for_voice(name):
            if counts:
                self._press_for_voice(name)
        elif name in {"up", "down"}:
            self._move_focus(name)
        elif counts and name not in VOICE_KEYS:
            self._press(name)

    def _asks_for_voice(self, name: str) -> bool:
        """With headphones plugged in, any key may be the first."""
        state = self.session.state
        return name in VOICE_KEYS or (state.headphones and not state.listening)

    def _press_for_voice(self, name: str) -> None:
        if not self.session.state.listening:
            self.session.handle(Tapped("listen"))
        elif self.voice and name == "repeat":
            self.voice.repeat()
        elif self.voice:
            self.voice.change_volume(1 if name == "louder" else -1)
        self.refresh()

    def _move_focus(self, name: str) -> None:
        self._act(None)
        if self.glass.view is None:
            return
        listening = self.session.state.listening
        focused = next_focus(self.glass.view, self.glass.focused, name, listening=listening)
        self.glass.focus(focused)
        if self.voice:
            self.voice.focused(focused)

    def _press(self, name: str) -> None:
        """A key that acts: on what has the focus, or as a key of the number pad."""
        view, focused = self.glass.view, self.glass.focused
        if name == "ok" and self.voice and view and focused == heading_of(view):
            self.voice.repeat()
            self._act(None)
            return
        if name in DIGITS and self._still_there("code.ok"):
            self.glass.focus("code.ok")  # digits are followed by OK
        if self.voice:
            self.voice.interrupt()
        self._act(target_of(name, focused, typed=bool(self.session.state.typed)))

    def _still_there(self, name: str | None) -> bool:
        view = self.glass.view
        return name is not None and view is not None and name in view.focus_order

    @property
    def in_trouble(self) -> bool:
        """Whether the office must be asked again."""
        return self.session.state.screen is Screen.TROUBLE
