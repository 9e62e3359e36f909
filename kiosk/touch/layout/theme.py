"""Sizes in millimetres, turned into pixels by the panel, and the two sets of colours."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.domain.colour import channels
from kiosk.drawing.line_breaking import LINE_PITCH

if TYPE_CHECKING:
    from collections.abc import Mapping

USUAL_MM_PER_PX = {
    **dict.fromkeys([(1280, 800), (800, 1280)], 0.170),
    **dict.fromkeys([(800, 480), (480, 800)], 0.194),
    **dict.fromkeys([(720, 1280), (1280, 720)], 0.122),
    (1024, 600): 0.151,
    (1920, 1080): 0.180,
}
"""Pixel pitch of the panels in use, from 7" to 15.6". Any other is taken for 0.170."""

TARGET_MM = 20.0  # Colle and Hiszem 2004: standing people gain nothing beyond 20 mm
GAP_MM = 2.5
MARGIN_MM = 7.0
RADIUS_MM = 3.0
OUTLINE_MM = 0.45
FOCUS_MM = 1.2
WIDE_MM = 300.0
SMALL_MM = 130.0  # a pane with a side below this holds its things closer together


@dataclass(frozen=True, slots=True)
class Type:
    """A size of letters (em, in mm), their weight, and the way from line to line in em."""

    em_mm: float
    bold: bool
    pitch: float = LINE_PITCH


BODY = Type(8.6, bold=False)  # an H of 6.14 mm: EN 301 549, 5.1.4, read from half a metre
STRONG = Type(8.6, bold=True)
HEADING = Type(11.0, bold=True)
TITLE = Type(14.0, bold=True)
NUMBERS = tuple(Type(em_mm, bold=True, pitch=0.8) for em_mm in (42.0, 36.0, 30.0, 26.0, 24.0))
"""A ticket number: 42 mm, or what an upright pane is wide enough for. Nothing hangs below it."""

WIDE_TYPE_SCALE = 1.2
"""On a wide pane people stand further away."""

LARGE_TEXT_SCALE = 1.4
"""Of the letters that the help for large text shows."""

DISPLAY = Type(22.0, bold=True, pitch=1.6)
"""The words of the main button, where a wide pane has room for them."""

LARGEST_NUMBER = replace(NUMBERS[0], em_mm=65.0)
"""78 mm on a wide pane."""


TYPED = (replace(TITLE, pitch=1.0), replace(HEADING, pitch=1.27), replace(STRONG, pitch=1.65))
"""The digits of a code that is being typed: their line is as high in every size."""

LEFT_TO_RIGHT = (LARGEST_NUMBER, *NUMBERS, *TYPED)


@dataclass(frozen=True, slots=True)
class Pane:
    """The panel: how many pixels, and how large one is."""

    width_px: int
    height_px: int
    mm_per_px: float
    large_text: bool = False

    @classmethod
    def of(cls, width_px: int, height_px: int, mm_per_px: float = 0.0) -> Pane:
        """The pane of that size; 0 stands for the pitch that panels of this size usually have."""
        usual = USUAL_MM_PER_PX.get((width_px, height_px), 0.170)
        return cls(width_px, height_px, mm_per_px or usual)

    def px(self, mm: float) -> int:
        """Millimetres in whole pixels, rounded up: nothing gets smaller than it was asked for."""
        return math.ceil(mm / self.mm_per_px - 1e-6)

    @property
    def small(self) -> bool:
        """Whether things must stand closer together."""
        return min(self.width_px, self.height_px) * self.mm_per_px < SMALL_MM

    @property
    def has_text_size(self) -> bool:
        """Whether there is room for larger letters, and in the bar for their button."""
        return not self.small

    @property
    def wide(self) -> bool:
        """Whether it is as large as one of 15.6", lying."""
        return self.width_px * self.mm_per_px > WIDE_MM

    def em_px(self, kind: Type) -> int:
        """The size of letters of that type."""
        scale = WIDE_TYPE_SCALE if self.wide else 1.0
        if self.large_text and kind not in LEFT_TO_RIGHT:
            scale *= LARGE_TEXT_SCALE
        return self.px(kind.em_mm * scale)

    @property
    def numbers(self) -> tuple[Type, ...]:
        """The sizes of a ticket number, the largest first."""
        return (LARGEST_NUMBER, *NUMBERS) if self.wide else NUMBERS

    @property
    def upright(self) -> bool:
        """Whether the pane is taller than wide."""
        return self.height_px > self.width_px

    @property
    def margin_px(self) -> int:
        """Left and right of everything."""
        if self.small:
            return self.px(4.5 if self.upright else 5.0)
        return self.px(12.0 if self.wide else MARGIN_MM)

    @property
    def top_px(self) -> int:
        """Above the first line."""
        return self.px(2.5 if self.small else 5.0)

    @property
    def bottom_px(self) -> int:
        """Between the last thing and the bar."""
        return self.px(1.0 if self.small else 4.0)

    @property
    def inner_px(self) -> int:
        """The width between the margins."""
        return self.width_px - 2 * self.margin_px

    @property
    def gap_px(self) -> int:
        """Between two things that can be touched."""
        return self.px(GAP_MM)

    @property
    def bar_lines(self) -> int:
        """An upright pane has no room for what leaves the screen beside the helps."""
        return 2 if self.upright else 1

    @property
    def bar_px(self) -> int:
        """The height of the bar at the bottom."""
        rim_mm = 1.5 if self.small else GAP_MM
        lines_px = self.bar_lines * (self.px(TARGET_MM) + self.gap_px) - self.gap_px
        return lines_px + 2 * self.px(rim_mm)

    @property
    def names(self) -> int:
        """How many languages are named on the first screen at most."""
        if self.small:
            return 2
        return 4 if self.wide else 3


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#RRGGBB`; the light ones are tokens of KERN, the design system of offices."""

    ink: str
    muted: str
    line: str
    edge: str
    ground: str
    paper: str
    action: str
    action_pressed: str
    on_action: str
    paper_pressed: str
    groups: Mapping[str, str]
    smileys: tuple[str, str, str, str, str]
    smiley_ink: str = "#1D2034"

    def group(self, colour: str) -> str:
        """A topic group's colour by its name; ink for a name that this palette does not know."""
        return self.groups.get(colour, self.ink)


_SMILEYS = ("#D33C30", "#DA7E1E", "#CEAA3E", "#7BA944", "#2E9848")
"""From the worst to the best."""

LIGHT = Palette(
    ink="#1D2034",
    muted="#454B6B",
    line="#CDD0DE",
    edge="#7C82A3",
    ground="#F8F9FC",
    paper="#FFFFFF",
    action="#2044AA",
    action_pressed="#14296B",
    on_action="#FFFFFF",
    paper_pressed="#DCE3F5",
    groups={
        "action": "#2044AA",
        "green": "#005916",
        "red": "#9E0000",
        "violet": "#701794",
        "teal": "#00536E",
        "orange": "#734000",
        "muted": "#454B6B",
    },
    smileys=_SMILEYS,
)

CONTRAST = Palette(
    ink="#FFFFFF",
    muted="#FFFFFF",
    line="#FFFFFF",
    edge="#FFFFFF",
    ground="#000000",
    paper="#000000",
    action="#FFE000",
    action_pressed="#C7AF00",
    on_action="#000000",
    paper_pressed="#4A4A4A",
    groups={},
    smileys=_SMILEYS,
    smiley_ink="#000000",
)

PALETTES = {"light": LIGHT, "contrast": CONTRAST}


def palette(theme: str, colours: Mapping[str, str]) -> Palette:
    """The colours of a theme, with the operator's own action colour in the light one."""
    chosen = PALETTES[theme]
    own = colours.get("action")
    if theme != "light" or own is None:
        return chosen
    groups = {**chosen.groups, "action": own}
    return replace(chosen, action=own, action_pressed=darker(own), groups=groups)


def darker(colour: str) -> str:
    """The colour of a filled thing while a finger is on it."""
    return "#" + "".join(f"{round(share * 255 * 0.62):02X}" for share in channels(colour))


def rgba(colour: str) -> tuple[float, float, float, float]:
    """A colour as Kivy wants it."""
    return (*channels(colour), 1.0)
