"""Tile layouts of each kind of element: sizes of letters, room around, picture beside or above.

What is tried first comes first; see `compose`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.touch.layout.fit import (
    BAR_ICON_MM,
    BAR_LEAST_SIDE_MM,
    BAR_SPACE_MM,
    HEADING_ICON_MM,
    HEADING_SPACE_MM,
    TIGHT,
    Arrangement,
    Density,
)
from kiosk.touch.layout.theme import (
    BODY,
    DISPLAY,
    HEADING,
    LARGE_TEXT_SCALE,
    LEFT_TO_RIGHT,
    STRONG,
    TITLE,
    TYPED,
)
from kiosk.touch.layout.tile_composition import TileLayout
from kiosk.touch.layout.view import Slot, Style

if TYPE_CHECKING:
    from kiosk.touch.layout.theme import Pane, Type
    from kiosk.touch.layout.view import Element

EMBLEM_MM, BESIDE_EMBLEM_MM = 19.0, 4.0
FLUSH = Density(HEADING_ICON_MM, HEADING_SPACE_MM, side_mm=0.0, above_mm=0.0)
BAR = Density(BAR_ICON_MM, BAR_SPACE_MM, BAR_LEAST_SIDE_MM, above_mm=0.0)
LARGE = Density(icon_mm=24.0, space_mm=9.0, side_mm=10.0, above_mm=2.5)
LARGE_SMALL_PANE = Density(icon_mm=15.0, space_mm=4.5, side_mm=4.5, above_mm=1.0)
LARGE_WIDE_PANE = Density(icon_mm=36.0, space_mm=14.0, side_mm=16.0, above_mm=2.5)
EMBLEM = Density(icon_mm=EMBLEM_MM, space_mm=0.0, side_mm=0.0, above_mm=0.0)
KEY = Density(icon_mm=12.0, space_mm=0.0, side_mm=2.0, above_mm=0.5)
LINE = Density(icon_mm=8.5, space_mm=3.0, side_mm=0.0, above_mm=0.0)
ABOVE = Density(icon_mm=13.0, space_mm=3.0, side_mm=2.0, above_mm=2.5)
LINK = Density(icon_mm=32.0, space_mm=1.0, side_mm=0.0, above_mm=0.0)
LINK_WIDE_PANE = Density(icon_mm=46.0, space_mm=3.0, side_mm=0.0, above_mm=0.0)
"""The code of a link: coarser than a contact card's."""

PICTURE = Density(icon_mm=28.0, space_mm=7.0, side_mm=0.0, above_mm=0.0)
PICTURE_SMALL_PANE = Density(icon_mm=18.0, space_mm=4.0, side_mm=0.0, above_mm=0.0)

_PLAIN = {
    Style.TITLE: (TITLE, HEADING),
    Style.HEADING: (HEADING,),
    Style.BODY: (BODY,),
    Style.STRONG: (STRONG,),
    Style.MUTED: (BODY,),
    Style.TYPED: TYPED,
}


def side_mm(pane: Pane) -> float:
    """The width of the column in which a QR code stands."""
    if pane.small:
        return 40.0
    return 78.0 if pane.wide else 62.0


def main_density(pane: Pane) -> Density:
    """The inside of a button over the whole width."""
    if pane.small:
        return LARGE_SMALL_PANE
    return LARGE_WIDE_PANE if pane.wide else LARGE


def code_density(pane: Pane) -> Density:
    """A QR code: large enough that its modules have half a millimetre."""
    return Density(icon_mm=40.0 if pane.small else 50.0, space_mm=2.0, side_mm=0.0, above_mm=0.0)


def tile_layouts(element: Element, pane: Pane, arrangement: Arrangement) -> tuple[TileLayout, ...]:
    """The layouts for an element on that pane; the arrangement is that of its screen's choices."""
    layouts = _by_place(element, pane, arrangement)
    if pane.large_text:  # a word that has no room in large letters has its usual ones
        usual = tuple(replace(way, kind=_usual(way.kind)) for way in layouts)
        layouts = usual if element.usual_letters else (*layouts, *usual)
    if element.left_to_right:
        layouts = tuple(replace(way, left_to_right=True) for way in layouts)
    return layouts


def _by_place(element: Element, pane: Pane, arrangement: Arrangement) -> tuple[TileLayout, ...]:
    match element.slot:
        case Slot.BAR_START | Slot.BAR_END:
            kind = STRONG if element.style is Style.FILLED else BODY
            return (TileLayout(kind, BAR, align="center"),)
        case _ if layouts := _by_style(element, pane):
            return layouts
        case Slot.MAIN:
            return _large(pane)
        case Slot.SECOND | Slot.SIDE:
            return (_second(element, arrangement),)
        case Slot.KEY:
            return tuple(TileLayout(kind, KEY, align="center") for kind in (TITLE, HEADING, STRONG))
    return _card(element, arrangement)


def _by_style(element: Element, pane: Pane) -> tuple[TileLayout, ...]:
    """Layouts that hold for a style wherever it stands; nothing for other styles."""
    match element.style:
        case Style.PICTURE:
            return (TileLayout(STRONG, EMBLEM),) if element.emblem else _picture(pane)
        case Style.CODE:
            return (_code(element, pane),)
        case (Style.BODY | Style.STRONG) as style if element.slot is Slot.NOTE and element.icon:
            return (TileLayout(BODY if style is Style.BODY else STRONG, LINE),)
        case style if style in {Style.NUMBER, *_PLAIN}:
            kinds = pane.numbers if style is Style.NUMBER else _PLAIN[style]
            return tuple(TileLayout(kind, FLUSH) for kind in kinds)
    return ()


def _usual(kind: Type) -> Type:
    """The type whose large letters are as large as this one's usual ones."""
    return kind if kind in LEFT_TO_RIGHT else replace(kind, em_mm=kind.em_mm / LARGE_TEXT_SCALE)


def _code(element: Element, pane: Pane) -> TileLayout:
    beside_number = element.id == "number.code" and element.text
    link = beside_number and not (pane.small or pane.upright)
    density = LINK_WIDE_PANE if pane.wide else LINK
    kind = BODY if link else STRONG
    inside = density if link else code_density(pane)
    return TileLayout(kind, inside, stacked=True, align="center", at_top=True)


def _second(element: Element, arrangement: Arrangement) -> TileLayout:
    if not element.text:  # its picture stands alone
        return TileLayout(STRONG, KEY, align="center")
    align = "center" if element.style is Style.OUTLINED else "start"
    return TileLayout(STRONG, arrangement.density, arrangement.stacked, align)


def _card(element: Element, arrangement: Arrangement) -> tuple[TileLayout, ...]:
    density, stacked = arrangement.density, arrangement.stacked
    centred = not element.icon and element.id.partition(".")[0] in {"language", "still_there"}
    if element.style is Style.SMILEY:
        return (TileLayout(BODY, density, stacked, at_top=True),)
    return (TileLayout(STRONG, density, stacked, "center" if centred else "start", at_top=True),)


def _picture(pane: Pane) -> tuple[TileLayout, ...]:
    density = PICTURE_SMALL_PANE if pane.small else PICTURE
    return tuple(TileLayout(kind, density, stacked=pane.upright) for kind in (HEADING, STRONG))


def _large(pane: Pane) -> tuple[TileLayout, ...]:
    """A button over the whole width: on an upright pane with its picture above, if that fits."""
    kinds = (TITLE, HEADING, STRONG)
    beside = [TileLayout(DISPLAY, main_density(pane))] if pane.wide else []
    beside += [TileLayout(kind, main_density(pane)) for kind in kinds]
    beside += [TileLayout(kind, LARGE_SMALL_PANE) for kind in kinds[1:]]
    above = [TileLayout(kind, ABOVE, stacked=True) for kind in kinds] if pane.upright else []
    return (*above, *beside, TileLayout(STRONG, TIGHT))
