"""View model of the glass as plain data: what is shown, what is said, what can be touched."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.drawing.bidi import without_isolates
from kiosk.touch.layout.fit import SINGLE, Arrangement

if TYPE_CHECKING:
    from kiosk.touch.flow.state import Screen
    from kiosk.touch.layout.theme import Pane


class Role(StrEnum):
    """Accessibility role of an element."""

    HEADING = "heading"
    TEXT = "text"
    BUTTON = "button"


class Style(StrEnum):
    """How an element looks; `tile_colours` gives the colours, the slot says where it stands."""

    HEADING = "heading"
    TITLE = "title"
    BODY = "body"
    STRONG = "strong"
    MUTED = "muted"
    NUMBER = "number"
    FILLED = "filled"
    OUTLINED = "outlined"
    CARD = "card"
    SPENT = "spent"
    SMILEY = "smiley"
    PICTURE = "picture"
    TYPED = "typed"
    CODE = "code"


class Slot(StrEnum):
    """Slot of a layout in which an element stands; what is only spoken stands nowhere."""

    SPOKEN = "spoken"
    EMBLEM = "emblem"
    BRAND = "brand"
    BRAND_END = "brand_end"
    TOP = "top"
    MAIN = "main"
    LEAD = "lead"
    CELL = "cell"
    SECOND = "second"
    SIDE = "side"
    KEY = "key"
    CHOICE = "choice"
    NOTE = "note"
    BAR_START = "bar_start"
    BAR_END = "bar_end"


def helps_of(pane: Pane) -> tuple[str, ...]:
    """The buttons at the end of the bar, each at its place, also while another is missing."""
    text_size = ("text_size",) if pane.has_text_size else ()
    return ("language", "listen", "contrast", *text_size)


@dataclass(frozen=True, slots=True)
class Element:
    """One thing on the glass. `say` is for speech; `colour` is a topic group's colour name.

    `note` stands below the text in regular letters. `code` is the content of a QR code,
    `emblem` an SVG picture in its own colours. Large text leaves `usual_letters` as they are;
    `left_to_right` holds for names and numbers in any language.
    """

    id: str
    role: Role
    style: Style
    slot: Slot
    text: str = ""
    say: str = ""
    icon: str = ""
    colour: str = ""
    state: str = ""
    width_px: int = 0
    code: str = ""
    left_to_right: bool = False
    note: str = ""
    emblem: str = ""
    usual_letters: bool = False

    @property
    def has_picture(self) -> bool:
        """Whether a pictogram, a code or an emblem belongs to it."""
        return bool(self.icon or self.code or self.emblem)

    @property
    def spoken(self) -> str:
        """What speech says of it: the text, where nothing else fits better."""
        return without_isolates(self.say or self.text)

    @property
    def touchable(self) -> bool:
        """Whether it can be tapped and focused."""
        return self.role is Role.BUTTON


@dataclass(frozen=True, slots=True)
class View:
    """Everything on the glass, in the order of reading."""

    screen: Screen
    language: str
    right_to_left: bool
    theme: str
    elements: tuple[Element, ...]
    arrangement: Arrangement = SINGLE
    large_text: bool = False

    @property
    def direction(self) -> str:
        """As the inspection socket says it."""
        return "rtl" if self.right_to_left else "ltr"

    def at(self, *slots: Slot) -> tuple[Element, ...]:
        """The elements in these slots."""
        return tuple(element for element in self.elements if element.slot in slots)

    def element(self, name: str) -> Element | None:
        return next((element for element in self.elements if element.id == name), None)

    @property
    def focus_order(self) -> tuple[str, ...]:
        return tuple(element.id for element in self.elements if element.touchable)
