"""A tile: picture and text on a surface. Everything on the glass is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kivy.clock import Clock
from kivy.graphics import Color, Rectangle, SmoothRoundedRectangle
from kivy.properties import BooleanProperty, ObjectProperty
from kivy.uix.widget import Widget

from kiosk.drawing.icons import has_ground
from kiosk.drawing.line_breaking import rim_px
from kiosk.touch.drawing.widgets.colours import FRAMED, tile_colours
from kiosk.touch.drawing.widgets.pictures import (
    CodePicture,
    EmblemPicture,
    IconPicture,
    TextPicture,
)
from kiosk.touch.drawing.widgets.textures import texture_of
from kiosk.touch.layout.theme import CONTRAST, FOCUS_MM, OUTLINE_MM, RADIUS_MM, TARGET_MM, rgba
from kiosk.touch.layout.tile_composition import (
    Composition,
    Rect,
    TileContent,
    centred_ink,
    compose,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiosk.touch.drawing.widgets.colours import TileColours
    from kiosk.touch.drawing.widgets.pictures import Picture
    from kiosk.touch.drawing.widgets.textures import InkTexture
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

_EMPTY = Composition(None, None, None, "left")


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

    def __init__(self, **options: object) -> None:
        super().__init__(size=(0, 0), **options)  # composed as soon as its group has placed it
        self._composition: Composition | None = None
        self._natural = (0, 0)
        self._draw_soon = Clock.create_trigger(self._draw, -1)
        self.fbind("size", self._resized)
        for name in ("pos", "pressed", "focused", "moved"):
            self.fbind(name, self._draw_soon)

    @property
    def composition(self) -> Composition:
        """Of the present size; worked out when it is needed, for a group may try several sizes."""
        if self._composition is None:
            size_px = int(self.width), int(self.height)
            self._composition = self._composed(size_px[1]) if size_px != (0, 0) else _EMPTY
        return self._composition

    def pictures(self) -> Iterator[tuple[Picture, Rect, str]]:
        """What lies on the surface: each picture, its box from the top left, and its colour."""
        colours = tile_colours(self.element, self.look.palette, pressed=self.pressed)
        composed = self.composition
        if composed.icon is not None:
            yield from self._pictograms(composed.icon, colours)
        texts = ((self._text_box(), composed.block), (composed.note, composed.note_block))
        for box, block in texts:
            if box is not None and block is not None:
                rim = rim_px(block)
                wider = Rect(box.x - rim, box.y - rim, box.width + 2 * rim, box.height + 2 * rim)
                yield TextPicture(block, composed.align), wider, colours.text

    def _resized(self, *_changed: object) -> None:
        self._composition = None
        natural_px = self._natural_px() if self.natural else self.height
        if natural_px != self.height:
            self.height = natural_px  # and here again
            return
        self._draw_soon()

    def _composed(self, height_px: int) -> Composition:
        element = self.element
        content = TileContent(element.text, element.has_picture, element.note)
        return compose(content, self.look, self.layouts, (int(self.width), height_px))

    def _natural_px(self) -> int:
        width_px, natural_px = self._natural
        if width_px != int(self.width):
            least_px = self.look.pane.px(TARGET_MM) if self.element.touchable else 0
            natural_px = max(self._composed(0).height_px, least_px)
            self._natural = int(self.width), natural_px
        return natural_px

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
            for picture, box, colour in self.pictures():
                if isinstance(picture, CodePicture):
                    self._draw_square(box, colours.skin)
                self._draw_ink(texture_of(picture), box, colour)

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

    def _pictograms(self, box: Rect, colours: TileColours) -> Iterator[tuple[Picture, Rect, str]]:
        element, size_px = self.element, box.width
        if element.emblem:
            plate = self.look.palette == CONTRAST
            yield EmblemPicture(element.emblem, size_px, plate), box, _AS_IT_IS
        elif element.code:
            yield CodePicture(element.code, size_px), box, colours.icon
        else:
            icon = MOVED.get(element.icon, element.icon) if self.moved else element.icon
            mirrored = self.look.right_to_left
            if has_ground(icon):
                yield IconPicture(icon, size_px, mirrored, ground=True), box, colours.skin
            yield IconPicture(icon, size_px, mirrored), box, colours.icon

    def _draw_square(self, box: Rect, colour: str) -> None:
        Color(*rgba(colour))
        Rectangle(pos=self._from_bottom(box), size=(box.width, box.height))

    def _draw_ink(self, ink: InkTexture, box: Rect, colour: str) -> None:
        """Of a picture that fills the box."""
        x, y = self._from_bottom(box)
        Color(*rgba(colour))
        Rectangle(
            texture=ink.texture,
            pos=(x + ink.left_px, y + ink.bottom_px),
            size=ink.texture.size,
        )

    def _from_bottom(self, box: Rect) -> tuple[int, int]:
        """`box` counts from the tile's top left, the window from its bottom left."""
        return int(self.x) + box.x, int(self.top) - box.y - box.height


def tiles_in(widget: Widget) -> Iterator[Tile]:
    """All that lie in it, in no order."""
    for child in widget.children:
        if isinstance(child, Tile):
            yield child
        else:
            yield from tiles_in(child)
