"""Texts below each other, and a QR code beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.touch.drawing.widgets.groups import Stack
from kiosk.touch.layout.tile_layouts import side_mm
from kiosk.touch.layout.view import Place

if TYPE_CHECKING:
    from kiosk.touch.drawing.widgets.tile import Tile
    from kiosk.touch.layout.tile_composition import Look


class Beside(Stack):
    """A stack, with a column of its own where reading ends."""

    def place(self, tiles: list[Tile], look: Look) -> None:
        """Both in the middle of the height."""
        pane = look.pane
        side = [tile for tile in tiles if tile.element.place is Place.SIDE]
        others = [tile for tile in tiles if tile not in side]
        width = int(self.width)
        if not side:
            self.column(others, look, int(self.x), width)
            return
        side_px = pane.px(side_mm(pane))
        text_px = width - side_px - pane.gap_px
        x = int(self.x)
        text_x, side_x = (x + side_px + pane.gap_px, x) if look.right_to_left else (x, x + text_px)
        side_x += 0 if look.right_to_left else pane.gap_px
        self.column(others, look, text_x, text_px)
        self.column(side, look, side_x, side_px)
