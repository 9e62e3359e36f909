"""How each kind of element is set: sizes of letters, room around, picture beside or above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.touch.arrange import (
    BAR_ICON_MM,
    BAR_SIDE_MM,
    BAR_SPACE_MM,
    HEADING_ICON_MM,
    HEADING_SPACE_MM,
    Arrangement,
    Density,
)
from kiosk.touch.compose import Setting
from kiosk.touch.theme import BODY, HEADING, NUMBERS, STRONG, TITLE
from kiosk.touch.view import Place, Style

if TYPE_CHECKING:
    from kiosk.touch.theme import Pane
    from kiosk.touch.view import Element

FLUSH = Density(HEADING_ICON_MM, HEADING_SPACE_MM, side_mm=0.0, above_mm=0.0)
BAR = Density(BAR_ICON_MM, BAR_SPACE_MM, BAR_SIDE_MM, above_mm=0.0)
LARGE = Density(icon_mm=22.0, space_mm=9.0, side_mm=11.0, above_mm=2.5)
LARGE_SMALL_PANE = Density(icon_mm=15.0, space_mm=4.5, side_mm=4.5, above_mm=1.0)
PICTURE = Density(icon_mm=26.0, space_mm=6.0, side_mm=0.0, above_mm=0.0)
PICTURE_SMALL_PANE = Density(icon_mm=18.0, space_mm=4.0, side_mm=0.0, above_mm=0.0)

_KINDS = {
    Style.HEADING: (HEADING,),
    Style.BODY: (BODY,),
    Style.STRONG: (STRONG,),
    Style.MUTED: (BODY,),
    Style.NUMBER: NUMBERS,
    Style.PICTURE: (HEADING, STRONG),
}


def setting(element: Element, pane: Pane, arrangement: Arrangement) -> Setting:
    """The setting of an element on that pane; the arrangement is that of its screen's choices."""
    if element.place in {Place.BAR_START, Place.BAR_END}:
        return Setting((STRONG,), BAR, align="center")
    if element.style is Style.PICTURE:
        density = PICTURE_SMALL_PANE if pane.small else PICTURE
        return Setting(_KINDS[Style.PICTURE], density, stacked=pane.upright)
    if element.style in _KINDS:
        return Setting(_KINDS[element.style], FLUSH)
    if element.place is Place.MAIN:
        density = LARGE_SMALL_PANE if pane.small else LARGE
        return Setting((TITLE, HEADING, STRONG), density, stacked=pane.upright)
    centred = not element.icon and element.id.partition(".")[0] in {"language", "still_there"}
    align = "center" if centred else "start"
    return Setting((STRONG,), arrangement.density, arrangement.stacked, align=align)
