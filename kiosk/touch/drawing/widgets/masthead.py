"""Masthead: whose bus this is, and at the other end of the line what else is to be known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.drawing.line_breaking import width_of
from kiosk.touch.drawing.widgets.groups import Group
from kiosk.touch.layout.tile_layouts import BESIDE_EMBLEM_MM, EMBLEM_MM
from kiosk.touch.layout.view import Slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.touch.drawing.widgets.tile import Tile
    from kiosk.touch.layout.tile_composition import Look, TileLayout
    from kiosk.touch.layout.view import Element

AT_END = (Slot.BRAND_END, Slot.SIDE)


class Masthead(Group):
    """The emblem and two columns, the second at the end of reading; each in the middle."""

    natural_tiles = True

    def tile(self, element: Element, look: Look, chosen: Sequence[TileLayout]) -> Tile:
        """The second column ends at the margin."""
        if element.slot in AT_END:
            align = "left" if look.right_to_left else "right"
            chosen = [replace(one, align=align) for one in chosen]
        return super().tile(element, look, chosen)

    def clear(self) -> None:
        """No height at all."""
        super().clear()
        self.height = 0

    def place(self, tiles: list[Tile], look: Look) -> None:
        """The second column is as wide as its texts, the first one has the rest."""
        end = [tile for tile in tiles if tile.element.slot in AT_END]
        emblem = [tile for tile in tiles if tile.element.slot is Slot.EMBLEM]
        begin = [tile for tile in tiles if tile not in [*end, *emblem]]
        emblem_px = look.pane.px(EMBLEM_MM) if emblem else 0
        before_px = look.pane.px(EMBLEM_MM + BESIDE_EMBLEM_MM) if emblem else 0
        names_px = max((self._width_px(tile, look) for tile in begin), default=0)
        left_px = int(self.width) - before_px - names_px - look.pane.gap_px
        end_px = min(left_px, max((self._width_px(tile, look) for tile in end), default=0))
        begin_px = int(self.width) - before_px - (end_px + look.pane.gap_px if end else 0)
        for tile in emblem:
            tile.width = emblem_px
        for tile in begin:
            tile.width = begin_px
        for tile in end:
            tile.width = end_px
        self.height = max(sum(t.height for t in column) for column in (emblem, begin, end))
        emblem_x, last_x = int(self.x), int(self.right) - end_px
        first_x = int(self.x) + before_px
        if look.right_to_left:
            emblem_x, last_x = int(self.right) - emblem_px, int(self.x)
            first_x = int(self.right) - before_px - begin_px
        self._column(emblem, emblem_x)
        self._column(begin, first_x)
        self._column(end, last_x)

    def _width_px(self, tile: Tile, look: Look) -> int:
        letters = look.letters(tile.layouts[0].kind)
        return width_of(tile.element.text, letters) + 1

    def _column(self, tiles: list[Tile], x: int) -> None:
        spare_px = int(self.height) - sum(tile.height for tile in tiles)
        top = int(self.top) - spare_px // 2
        for tile in tiles:
            tile.pos = (x, top - tile.height)
            top -= tile.height
