"""Containers of tiles: stack, grid, bar, line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kivy.clock import Clock
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty
from kivy.uix.widget import Widget

from kiosk.drawing.line_breaking import width_of
from kiosk.touch.drawing.widgets.tile import Tile
from kiosk.touch.layout.fit import CARD_MAX_MM, CARD_MAX_WIDE_MM, SINGLE
from kiosk.touch.layout.theme import GAP_MM, STRONG, TARGET_MM
from kiosk.touch.layout.tile_composition import Rect
from kiosk.touch.layout.tile_layouts import side_mm, tile_layouts
from kiosk.touch.layout.view import Slot, helps_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.touch.layout.fit import Arrangement
    from kiosk.touch.layout.theme import Pane
    from kiosk.touch.layout.tile_composition import Look, TileLayout
    from kiosk.touch.layout.view import Element


class Group(Widget):
    """Has a tile for each of its elements, and puts them in their places."""

    elements: Sequence[Element] = ListProperty([])
    look: Look | None = ObjectProperty(None, allownone=True, rebind=True)
    arrangement: Arrangement = ObjectProperty(SINGLE)
    content_px = NumericProperty(0)
    natural_tiles = False

    def __init__(self, **options: object) -> None:
        super().__init__(size=(0, 0), **options)  # no width: nothing is placed before there is one
        self._fill_soon = Clock.create_trigger(self._fill, -1)
        self._place_soon = Clock.create_trigger(self._place_all, -1)
        for name in ("elements", "look", "arrangement"):
            self.fbind(name, self._fill_soon)
        for name in ("pos", "size"):
            self.fbind(name, self._place_soon)
        self._fill()

    def place(self, tiles: list[Tile], look: Look) -> None:
        """Put the tiles where they belong."""
        raise NotImplementedError

    def clear(self) -> None:
        """Take no room, until there are tiles again."""
        self.content_px = 0

    def tile(self, element: Element, look: Look, chosen: Sequence[TileLayout]) -> Tile:
        return Tile(element=element, look=look, layouts=chosen, natural=self.natural_tiles)

    def _fill(self, *_changed: object) -> None:
        known = {tile.element: tile for tile in self.children if tile.look == self.look}
        self.clear_widgets()
        self.clear()
        if self.look is None:
            return
        for element in self.elements:
            chosen = tile_layouts(element, self.look.pane, self.arrangement)
            kept = known.pop(element, None)
            same = kept is not None and tuple(kept.layouts) == tuple(chosen) and not kept.pressed
            self.add_widget(kept if same else self.tile(element, self.look, chosen))
        self._place_all()

    def _place_all(self, *_changed: object) -> None:
        if self.look is not None and self.children and self.width > 0:
            self.place(list(reversed(self.children)), self.look)


class Stack(Group):
    """Tiles below each other in the middle of the height, each as high as its content.

    `air_mm` is the most that stands between two of them.
    """

    natural_tiles = True
    air_mm = NumericProperty(1.5 * GAP_MM)
    centred = BooleanProperty(defaultvalue=False)

    def tile(self, element: Element, look: Look, chosen: Sequence[TileLayout]) -> Tile:
        """A tile whose text stands in the middle of the line, if this stack's does."""
        if self.centred:
            chosen = [replace(one, align="center") for one in chosen]
        return super().tile(element, look, chosen)

    def place(self, tiles: list[Tile], look: Look) -> None:
        self.column(tiles, look, int(self.x), int(self.width))

    def column(self, tiles: list[Tile], look: Look, x: int, width: int) -> None:
        """As much air between the tiles as there is, up to the most."""
        for tile in tiles:
            tile.width = width
        self.content_px = sum(tile.height for tile in tiles)
        spare_px = self.height - self.content_px
        air_px = int(max(0, min(look.pane.px(self.air_mm), spare_px / (len(tiles) + 1))))
        top = self.top - (spare_px - air_px * (len(tiles) - 1)) // 2
        for tile in tiles:
            tile.pos = (x, int(top - tile.height))
            top -= tile.height + air_px


class Grid(Group):
    """Tiles in columns and rows; filled in the order of reading, unless their order is fixed."""

    fixed_order = BooleanProperty(defaultvalue=False)

    def place(self, tiles: list[Tile], look: Look) -> None:
        """Cells of one size; they grow with the room, but not without end."""
        pane, columns = look.pane, self.arrangement.columns
        rows = len(self.arrangement.in_rows) or -(-len(tiles) // columns)
        if self.arrangement.heights_px:
            self._below_each_other(tiles, pane)
            return
        width = (int(self.width) - (columns - 1) * pane.gap_px) // columns
        height = self._cell_height(tiles, look, width, rows)
        self.content_px = rows * (height + pane.gap_px) - pane.gap_px
        for number, tile in enumerate(tiles):
            row, column = self._cell(number)
            if look.right_to_left and not self.fixed_order:
                column = columns - 1 - column
            x = int(self.x + column * (width + pane.gap_px))
            tile.size = (width, height)
            tile.pos = (x, int(self.top) - (row + 1) * height - row * pane.gap_px)

    def _cell(self, number: int) -> tuple[int, float]:
        """Row and column of a tile; a row of fewer tiles begins where it stands in the middle."""
        columns, place = self.arrangement.columns, number
        for row, count in enumerate(self.arrangement.in_rows):
            if place < count:
                return row, place + (columns - count) / 2
            place -= count
        return divmod(number, columns)

    def _below_each_other(self, tiles: list[Tile], pane: Pane) -> None:
        """Each as high as it must be."""
        top = int(self.top)
        for tile, height in zip(tiles, self.arrangement.heights_px, strict=True):
            tile.size, tile.pos = (int(self.width), height), (self.x, top - height)
            top -= height + pane.gap_px

    def _cell_height(self, tiles: list[Tile], look: Look, width: int, rows: int) -> int:
        pane = look.pane
        if not self.fixed_order:
            rows = max(rows, min(self.arrangement.rows, 2))
            height = (int(self.height) + pane.gap_px) // rows - pane.gap_px
            most_px = pane.px(CARD_MAX_WIDE_MM if pane.wide else CARD_MAX_MM)
            return max(pane.px(TARGET_MM), self.arrangement.row_px, min(height, most_px))
        for tile in tiles:  # pictures in one line, whatever the words below them need
            tile.size = (width, 0)
        rims_px = 2 * pane.px(self.arrangement.density.above_mm)
        return max(pane.px(TARGET_MM), rims_px + max(tile.composition.height_px for tile in tiles))


class EndLabels(Group):
    """Short texts at the ends of what stands beside them, in a fixed order: both, or one.

    `last_end` says that the one belongs to the last end.
    """

    natural_tiles = True
    last_end = BooleanProperty(defaultvalue=False)

    def tile(self, element: Element, look: Look, chosen: Sequence[TileLayout]) -> Tile:
        """The first text begins at the left, the last one ends at the right."""
        first = element is self.elements[0] and not self.last_end
        align = "left" if first else "right"
        return super().tile(element, look, [replace(one, align=align) for one in chosen])

    def place(self, tiles: list[Tile], look: Look) -> None:
        """They share the width."""
        width = (int(self.width) + look.pane.gap_px) // len(tiles) - look.pane.gap_px
        for number, tile in enumerate(tiles):
            tile.width = width
            tile.pos = (int(self.x) + number * (width + look.pane.gap_px), int(self.y))
        self.content_px = max(tile.height for tile in tiles)


class Bar(Group):
    """What leaves the screen where reading begins, the helps where it ends or in a line below."""

    def place(self, tiles: list[Tile], look: Look) -> None:
        """Buttons of one target's height; each help has its place, which another never takes."""
        pane = look.pane
        step_px = pane.px(TARGET_MM) + pane.gap_px
        rim_px = (pane.bar_px - pane.bar_lines * step_px + pane.gap_px) // 2
        offset = pane.margin_px
        for tile in tiles:
            if tile.element.slot is Slot.BAR_START:
                width = tile.element.width_px
                above_px = self.y + rim_px + (pane.bar_lines - 1) * step_px
                self._put(tile, look, Rect(offset, above_px, width, pane.px(TARGET_MM)))
                offset += width + pane.gap_px
            else:
                box = self._place_of_help(tile.element.id, pane, int(self.y) + rim_px)
                self._put(tile, look, box)

    def _put(self, tile: Tile, look: Look, box: Rect) -> None:
        x = self.width - box.x - box.width if look.right_to_left else box.x
        tile.size, tile.pos = (box.width, box.height), (x, box.y)

    def _place_of_help(self, name: str, pane: Pane, y: int) -> Rect:
        """At the end of the bar; in a line of their own they share the width."""
        helps, height = helps_of(pane), pane.px(TARGET_MM)
        count, place, width = len(helps), helps.index(name), height
        if pane.bar_lines > 1:
            width = (pane.inner_px - (count - 1) * pane.gap_px) // count
        after_px = (count - place) * (width + pane.gap_px) - pane.gap_px
        return Rect(int(self.width) - pane.margin_px - after_px, y, width, height)


class Titles(Group):
    """Short texts one after the other, each in a line of its own where they do not fit into one."""

    natural_tiles = True

    def clear(self) -> None:
        """No line at all."""
        super().clear()
        self.height = 0

    def place(self, tiles: list[Tile], look: Look) -> None:
        """Beside each other if there is room; the line's own height follows."""
        space_px = round(0.35 * look.pane.em_px(STRONG))
        widths = [
            width_of(tile.element.text, look.letters(tile.layouts[0].kind)) + 1 for tile in tiles
        ]
        if sum(widths) + space_px * (len(tiles) - 1) > self.width:
            self._below_each_other(tiles)
            return
        offset = 0
        for tile, width in zip(tiles, widths, strict=True):
            tile.width = width
            x = self.right - offset - width if look.right_to_left else self.x + offset
            tile.pos = (x, self.y)
            offset += width + space_px
        self.height = max(tile.height for tile in tiles)

    def _below_each_other(self, tiles: list[Tile]) -> None:
        for tile in tiles:
            tile.width = self.width
        self.height = sum(tile.height for tile in tiles)
        top = self.top
        for tile in tiles:
            tile.pos = (self.x, top - tile.height)
            top -= tile.height


class SideColumn(Stack):
    """A stack, with a column of its own where reading ends."""

    def place(self, tiles: list[Tile], look: Look) -> None:
        """Both in the middle of the height."""
        pane = look.pane
        side = [tile for tile in tiles if tile.element.slot is Slot.SIDE]
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
