"""Shows samples in a real window twice, drawn when they are shown and drawn ahead.

`python -m tests.screens.ahead` needs a display. It prints as JSON which samples looked different,
and how many pictures had been drawn ahead.
"""

import json
import os
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from kiosk.domain.ids import LanguageCode
from kiosk.settings import profiles
from kiosk.settings.texts import Texts
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.environment import prepare
from kiosk.touch.layout.theme import Pane
from kiosk.touch.layout.view import View
from kiosk.touch.samples import flow_of, sample_views
from tests.screens.stand import Stand

PANE = Pane.of(1280, 800)
SAMPLES = ("start-moving", "topics", "number-all-slip", "feedback")
LOOKS = (("de", "light", True), ("ar", "contrast", False))
"""Language, theme, large text."""

NEVER_DRAWN = "A-017"


class AheadStand(Stand):
    """A window in which the same view is drawn by both ways."""

    def __init__(self) -> None:
        super().__init__(PANE)
        self._textures = import_module("kiosk.touch.drawing.widgets.textures")
        drawing = import_module("kiosk.touch.drawing.ahead").AheadDrawing
        self._ahead = drawing(self._glass)

    def draw_ahead(self, view: View) -> int:
        """All of it, while another view is shown; in how many pieces."""
        pieces = self._ahead.pieces(view, NEVER_DRAWN)
        return sum(self._base.EventLoop.idle() is False for _ in pieces)

    def picture_of(self, view: View) -> Any:  # noqa: ANN401 - as PIL has it
        self._textures.forget_textures()
        self.show(view, drawn=True)
        return self.image()


def _views(setup: GlassSetup) -> dict[str, View]:
    return {
        f"{code}/{name}": view
        for code, theme, large_text in LOOKS
        for name, view in sample_views(
            setup, LanguageCode(code), SAMPLES.__contains__, theme, large_text=large_text
        )
    }


@click.command()
def main() -> None:
    """Compare them."""
    with TemporaryDirectory() as home:
        prepare(os.environ, Path(home), PANE, fullscreen=False)
        profile = profiles.load_profile("gelsenkirchen")
        setup = GlassSetup(
            profile, Texts.load(), flow_of(profile), PANE, printer=True, phone_pages=True
        )
        stand, views = AheadStand(), _views(setup)
        fresh = {name: stand.picture_of(view) for name, view in views.items()}
        pieces = sum(map(stand.draw_ahead, views.values()))
        different = [n for n, view in views.items() if stand.picture_of(view) != fresh[n]]
        click.echo(json.dumps({"views": len(views), "pieces": pieces, "different": different}))


if __name__ == "__main__":
    main()
