"""Headless layout of views: no window, no display, no GPU, nothing is drawn.

Kivy's environment must have been prepared for that before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.graphics import cgl

from kiosk.touch.drawing.describe import describe
from kiosk.touch.drawing.glass import Glass

if TYPE_CHECKING:
    from kiosk.touch.layout.theme import Pane
    from kiosk.touch.layout.view import View


_FRAMES = 3
"""After so many, every layout has come to rest."""


def headless_glass(pane: Pane) -> Glass:
    """A glass of that size that only lays out."""
    cgl.cgl_init()
    EventLoop.set_window(EventLoop)  # Kivy ends the process where none is; widgets only ask for it
    glass = Glass(pane, {}, lambda *_: None)
    glass.size_hint, glass.size = (None, None), (pane.width_px, pane.height_px)
    glass.drawn = False
    return glass


def laid_out(glass: Glass, view: View) -> dict[str, Any]:
    """What the socket would tell of a view once its layout has come to rest."""
    glass.show(view)
    for _ in range(_FRAMES):
        Clock.tick()
        Clock.tick_draw()
    return describe(glass)
