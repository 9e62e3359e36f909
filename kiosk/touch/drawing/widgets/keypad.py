"""A number pad with what has been typed: beside it, or above it on a low or narrow pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.drawing.line_breaking import width_of
from kiosk.touch.drawing.widgets.groups import Stack
from kiosk.touch.layout.theme import HEADING, TARGET_MM
from kiosk.touch.layout.view import Slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.touch.drawing.widgets.tile import Tile
    from kiosk.touch.layout.tile_composition import Look, TileLayout
    from kiosk.touch.layout.view import Element

BESIDE_SHARE = 0.5
"""Of the width, for the keys of a roomy pane."""


class KeyPad(Stack):
    """Keys stand in one order in all languages, as on every telephone."""

    def tile(self, element: Element, look: Look, chosen: Sequence[TileLayout]) -> Tile:
        """Keys are as high as their cells, texts as high as they get."""
        self.natural_tiles = element.slot is not Slot.KEY
        return super().tile(element, look, chosen)

    def place(self, tiles: list[Tile], look: Look) -> None:
        """Texts first, then the keys in what is left."""
        keys = [tile for tile in tiles if tile.element.slot is Slot.KEY]
        texts = [tile for tile in tiles if tile not in keys]
        x, width, gap_px = int(self.x), int(self.width), look.pane.gap_px
        if not look.pane.small and not look.pane.upright:
            keys_px = int(width * BESIDE_SHARE)
            rest_px = width - keys_px - 3 * gap_px
            keys_x, rest_x = x + width - keys_px, x
            if look.right_to_left:
                keys_x, rest_x = x, x + width - rest_px
            self.column(texts, look, rest_x, rest_px)
            self._keys(keys, look, (keys_x, keys_px), int(self.top))
            return
        below = self._in_line(texts, look) if not look.pane.upright else self._above(texts)
        self._keys(keys, look, (x, width), below - gap_px)

    def _in_line(self, texts: list[Tile], look: Look) -> int:
        """The heading where reading begins, the digits after it; gives where they end."""
        if len(texts) == 1:
            return self._above(texts)
        heading, typed = texts
        heading.width = width_of(heading.element.text, look.letters(HEADING)) + 1
        typed.width = int(self.width) - heading.width - 2 * look.pane.gap_px
        line_px = max(heading.height, typed.height)
        for tile in texts:
            at_start = (tile is heading) is not look.right_to_left
            x = self.x if at_start else self.right - tile.width
            tile.pos = (int(x), int(self.top - (line_px + tile.height) // 2))
        return int(self.top - line_px)

    def _above(self, texts: list[Tile]) -> int:
        top = int(self.top)
        for tile in texts:
            tile.width = int(self.width)
            tile.pos = (int(self.x), top - int(tile.height))
            top -= int(tile.height)
        return top

    def _keys(self, keys: list[Tile], look: Look, span: tuple[int, int], top: int) -> None:
        """Cells of one size; never smaller than a target."""
        gap_px, columns = look.pane.gap_px, self.arrangement.columns
        rows = -(-len(keys) // columns)
        x, width_px = span
        cell_px = (width_px - (columns - 1) * gap_px) // columns
        high_px = (top - int(self.y) + gap_px) // rows - gap_px
        high_px = max(look.pane.px(TARGET_MM), high_px)
        for number, tile in enumerate(keys):
            row, column = divmod(number, columns)
            tile.size = (cell_px, high_px)
            tile.pos = (x + column * (cell_px + gap_px), top - (row + 1) * high_px - row * gap_px)
