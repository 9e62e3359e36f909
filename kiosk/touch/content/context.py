"""Context of a screen's content: names, words and room, and the commonest elements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kiosk.drawing.bidi import isolated
from kiosk.drawing.line_breaking import typeset
from kiosk.settings.texts.visits import clock_time
from kiosk.touch.flow.state import Screen
from kiosk.touch.layout.fit import SINGLE, Arrangement, Room
from kiosk.touch.layout.theme import HEADING, LIGHT, STRONG, TARGET_MM
from kiosk.touch.layout.tile_composition import Look, TileContent, compose
from kiosk.touch.layout.tile_layouts import BESIDE_EMBLEM_MM, EMBLEM_MM, tile_layouts
from kiosk.touch.layout.view import Element, Role, Slot, Style, helps_of

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.domain.ids import LanguageCode
    from kiosk.domain.profile import Profile
    from kiosk.settings.texts import Texts
    from kiosk.touch.flow.machine import Flow
    from kiosk.touch.flow.state import State
    from kiosk.touch.layout.theme import Pane, Type


StandIns = Literal["none", "some", "all"]
"""How many devices of a box are played by something else."""


@dataclass(frozen=True, slots=True)
class GlassSetup:
    """What the screens draw on: the service's names and words, the flow, the pane.

    `printer` says that information sheets can be had on paper, `phone_pages` that phones can open
    the pages of tickets; `used_languages` are those that most people use, most used first.
    """

    profile: Profile
    texts: Texts
    flow: Flow
    pane: Pane
    stand_ins: StandIns = "none"
    printer: bool = False
    phone_pages: bool = False
    used_languages: tuple[LanguageCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """The elements above the bar; `more` says that another page follows, to which the bar leads."""

    elements: tuple[Element, ...]
    arrangement: Arrangement = SINGLE
    more: bool = False


@dataclass(frozen=True, slots=True)
class ScreenContext:
    """The words of one state in its language, and the room that they have."""

    setup: GlassSetup
    state: State

    def clock_time(self, at: datetime) -> str:
        """A time as the citizen's language writes it."""
        return clock_time(self.state.language, at)

    def text(self, key: str, **values: object) -> str:
        """A text in the citizen's language; names and numbers in it keep their own direction."""
        named = {
            name: self.name(value) if isinstance(value, str) else value
            for name, value in values.items()
        }
        return self.setup.texts(self.state.language, key, **named)

    def name(self, name: str) -> str:
        """A name as it stands in a sentence."""
        return isolated(name) if self.right_to_left else name

    @property
    def practice(self) -> bool:
        """Whether staff only practise now."""
        return bool(self.state.visit and self.state.visit.practice)

    @property
    def right_to_left(self) -> bool:
        """Which way the citizen reads."""
        return self.setup.texts.direction(self.state.language) == "rtl"

    def room(self, height_px: int = 0) -> Room:
        """The room between the margins."""
        pane = self.setup.pane
        return Room(pane, pane.inner_px, height_px, self.right_to_left)

    def beginning(self) -> Room:
        """Where the bar begins: what its helps leave."""
        pane = self.setup.pane
        helps_px = 0 if pane.upright else len(helps_of(pane)) * (pane.px(TARGET_MM) + pane.gap_px)
        return Room(pane, pane.inner_px - helps_px, 0, self.right_to_left)

    def below(self, heading: Element) -> Room:
        """The room that a heading leaves above the bar."""
        pane = self.setup.pane
        if heading.slot is Slot.SPOKEN:
            return self.room(self.height_px)
        kind = STRONG if heading.style is Style.STRONG else HEADING
        return self.room(self.height_px - self.lines_px(heading.text, kind) - pane.gap_px)

    def natural_px(self, element: Element, width_px: int = 0) -> int:
        """How high an element gets, between the margins or in that width."""
        pane = self.setup.pane
        look = Look(pane, LIGHT, self.right_to_left)
        layouts = tile_layouts(element, pane, SINGLE)
        size_px = (width_px or pane.inner_px, 0)
        content = TileContent(element.text, element.has_picture, element.note)
        high_px = compose(content, look, layouts, size_px).height_px
        return max(high_px, pane.px(TARGET_MM) if element.touchable else 0)

    @property
    def screen(self) -> Screen:
        """What is shown: the state's screen, or what lies over it."""
        if self.state.asking:
            return Screen.MOMENT
        over = self.state.warned and self.state.screen is not Screen.NUMBER
        return Screen.STILL_THERE if over else self.state.screen

    @property
    def height_px(self) -> int:
        """The height above the bar."""
        pane = self.setup.pane
        return pane.height_px - pane.top_px - pane.bottom_px - pane.bar_px

    def lines_px(self, text: str, kind: Type) -> int:
        """How high a text stands between the margins."""
        letters = self.room().letters(kind)
        return typeset(text, letters, self.setup.pane.inner_px).height_px

    def shortest(self, *keys: str) -> str:
        """The first of these texts that takes as few lines of a heading as any of them."""
        letters, width_px = self.room().letters(HEADING), self.setup.pane.inner_px
        texts = [self.text(key) for key in keys]
        return min(texts, key=lambda text: len(typeset(text, letters, width_px).lines))


def heading(text: str, icon: str = "", colour: str = "") -> Element:
    """What the screen is about."""
    return Element("heading", Role.HEADING, Style.HEADING, Slot.TOP, text, icon=icon, colour=colour)


def brand(context: ScreenContext) -> list[Element]:
    """Whose bus this is: the emblem, where there is one, name and operator."""
    profile, pane = context.setup.profile, context.setup.pane
    has_room = not pane.small and not pane.upright
    emblem = Element("emblem", Role.TEXT, Style.PICTURE, Slot.EMBLEM, emblem=profile.emblem)
    return [
        *([emblem] if profile.emblem and has_room else []),
        Element("service", Role.TEXT, Style.HEADING, Slot.BRAND, profile.name),
        Element("operator", Role.TEXT, Style.MUTED, Slot.BRAND, profile.operator),
    ]


def emblem_px(context: ScreenContext) -> int:
    """The width that the emblem takes before the name."""
    pane, has_emblem = context.setup.pane, bool(context.setup.profile.emblem)
    return pane.px(EMBLEM_MM + BESIDE_EMBLEM_MM) if has_emblem else 0


def spoken_heading(text: str) -> Element:
    """What the screen is about, where no room is left to write it."""
    return Element("heading", Role.HEADING, Style.HEADING, Slot.SPOKEN, text)


def button(name: str, style: Style, slot: Slot, text: str, icon: str = "") -> Element:
    """Something that can be tapped."""
    return Element(name, Role.BUTTON, style, slot, text, icon=icon)
