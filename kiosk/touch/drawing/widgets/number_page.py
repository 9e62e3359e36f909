"""The number, what is told beside it, and the buttons below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.touch.drawing.widgets.groups import Group
from kiosk.touch.layout.number_layout import number_layout

if TYPE_CHECKING:
    from kiosk.touch.drawing.widgets.tile import Tile
    from kiosk.touch.layout.tile_composition import Look


class NumberPage(Group):
    """Places its tiles where the layout says."""

    def place(self, tiles: list[Tile], look: Look) -> None:
        size_px = (int(self.width), int(self.height))
        page = number_layout(self.elements, self.arrangement, look, size_px)
        for tile, box in zip(tiles, page.boxes, strict=True):
            tile.size = (box.width, box.height)
            tile.pos = (int(self.x) + box.x, int(self.top) - box.y - box.height)
