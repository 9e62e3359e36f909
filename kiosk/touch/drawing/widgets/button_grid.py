"""Grid of large buttons that share the room there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.touch.drawing.widgets.groups import Group
from kiosk.touch.layout.theme import TARGET_MM
from kiosk.touch.layout.view import Slot

if TYPE_CHECKING:
    from kiosk.touch.drawing.widgets.tile import Tile
    from kiosk.touch.layout.theme import Pane
    from kiosk.touch.layout.tile_composition import Look

_PARTS = {Slot.MAIN: 5, Slot.SECOND: 4}
"""Shares of the height: the main button has the larger one."""

_MOST_MM = {Slot.MAIN: 42.0, Slot.SECOND: 34.0}
_MOST_WIDE_MM = {Slot.MAIN: 92.0, Slot.SECOND: 34.0}


class ButtonGrid(Group):
    """The main one over the whole width and the others in rows below, or all of them level."""

    def place(self, tiles: list[Tile], look: Look) -> None:
        """From the top on; they grow with the room, but not without end."""
        pane, arrangement = look.pane, self.arrangement
        main = [] if arrangement.level else [t for t in tiles if t.element.slot is Slot.MAIN]
        others = [tile for tile in tiles if tile not in main]
        rows = -(-len(others) // arrangement.columns)
        room_px = int(self.height) - pane.gap_px * (len(main) + rows - 1)
        second_px = 0
        if others:
            parts = len(main) * _PARTS[Slot.MAIN] + rows * _PARTS[Slot.SECOND]
            share_px = room_px * _PARTS[Slot.SECOND] // parts
            share_px = min(share_px, self._most_px(pane, Slot.SECOND, share_px))
            second_px = max(pane.px(TARGET_MM), arrangement.row_px, share_px)
        top = int(self.top)
        for tile in main:
            left_px = room_px - rows * second_px
            height = max(pane.px(TARGET_MM), min(left_px, self._most_px(pane, Slot.MAIN, left_px)))
            tile.size, tile.pos = (int(self.width), height), (self.x, top - height)
            top -= height + pane.gap_px
        self._grid(others, look, top, second_px)

    def _grid(self, tiles: list[Tile], look: Look, top: int, height: int) -> None:
        """Rows from the top on; a last one that is not full shares the width."""
        gap_px, columns = look.pane.gap_px, self.arrangement.columns
        for first in range(0, len(tiles), columns):
            row = tiles[first : first + columns]
            width = (int(self.width) - (len(row) - 1) * gap_px) // len(row)
            for number, tile in enumerate(row):
                column = len(row) - 1 - number if look.right_to_left else number
                tile.size = (width, height)
                tile.pos = (self.x + column * (width + gap_px), top - height)
            top -= height + gap_px

    @staticmethod
    def _most_px(pane: Pane, slot: Slot, share_px: int) -> int:
        """An upright pane sets the words below the picture, and its buttons may be as high."""
        most_mm = _MOST_WIDE_MM if pane.wide else _MOST_MM
        return share_px if pane.upright else pane.px(most_mm[slot])
