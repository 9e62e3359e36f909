"""What all screens have in common: a view to show, a look to show it in, a bar at the bottom."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kivy.lang import Builder
from kivy.properties import ObjectProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.touch.drawing.widgets import beside, buttons, groups, keypad, tile

if TYPE_CHECKING:
    from kiosk.touch.layout.tile_composition import Look
    from kiosk.touch.layout.view import View


def load_beside(module: str) -> None:
    """Load the `.kv` file that lies beside a module, if it has one."""
    path = Path(str(sys.modules[module].__file__)).with_suffix(".kv")
    if path.exists():
        Builder.load_file(str(path))


for part in (tile, groups, beside, buttons, keypad):
    load_beside(part.__name__)
load_beside(__name__)


class Page(BoxLayout):
    """What stands above the bar, one below the other between the margins."""

    look: Look = ObjectProperty(rebind=True)

    def on_look(self, _page: Page, look: Look) -> None:
        """Margins and gaps in this pane's pixels."""
        pane = look.pane
        self.orientation, self.spacing = "vertical", pane.gap_px
        self.padding = (pane.margin_px, pane.top_px, pane.margin_px, pane.bottom_px)


class GlassScreen(BoxLayout):
    """Shows a view. Each kind of screen has a `.kv` file beside its module."""

    view: View = ObjectProperty(rebind=True)
    look: Look = ObjectProperty(rebind=True)

    def __init_subclass__(cls) -> None:
        load_beside(cls.__module__)
