"""Which colours an element has, at rest and under a finger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.touch.view import Style

if TYPE_CHECKING:
    from kiosk.touch.theme import Palette
    from kiosk.touch.view import Element


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours as `#RRGGBB`: surface, outline, text, picture, and the skin of a smiley."""

    fill: str
    line: str
    text: str
    icon: str
    skin: str


def paint(element: Element, palette: Palette, *, pressed: bool = False) -> Paint:
    """The colours of one element."""
    icon = palette.group(element.colour) if element.colour else ""
    skin = _skin(element, palette)
    match element.style:
        case Style.FILLED:
            fill = palette.action_pressed if pressed else palette.action
            return Paint(fill, fill, palette.on_action, palette.on_action, skin)
        case Style.OUTLINED:
            fill = palette.paper_pressed if pressed else palette.paper
            return Paint(fill, palette.action, palette.action, palette.action, skin)
        case Style.CARD:
            fill = palette.paper_pressed if pressed else palette.paper
            return Paint(fill, palette.line, palette.ink, icon or palette.ink, skin)
        case Style.SMILEY:
            fill = palette.paper_pressed if pressed else palette.ground
            return Paint(fill, fill, palette.ink, palette.smiley_ink, skin)
    text = {Style.MUTED: palette.muted, Style.NUMBER: palette.action}.get(
        element.style, palette.ink
    )
    line = palette.smiley_ink if element.icon.startswith("face-") else icon or palette.muted
    return Paint(palette.ground, palette.ground, text, line, skin)


def _skin(element: Element, palette: Palette) -> str:
    if not element.icon.startswith("face-"):
        return palette.ground
    return palette.smileys[int(element.icon.removeprefix("face-")) - 1]
