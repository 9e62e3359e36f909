"""Root widget: the layout of the moment, the finger on it, the focus of the keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kivy.uix.floatlayout import FloatLayout

from kiosk.touch.drawing.layouts import layout_of
from kiosk.touch.drawing.spare_layouts import SpareLayouts
from kiosk.touch.drawing.widgets.page_ring import PageRing
from kiosk.touch.drawing.widgets.tile import Tile, tiles_in
from kiosk.touch.layout.theme import palette
from kiosk.touch.layout.tile_composition import Look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kivy.core.window import WindowBase
    from kivy.input.motionevent import MotionEvent

    from kiosk.touch.drawing.layouts import ScreenLayout
    from kiosk.touch.layout.theme import Pane
    from kiosk.touch.layout.view import View


class Glass(FloatLayout):
    """Shows views and tells of taps: `tapped(id or None, x, y)` when a finger has left the pane.

    A tap counts where the finger came down and left again; slid off, it counts nowhere. One finger
    counts at a time, a second one is not there.
    """

    def __init__(
        self,
        pane: Pane,
        colours: Mapping[str, str],
        tapped: Callable[[str | None, float, float], None],
    ) -> None:
        super().__init__()
        self.pane = pane
        self.view: View | None = None
        self.look: Look | None = None
        self.focused: str | None = None
        self.drawn = True
        """Off where views are only laid out, to be measured."""
        self.frames = 0
        """How many the window has shown: Kivy shows none while nothing changes."""
        self.explored = False
        """With the voice on a finger only explores: it does not take the focus away."""
        self._colours, self._tapped = colours, tapped
        self._layout: ScreenLayout | None = None
        self.spares = SpareLayouts()
        self._page_ring = PageRing(self)
        self._moved = False
        self._finger: object = None
        self._under_finger: Tile | None = None

    def show(self, view: View) -> None:
        look = self.look_of(view)
        layout = layout_of(view.screen)
        if self._layout is not None and type(self._layout) is layout and look == self.look:
            self._layout.view = view
        else:
            self.clear_widgets()
            self._layout = self.spares.take(view, look) or layout(view=view, look=look)
            self.add_widget(self._layout)
        self.view, self.look, self._under_finger = view, look, None

    def look_of(self, view: View) -> Look:
        """How its tiles look."""
        pane = replace(self.pane, large_text=view.large_text)
        return Look(pane, palette(view.theme, self._colours), view.right_to_left, self.drawn)

    def focus(self, name: str | None) -> None:
        """Show where the keys are."""
        self.focused = name
        for tile in self.tiles():
            tile.focused = tile.element.id == name
        self._page_ring.show(self.look, on=bool(name) and self.tile(str(name)) is None)

    def move(self, *, moved: bool) -> None:
        """Show the second picture of what moves, or the first."""
        if moved != self._moved:
            self._moved = moved
            for tile in self.tiles():
                tile.moved = moved

    def count_frame(self, _window: WindowBase) -> None:
        """The window has shown one."""
        self.frames += 1

    @property
    def touched(self) -> bool:
        """Whether a finger is down."""
        return self._finger is not None

    def tiles(self) -> Iterator[Tile]:
        """All tiles, in the order of reading."""
        found = {tile.element.id: tile for tile in tiles_in(self)}
        for element in self.view.elements if self.view else ():
            if element.id in found:
                yield found[element.id]

    def tile(self, name: str) -> Tile | None:
        """The tile of that element, if it is on the glass."""
        return next((tile for tile in self.tiles() if tile.element.id == name), None)

    def name_at(self, x: float, y: float) -> str | None:
        """The element under a point, also one that cannot be tapped."""
        under = (tile for tile in self.tiles() if tile.collide_point(x, y))
        return next((tile.element.id for tile in under), None)

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """A finger comes down: what is under it answers at once."""
        if self._finger is None:
            self._finger = touch.uid
            self._under_finger = self._touchable_at(*touch.pos)
            if not self.explored:
                self.focus(None)
            self._press(touch)
        return True

    def on_touch_move(self, touch: MotionEvent) -> bool:
        """It slides: off the tile and back again."""
        if touch.uid == self._finger:
            self._press(touch)
        return True

    def on_touch_up(self, touch: MotionEvent) -> bool:
        if touch.uid != self._finger:
            return True
        tile, self._finger, self._under_finger = self._under_finger, None, None
        if tile is None:
            self._tapped(None, *touch.pos)
            return True
        if tile.collide_point(*touch.pos) and tile.get_root_window():
            self._tapped(tile.element.id, *touch.pos)
        if tile.get_root_window():  # else it need not be drawn any more
            tile.pressed = False
        return True

    def _press(self, touch: MotionEvent) -> None:
        if self._under_finger:
            self._under_finger.pressed = self._under_finger.collide_point(*touch.pos)

    def _touchable_at(self, x: float, y: float) -> Tile | None:
        touchable = (tile for tile in self.tiles() if tile.element.touchable)
        return next((tile for tile in touchable if tile.collide_point(x, y)), None)
