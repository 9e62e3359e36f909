"""Spare layouts: screens laid out and drawn beside the window, while the glass rests.

When a screen like one of them comes, it is taken, and only what differs is laid out and drawn: what
is equal is found by what it shows, so that nothing old can be on the glass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kiosk.touch.drawing.layouts import layout_of

if TYPE_CHECKING:
    from kiosk.touch.drawing.layouts import ScreenLayout
    from kiosk.touch.layout.tile_composition import Look
    from kiosk.touch.layout.view import View

MOST_SPARES = 2
"""Each takes the room of a screen: a number with a button for what to bring, and one without."""


class _Kind(NamedTuple):
    """What nearly all tiles of a screen depend on."""

    layout: type[ScreenLayout]
    look: Look
    language: str
    buttons: tuple[str, ...]


class SpareLayouts:
    """A few of one look and language."""

    def __init__(self) -> None:
        self._kept: list[tuple[_Kind, ScreenLayout]] = []

    def has(self, view: View, look: Look) -> bool:
        """Whether there is one with the same buttons."""
        kind = _kind(view, look)
        return any(each == kind for each, _ in self._kept)

    def keep(self, view: View, look: Look) -> None:
        """Make one that shows this view, in place of those of another look or language."""
        kind = _kind(view, look)
        alike = [kept for kept in self._kept if kept[0][1:3] == kind[1:3] and kept[0] != kind]
        spare = kind.layout(view=view, look=look)
        spare.size = (look.pane.width_px, look.pane.height_px)
        self._kept = [*alike[1 - MOST_SPARES :], (kind, spare)]

    def take(self, view: View, look: Look) -> ScreenLayout | None:
        """The one that has most in common with the view, which it shows from now on."""
        wanted, shown = (layout_of(view.screen), look), set(view.elements)
        common = [
            len(shown.intersection(spare.view.elements)) if kind[:2] == wanted else 0
            for kind, spare in self._kept
        ]
        if not any(common):
            return None
        _, spare = self._kept.pop(common.index(max(common)))
        spare.view = view
        return spare


def _kind(view: View, look: Look) -> _Kind:
    return _Kind(layout_of(view.screen), look, view.language, view.focus_order)
