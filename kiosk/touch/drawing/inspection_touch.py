"""A finger that a request of the inspection socket puts on the glass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kivy.base import EventLoop
from kivy.input.motionevent import MotionEvent

if TYPE_CHECKING:
    from kivy.core.window import WindowBase
    from kivy.uix.widget import Widget


class InspectionTouch(MotionEvent):
    """It takes the way of every other finger."""

    def depack(self, args: tuple[float, float]) -> None:
        """Where it is, as shares of the window from the bottom left."""
        self.is_touch = True
        self.profile = ["pos"]
        self.sx, self.sy = args
        super().depack(args)


def touch(window: WindowBase, widget: Widget, name: str) -> None:
    """Touch the middle of a widget, and lift the finger."""
    share = widget.center_x / window.width, widget.center_y / window.height
    finger = InspectionTouch("inspection", name, share, is_touch=True, type_id="touch")
    for phase in ("begin", "end"):
        EventLoop.post_dispatch_input(phase, finger)
