"""Motion while the office is awaited: from a second of waiting on, twice a second a hand moves.

It is the only motion on the glass. Nothing else can be done meanwhile, so nobody is distracted
(WCAG 2.2.2), and it goes with the screen that says "One moment".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.touch.flow.state import Screen

if TYPE_CHECKING:
    from kiosk.touch.layout.view import View

BEGINS_AFTER_S = 0.625
"""On the screen that comes 0.3 s after the touch."""

STEP_S = 0.5


@dataclass(slots=True)
class WaitingMotion:
    """Which picture is due. For the thread of the window."""

    _since_s: float | None = None

    def moved(self, view: View | None, now_s: float) -> bool:
        """Whether the second picture is due, at that moment of the monotonic clock."""
        if view is None or view.screen is not Screen.MOMENT:
            self._since_s = None
            return False
        if self._since_s is None:
            self._since_s = now_s
        waited_s = now_s - self._since_s - BEGINS_AFTER_S
        return waited_s >= 0 and int(waited_s / STEP_S) % 2 == 0
