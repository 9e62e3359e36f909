"""Layouts: which parts a screen has and where they stand, by the rules of layouts.kv."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from kivy.factory import Factory
from kivy.lang import Builder
from kivy.properties import ObjectProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.touch.drawing.widgets import (  # noqa: F401 - for the rules
    button_grid,
    groups,
    keypad,
    masthead,
    number_page,
    tile,
    visit_table,
)
from kiosk.touch.flow.state import Screen

if TYPE_CHECKING:
    from kiosk.touch.layout.tile_composition import Look
    from kiosk.touch.layout.view import View

_LAYOUTS: Final = {
    Screen.START: "StartLayout",
    Screen.LANGUAGE: "ChoicesLayout",
    Screen.GROUPS: "ChoicesLayout",
    Screen.TOPICS: "ChoicesLayout",
    Screen.QUESTION: "ChoicesLayout",
    Screen.BRING: "MessageLayout",
    Screen.CODE: "CodeLayout",
    Screen.NUMBER: "NumberLayout",
    Screen.RETURNED: "MessageLayout",
    Screen.NEEDS: "ChoicesLayout",
    Screen.OFFERS: "ChoicesLayout",
    Screen.OFFER: "OfferLayout",
    Screen.SHEET: "OfferLayout",
    Screen.FEEDBACK: "FeedbackLayout",
    Screen.SURVEY: "ChoicesLayout",
    Screen.THANKS: "MessageLayout",
    Screen.CLOSED: "ClosedLayout",
    Screen.REFUSED: "MessageLayout",
    Screen.TROUBLE: "MessageLayout",
    Screen.MOMENT: "MessageLayout",
    Screen.STILL_THERE: "StillThereLayout",
    Screen.NO_VOICE: "MessageLayout",
    Screen.UPDATING: "MessageLayout",
}


class Column(BoxLayout):
    """One below the other. No size at first: else all in it is composed for Kivy's 100 px."""

    def __init__(self, **options: object) -> None:
        super().__init__(orientation="vertical", size=(0, 0), **options)


class Page(Column):
    """What stands above the bar, between the margins."""

    look: Look = ObjectProperty(rebind=True)

    def on_look(self, _page: Page, look: Look) -> None:
        """Margins and gaps in this pane's pixels."""
        pane = look.pane
        self.spacing = pane.gap_px
        self.padding = (pane.margin_px, pane.top_px, pane.margin_px, pane.bottom_px)


class ScreenLayout(Column):
    """Shows a view. The layout of each screen is a rule of layouts.kv."""

    view: View = ObjectProperty(rebind=True)
    look: Look = ObjectProperty(rebind=True)


def layout_of(screen: Screen) -> type[ScreenLayout]:
    """Kivy makes a class of each rule, and keeps it under its name."""
    layout: type[ScreenLayout] = Factory.get(_LAYOUTS[screen])
    return layout


Builder.load_file(str(Path(groups.__file__).with_suffix(".kv")))
Builder.load_file(str(Path(__file__).with_suffix(".kv")))
