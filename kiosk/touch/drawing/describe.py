"""The glass as data: the tree that speech, tests and remote help read (docs: inspection socket)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kiosk.domain.soft_hyphen import without_soft_hyphens
from kiosk.drawing.bidi import without_isolates
from kiosk.touch.drawing.widgets.colours import tile_colours

if TYPE_CHECKING:
    from kiosk.touch.drawing.glass import Glass
    from kiosk.touch.drawing.widgets.tile import Tile


def describe(glass: Glass) -> dict[str, Any]:
    """What the glass shows now. Bounds in pixels from the top left."""
    view, pane = glass.view, glass.pane
    if view is None:
        return {}
    return {
        "screen": view.screen,
        "language": view.language,
        "direction": view.direction,
        "size_px": [pane.width_px, pane.height_px],
        "mm_per_px": pane.mm_per_px,
        "theme": view.theme,
        "large_text": view.large_text,
        "focused": glass.focused,
        "listening": glass.explored,
        "frames": glass.frames,
        "elements": [_element(tile, pane.height_px) for tile in glass.tiles()],
    }


def _element(tile: Tile, height_px: int) -> dict[str, Any]:
    element = tile.element
    colours = tile_colours(element, tile.look.palette, pressed=tile.pressed)
    return {
        "id": element.id,
        "role": element.role,
        "text": without_isolates(without_soft_hyphens(f"{element.text} {element.note}".strip())),
        "say": without_soft_hyphens(element.spoken),
        "bounds_px": [
            round(tile.x),
            round(height_px - tile.top),
            round(tile.width),
            round(tile.height),
        ],
        "focusable": element.touchable,
        "focused": tile.focused,
        "enabled": True,
        "state": element.state,
        "foreground": colours.text if element.text else colours.icon,
        "background": colours.fill if element.text else colours.skin,
    }
