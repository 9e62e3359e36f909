"""Colours of an element, at rest and under a finger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.touch.layout.view import Style

if TYPE_CHECKING:
    from kiosk.touch.layout.theme import Palette
    from kiosk.touch.layout.view import Element

ON = "on"
"""The state of a switch that fills its surface: a tick alone looked too much like none."""

FRAMED = (Style.FILLED, Style.OUTLINED, Style.CARD, Style.SPENT, Style.SMILEY)


@dataclass(frozen=True, slots=True)
class TileColours:
    """Colours as `#RRGGBB`: surface, outline, text, picture, and what lies under the picture."""

    fill: str
    line: str
    text: str
    icon: str
    skin: str


def tile_colours(element: Element, palette: Palette, *, pressed: bool = False) -> TileColours:
    if element.style in FRAMED:
        return _framed(element, palette, pressed=pressed)
    if element.style is Style.CODE:  # scanners want it so in every theme
        return TileColours(palette.ground, palette.ground, palette.ink, "#000000", "#FFFFFF")
    return _plain(element, palette)


def _framed(element: Element, palette: Palette, *, pressed: bool) -> TileColours:
    match Style.FILLED if element.state == ON else element.style:
        case Style.FILLED:
            fill = palette.action_pressed if pressed else palette.action
            return TileColours(fill, fill, palette.on_action, palette.on_action, fill)
        case Style.OUTLINED:
            fill = palette.paper_pressed if pressed else palette.paper
            return TileColours(fill, palette.action, palette.action, palette.action, fill)
        case Style.CARD:
            fill = palette.paper_pressed if pressed else palette.paper
            return TileColours(fill, palette.edge, palette.ink, palette.group(element.colour), fill)
        case Style.SPENT:
            fill = palette.paper_pressed if pressed else palette.ground
            return TileColours(fill, palette.edge, palette.muted, palette.muted, fill)
    fill = palette.paper_pressed if pressed else palette.paper
    return TileColours(fill, palette.edge, palette.ink, palette.smiley_ink, _skin(element, palette))


def _plain(element: Element, palette: Palette) -> TileColours:
    """What cannot be touched stands on the ground."""
    text = {Style.MUTED: palette.muted, Style.NUMBER: palette.action}
    face = element.icon.startswith("face-")
    icon = palette.smiley_ink if face else palette.group(element.colour or "muted")
    return TileColours(
        fill=palette.ground,
        line=palette.ground,
        text=text.get(element.style, palette.ink),
        icon=icon,
        skin=_skin(element, palette) if face else palette.ground,
    )


def _skin(element: Element, palette: Palette) -> str:
    return palette.smileys[int(element.icon.removeprefix("face-")) - 1]
