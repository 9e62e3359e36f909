"""A tile: picture and text on a surface. Everything on the glass is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kivy.clock import Clock
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty
from kivy.uix.widget import Widget

from kiosk.drawing.line_breaking import rim_px
from kiosk.touch.drawing.widgets.colours import FRAMED, tile_colours
from kiosk.touch.drawing.widgets.textures import (
    code_texture,
    icon_texture,
    surface_texture,
    text_texture,
)
from kiosk.touch.layout.theme import FOCUS_MM, OUTLINE_MM, RADIUS_MM, TARGET_MM, rgba
from kiosk.touch.layout.tile_composition import Box, Composition, compose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.touch.layout.tile_composition import Look, TileLayout
    from kiosk.touch.layout.view import Element


class Tile(Widget):
    """Shows one element; its canvas is in tile.kv. A `natural` tile is as high as its content.

    What can be tapped is at least as high as a finger needs.
    """

    CORNER_SEGMENTS = 10
    """Of a quarter circle: off by a tenth of a pixel at most. Kivy's 30 cost the glass 5 MiB."""

    size: tuple[float, float]  # Kivy's own
    height: int

    element: Element = ObjectProperty()
    look: Look = ObjectProperty()
    layouts: Sequence[TileLayout] = ObjectProperty(())
    natural = BooleanProperty(defaultvalue=False)
    pressed = BooleanProperty(defaultvalue=False)
    focused = BooleanProperty(defaultvalue=False)

    radius_px = NumericProperty(0)
    outline_px = NumericProperty(0)
    ring_px = NumericProperty(0)
    fill_rgba = ListProperty([0, 0, 0, 0])
    line_rgba = ListProperty([0, 0, 0, 0])
    ring_rgba = ListProperty([0, 0, 0, 0])
    ground_rgba = ListProperty([0, 0, 0, 0])
    text_rgba = ListProperty([0, 0, 0, 0])
    icon_rgba = ListProperty([0, 0, 0, 0])
    skin_rgba = ListProperty([0, 0, 0, 0])
    text_texture = ObjectProperty(None, allownone=True)
    icon_texture = ObjectProperty(None, allownone=True)
    skin_texture = ObjectProperty(None, allownone=True)
    text_box = ListProperty([0, 0, 0, 0])
    icon_box = ListProperty([0, 0, 0, 0])

    composition = Composition(None, None, None, "left")

    def __init__(self, **options: object) -> None:
        super().__init__(size=(0, 0), **options)  # composed as soon as its group has placed it
        self._draw_soon = Clock.create_trigger(self._draw, -1)
        self.fbind("size", self._compose)
        self.fbind("pos", self._draw_soon)
        for name in ("pressed", "focused"):
            self.fbind(name, self._paint)
        self._paint()

    def _compose(self, *_changed: object) -> None:
        natural_px = self._natural_px() if self.natural else self.height
        if natural_px != self.height:
            self.height = natural_px  # and here again
            return
        self.composition = self._composed(int(self.height))
        self._draw_soon()

    def _draw(self, *_changed: object) -> None:
        """Once a frame: until then its group may try several sizes."""
        self._place_text(self.composition)
        self._place_picture(self.composition, self.element)

    def _composed(self, height_px: int) -> Composition:
        size_px, icon = (int(self.width), height_px), self.element.has_picture
        return compose(self.element.text, self.look, self.layouts, size_px, icon=icon)

    def _natural_px(self) -> int:
        least_px = self.look.pane.px(TARGET_MM) if self.element.touchable else 0
        return max(self._composed(0).height_px, least_px)

    def _place_text(self, composed: Composition) -> None:
        if composed.text is None or composed.block is None:
            self.text_box = [0, 0, 0, 0]
            return
        rim = rim_px(composed.block)
        self.text_texture = text_texture(composed.block, composed.align)
        x, y, width, height = self._on_glass(composed.text)
        self.text_box = [x - rim, y - rim, width + 2 * rim, height + 2 * rim]

    def _place_picture(self, composed: Composition, element: Element) -> None:
        if composed.icon is None:
            self.icon_box = [0, 0, 0, 0]
            return
        size_px, right_to_left = composed.icon.width, self.look.right_to_left
        if element.code:
            self.icon_texture = code_texture(element.code, size_px)
            self.skin_texture = surface_texture()
        else:
            self.icon_texture, self.skin_texture = (
                icon_texture(element.icon, size_px, ground=ground, right_to_left=right_to_left)
                for ground in (False, True)
            )
        self.icon_box = self._on_glass(composed.icon)

    def _on_glass(self, box: Box) -> list[float]:
        return [int(self.x) + box.x, int(self.top) - box.y - box.height, box.width, box.height]

    def _paint(self, *_changed: object) -> None:
        pane, palette = self.look.pane, self.look.palette
        colours = tile_colours(self.element, palette, pressed=self.pressed)
        framed = self.element.style in FRAMED
        self.radius_px = pane.px(RADIUS_MM)
        self.outline_px = pane.px(OUTLINE_MM) if framed else 0
        self.ring_px = pane.px(FOCUS_MM) if self.focused else 0
        self.fill_rgba = rgba(colours.fill) if framed else (0, 0, 0, 0)
        self.line_rgba = rgba(colours.line) if framed else (0, 0, 0, 0)
        self.ground_rgba = rgba(palette.ground) if self.focused else (0, 0, 0, 0)
        self.ring_rgba = rgba(palette.ink) if self.focused else (0, 0, 0, 0)
        self.text_rgba, self.icon_rgba = rgba(colours.text), rgba(colours.icon)
        self.skin_rgba = rgba(colours.skin)
