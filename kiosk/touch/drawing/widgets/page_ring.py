"""Focus ring around the whole page: for a heading that a small pane has no room to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kivy.graphics import Color, InstructionGroup, Line

from kiosk.touch.layout.theme import FOCUS_MM, rgba

if TYPE_CHECKING:
    from kivy.uix.widget import Widget

    from kiosk.touch.layout.tile_composition import Look


class PageRing:
    """Lies over everything else, within the margin."""

    def __init__(self, glass: Widget) -> None:
        self._drawn = InstructionGroup()
        glass.canvas.after.add(self._drawn)

    def show(self, look: Look | None, *, on: bool) -> None:
        self._drawn.clear()
        if not on or look is None:
            return
        pane = look.pane
        ring_px = pane.px(FOCUS_MM)
        self._drawn.add(Color(*rgba(look.palette.ink)))
        around = (ring_px, ring_px, pane.width_px - 2 * ring_px, pane.height_px - 2 * ring_px)
        self._drawn.add(Line(rectangle=around, width=ring_px / 2, joint="miter"))
