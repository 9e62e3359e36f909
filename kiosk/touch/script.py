"""What the screens are written with: names, words and room, and the commonest elements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.touch.arrange import SINGLE, Arrangement, Room
from kiosk.touch.theme import HEADING
from kiosk.touch.typeset import typeset
from kiosk.touch.view import Element, Place, Role, Style

if TYPE_CHECKING:
    from kiosk.domain.profile import Profile
    from kiosk.texts import Texts
    from kiosk.touch.flow import Flow
    from kiosk.touch.state import State
    from kiosk.touch.theme import Pane


@dataclass(frozen=True, slots=True)
class Stage:
    """What the screens draw on: the service's names and words, the flow, the pane."""

    profile: Profile
    texts: Texts
    flow: Flow
    pane: Pane
    stand_ins: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """The elements above the bar."""

    elements: tuple[Element, ...]
    arrangement: Arrangement = SINGLE


@dataclass(frozen=True, slots=True)
class Script:
    """The words of one state in its language, and the room that they have."""

    stage: Stage
    state: State

    def text(self, key: str, **values: object) -> str:
        """A text in the citizen's language."""
        return self.stage.texts(self.state.language, key, **values)

    @property
    def right_to_left(self) -> bool:
        """Which way the citizen reads."""
        return self.stage.texts.direction(self.state.language) == "rtl"

    def room(self, height_px: int = 0) -> Room:
        """The room between the margins."""
        pane = self.stage.pane
        return Room(pane, pane.inner_px, height_px, self.right_to_left)

    def below(self, heading: str, beside_px: int = 0) -> Room:
        """The room that a heading leaves above the bar."""
        pane = self.stage.pane
        letters = self.room().letters(HEADING)
        lines_px = typeset(heading, letters, pane.inner_px - beside_px).height_px
        used_px = pane.top_px + lines_px + pane.gap_px + pane.bottom_px + pane.bar_px
        return self.room(pane.height_px - used_px)

    def shortest(self, *keys: str) -> str:
        """The first of these texts that takes as few lines of a heading as any of them."""
        letters, width_px = self.room().letters(HEADING), self.stage.pane.inner_px
        texts = [self.text(key) for key in keys]
        return min(texts, key=lambda text: len(typeset(text, letters, width_px).lines))


def heading(text: str, icon: str = "", colour: str = "") -> Element:
    """What the screen is about."""
    return Element(
        "heading", Role.HEADING, Style.HEADING, Place.TOP, text, icon=icon, colour=colour
    )


def button(name: str, style: Style, place: Place, text: str, icon: str = "") -> Element:
    """Something that can be tapped."""
    return Element(name, Role.BUTTON, style, place, text, icon=icon)
