"""A tile: picture and text on a surface. Everything on the glass is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kivy.clock import Clock
from kivy.graphics import Color, Rectangle, SmoothRoundedRectangle
from kivy.properties import BooleanProperty, ObjectProperty
from kivy.uix.widget import Widget

from kiosk.drawing.line_breaking import rim_px
from kiosk.touch.drawing.widgets.colours import FRAMED, tile_colours
from kiosk.touch.drawing.widgets.textures import (
    code_texture,
    emblem_texture,
    icon_texture,
    surface_texture,
    text_texture,
)
from kiosk.touch.layout.theme import CONTRAST, FOCUS_MM, OUTLINE_MM, RADIUS_MM, TARGET_MM, rgba
from kiosk.touch.layout.tile_composition import (
    Composition,
    Rect,
    TileContent,
    centred_ink,
    compose,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kivy.graphics.texture import Texture

    from kiosk.drawing.line_breaking import Block
    from kiosk.touch.drawing.widgets.colours import TileColours
    from kiosk.touch.layout.tile_composition import Look, TileLayout
    from kiosk.touch.layout.view import Element

CORNER_SEGMENTS = 10
"""Of a quarter circle: off by a tenth of a pixel at most. Kivy's 30 cost the glass 5 MiB."""

MOVED = {"clock": "clock-moved"}
"""The second picture of those that move."""

WITHIN_OUTLINE_MM = 0.5

_RING, _RIM = 1.8, 0.8  # of the width of a focus ring: how far it and the ground within stand out


_AS_IT_IS = "#FFFFFF"
"""Multiplied with a picture's own colours."""


class Tile(Widget):
    """Shows one element. A `natural` tile is as high as its content.

    What can be tapped is at least as high as a finger needs. Its canvas is drawn anew as a whole:
    rules of the kv language would bind 33 handlers for each tile, and draw what is invisible.
    """

    size: tuple[float, float]  # Kivy's own
    height: int

    element: Element = ObjectProperty()
    look: Look = ObjectProperty()
    layouts: Sequence[TileLayout] = ObjectProperty(())
    natural = BooleanProperty(defaultvalue=False)
    pressed = BooleanProperty(defaultvalue=False)
    focused = BooleanProperty(defaultvalue=False)
    moved = BooleanProperty(defaultvalue=False)

    composition = Composition(None, None, None, "left")

    def __init__(self, **options: object) -> None:
        super().__init__(size=(0, 0), **options)  # composed as soon as its group has placed it
        self._draw_soon = Clock.create_trigger(self._draw, -1)
        self.fbind("size", self._compose)
        for name in ("pos", "pressed", "focused", "moved"):
            self.fbind(name, self._draw_soon)

    def _compose(self, *_changed: object) -> None:
        natural_px = self._natural_px() if self.natural else self.height
        if natural_px != self.height:
            self.height = natural_px  # and here again
            return
        self.composition = self._composed(int(self.height))
        self._draw_soon()

    def _composed(self, height_px: int) -> Composition:
        element = self.element
        content = TileContent(element.text, element.has_picture, element.note)
        return compose(content, self.look, self.layouts, (int(self.width), height_px))

    def _natural_px(self) -> int:
        least_px = self.look.pane.px(TARGET_MM) if self.element.touchable else 0
        return max(self._composed(0).height_px, least_px)

    def _draw(self, *_changed: object) -> None:
        """Once a frame: until then its group may try several sizes."""
        if not self.look.drawn:
            return
        colours = tile_colours(self.element, self.look.palette, pressed=self.pressed)
        self.canvas.clear()
        with self.canvas:
            if self.focused:
                self._draw_ring()
            if self.element.style in FRAMED:
                self._draw_frame(colours)
            if self.composition.icon is not None:
                self._draw_picture(self.composition.icon, colours)
            text = self._text_box()
            if text is not None and self.composition.block is not None:
                self._draw_text(text, self.composition.block, colours)
            if self.composition.note is not None and self.composition.note_block is not None:
                self._draw_text(self.composition.note, self.composition.note_block, colours)

    def _text_box(self) -> Rect | None:
        """Where the text is drawn: of a tight tile its ink in the middle, off the outline."""
        composed, pane = self.composition, self.look.pane
        if self.element.style not in FRAMED:
            return composed.text
        return centred_ink(composed, int(self.height), pane.px(OUTLINE_MM + WITHIN_OUTLINE_MM))

    def _draw_ring(self) -> None:
        """The ring of the focus, and a rim of ground that parts it from the tile."""
        ring_px = self.look.pane.px(FOCUS_MM)
        self._draw_surface(self.look.palette.ink, _RING * ring_px)
        self._draw_surface(self.look.palette.ground, _RIM * ring_px)

    def _draw_frame(self, colours: TileColours) -> None:
        """The outline is a surface too: a smaller one lies on it."""
        self._draw_surface(colours.line, 0)
        self._draw_surface(colours.fill, -self.look.pane.px(OUTLINE_MM))

    def _draw_surface(self, colour: str, beyond_px: float) -> None:
        Color(*rgba(colour))
        SmoothRoundedRectangle(
            segments=CORNER_SEGMENTS,
            pos=(self.x - beyond_px, self.y - beyond_px),
            size=(self.width + 2 * beyond_px, self.height + 2 * beyond_px),
            radius=[self.look.pane.px(RADIUS_MM) + beyond_px],
        )

    def _draw_picture(self, box: Rect, colours: TileColours) -> None:
        element, right_to_left = self.element, self.look.right_to_left
        if element.emblem:
            plate = self.look.palette == CONTRAST
            picture = emblem_texture(element.emblem, box.width, plate=plate)
            self._draw_texture(picture, box, _AS_IT_IS)
            return
        if element.code:
            lines, skin = code_texture(element.code, box.width), surface_texture()
        else:
            icon = MOVED.get(element.icon, element.icon) if self.moved else element.icon
            lines, skin = (
                icon_texture(icon, box.width, ground=ground, right_to_left=right_to_left)
                for ground in (False, True)
            )
        self._draw_texture(skin, box, colours.skin)
        self._draw_texture(lines, box, colours.icon)

    def _draw_text(self, box: Rect, block: Block, colours: TileColours) -> None:
        rim = rim_px(block)
        wider = Rect(box.x - rim, box.y - rim, box.width + 2 * rim, box.height + 2 * rim)
        self._draw_texture(text_texture(block, self.composition.align), wider, colours.text)

    def _draw_texture(self, texture: Texture, box: Rect, colour: str) -> None:
        """`box` counts from the tile's top left, the window from its bottom left."""
        Color(*rgba(colour))
        Rectangle(
            texture=texture,
            pos=(int(self.x) + box.x, int(self.top) - box.y - box.height),
            size=(box.width, box.height),
        )
