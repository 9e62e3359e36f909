"""Debounce of fingers and keys: presses so close that they were one (EN 301 549, 5.8)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kiosk.devices.debounce import LOCK_S
from kiosk.touch.flow.state import Screen

REACH_MM = 20.0
SCREEN_LOCK_S = 1.0
SURVEY_LOCK_S = 2.0
"""Where a smiley was touched an answer stands next: nobody has read it sooner."""


def screen_lock_s(screen: Screen) -> float:
    """How long a new screen is deaf where it was touched before."""
    return SURVEY_LOCK_S if screen is Screen.SURVEY else SCREEN_LOCK_S


@dataclass(slots=True)
class FingerDebounce:
    """A second touch at the same place is the same touch until the lock is over.

    After a change of screen the lock is longer: something else stands there by now. There a touch
    that came too early begins it anew, so that a trembling hand never gets through.
    """

    mm_per_px: float
    _at_s: float = -math.inf
    _x_px: float = 0.0
    _y_px: float = 0.0
    _answered: bool = True
    _lock_s: float = LOCK_S

    def counts(self, x_px: float, y_px: float, now_s: float) -> bool:
        """Whether a touch there and then is one of its own."""
        away_mm = math.hypot(x_px - self._x_px, y_px - self._y_px) * self.mm_per_px
        return away_mm > REACH_MM or now_s - self._at_s >= self._lock_s

    def ignored(self, now_s: float) -> None:
        """A touch came too early."""
        if self._lock_s > LOCK_S:
            self._at_s = now_s

    def lock(self, x_px: float, y_px: float, now_s: float) -> None:
        """A touch there has counted: the lock begins."""
        self._x_px, self._y_px, self._at_s = x_px, y_px, now_s
        self._answered, self._lock_s = False, LOCK_S

    def screen_changed(self, lock_s: float = SCREEN_LOCK_S) -> None:
        """Something else is about to be drawn there."""
        self._answered, self._lock_s = False, lock_s

    def drawn(self, now_s: float) -> None:
        """The glass has been drawn: a touch before was for the screen before."""
        if not self._answered:
            self._at_s = now_s
            self._answered = True


@dataclass(slots=True)
class KeyDebounce:
    """A key that is held repeats itself, and is still one press."""

    _name: str = ""
    _at_s: float = -math.inf
    _lock_s: float = LOCK_S

    def counts(self, name: str, now_s: float) -> bool:
        """Whether this is a press of its own."""
        return name != self._name or now_s - self._at_s >= self._lock_s

    def lock(self, name: str, now_s: float) -> None:
        """The key was pressed, or repeated itself: the lock begins."""
        self._name, self._at_s, self._lock_s = name, now_s, LOCK_S

    def screen_changed(self, lock_s: float = SCREEN_LOCK_S) -> None:
        """The same key has another meaning by now."""
        self._lock_s = lock_s
