"""Table of planned visits, with a rule above each of them; or the text that stands in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kivy.graphics import Color, Rectangle

from kiosk.touch.drawing.widgets.groups import Stack
from kiosk.touch.layout.theme import OUTLINE_MM, rgba

if TYPE_CHECKING:
    from kiosk.touch.drawing.widgets.tile import Tile
    from kiosk.touch.layout.tile_composition import Look

_CELLS = 3
_MOST_AIR_MM = 3.0
"""That a row gets of the height which is left."""


class VisitTable(Stack):
    """Three cells a visit: day, hours, stop. The arrangement says which stand beside each other."""

    def clear(self) -> None:
        """No rule either."""
        super().clear()
        self.canvas.before.clear()

    def place(self, tiles: list[Tile], look: Look) -> None:
        """From the top on; a text in the middle of the height."""
        heights_px = self.arrangement.heights_px
        if not heights_px:
            super().place(tiles, look)
            return
        spare_px = int(self.height) - sum(heights_px)
        more_px = max(0, min(spare_px // len(heights_px), look.pane.px(_MOST_AIR_MM)))
        self.canvas.before.clear()
        top = int(self.top)
        for number, height_px in enumerate(heights_px):
            self._draw_rule(top, look)
            lines = self._lines(tiles[_CELLS * number : _CELLS * (number + 1)])
            needed_px = sum(max(cell.height for cell in line) for line in lines)
            line_top = top - (height_px + more_px - needed_px) // 2
            for line in lines:
                self._place_line(line, look, line_top)
                line_top -= max(cell.height for cell in line)
            top -= height_px + more_px

    def _lines(self, cells: list[Tile]) -> list[list[Tile]]:
        """The cells of a row by its lines, as wide as they will be."""
        columns, widths_px = self.arrangement.columns, self.arrangement.widths_px
        lines = [cells[:columns], *([cell] for cell in cells[columns:])]
        for line in lines:
            for cell, width_px in zip(line, widths_px, strict=False):
                cell.width = width_px
            line[-1].width = int(self.width) - sum(widths_px[: len(line) - 1])
        return lines

    def _place_line(self, cells: list[Tile], look: Look, top: int) -> None:
        offset_px = 0
        for cell in cells:
            x = self.right - offset_px - cell.width if look.right_to_left else self.x + offset_px
            cell.pos = (x, top - cell.height)
            offset_px += cell.width

    def _draw_rule(self, y: int, look: Look) -> None:
        thick_px = max(1, look.pane.px(OUTLINE_MM) // 2)
        with self.canvas.before:
            Color(*rgba(look.palette.line))
            Rectangle(pos=(self.x, y - thick_px), size=(self.width, thick_px))
