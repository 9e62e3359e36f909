"""Offscreen drawing: the pictures of a view that may come next, piece by piece, on no window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.touch.drawing.layouts import layout_of
from kiosk.touch.drawing.widgets.pictures import CodePicture, TextPicture
from kiosk.touch.drawing.widgets.textures import prerender
from kiosk.touch.drawing.widgets.tile import tiles_in
from kiosk.touch.flow.state import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.touch.drawing.glass import Glass
    from kiosk.touch.drawing.layouts import ScreenLayout
    from kiosk.touch.drawing.widgets.pictures import Picture
    from kiosk.touch.layout.view import View


class OffscreenDrawing:
    """Lays views out beside the glass. Only their pictures and the breaks of their lines stay."""

    def __init__(self, glass: Glass) -> None:
        self._glass = glass
        self._layout: ScreenLayout | None = None

    def pieces(self, view: View, never_drawn: str) -> Iterator[None]:
        """Draw what the view shows, but for texts with these letters, numbers and codes.

        Between two pieces everything else may happen, and a frame must.
        """
        yield from self._lay_out(view)
        for tile in tiles_in(self._layout) if self._layout else ():
            for picture, _, _ in tile.pictures():
                if _is_common(picture, view, never_drawn) and prerender(picture):
                    yield

    def is_spare(self, view: View) -> bool:
        """Whether a screen like it is laid out and drawn."""
        return self._glass.spares.has(view, self._glass.look_of(view))

    def keep_spare(self, view: View) -> Iterator[None]:
        """Lay it out and draw it, for when a screen like it comes."""
        self._glass.spares.keep(view, self._glass.look_of(view))
        yield

    def end(self) -> None:
        """Keep no layout."""
        self._layout = None

    def _lay_out(self, view: View) -> Iterator[None]:
        look = replace(self._glass.look_of(view), drawn=False)
        layout, known = layout_of(view.screen), self._layout
        if known is not None and type(known) is layout and known.look == look:
            known.view = view
        else:
            self._layout = layout(view=view, look=look)
            self._layout.size = (look.pane.width_px, look.pane.height_px)
        yield


def _is_common(picture: Picture, view: View, never_drawn: str) -> bool:
    """Whether all citizens see the same: the codes of addresses, and not those of numbers."""
    if isinstance(picture, TextPicture):
        return never_drawn not in " ".join(picture.block.lines)
    return not (isinstance(picture, CodePicture) and view.screen is Screen.NUMBER)
