"""Shows samples in a real window twice, drawn when they are shown and drawn ahead.

`python -m tests.screens.prerendered` needs a display. It prints as JSON which samples looked
different, and how many pictures had been drawn ahead; also which numbers looked different when they
came into a layout kept for another number, and how many did.
"""

import json
import os
from collections.abc import Iterator, Sequence
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
FRAMES = 5
"""After so many, every layout has come to rest."""

SAMPLES = ("start-moving", "topics", "number-all-slip", "feedback")
LOOKS = (("de", "light", True), ("ar", "contrast", False))
"""Language, theme, large text."""

NUMBERS = ("number-first", "number-all-slip", "number-remember", "number-wait-long")
"""Each of them takes the layout kept for the one before it."""

NEVER_DRAWN = "A-017"


class AheadStand(Stand):
    """A window in which the same view is drawn by both ways."""

    def __init__(self) -> None:
        super().__init__(PANE)
        self._textures = import_module("kiosk.touch.drawing.widgets.textures")
        drawing = import_module("kiosk.touch.drawing.offscreen").OffscreenDrawing
        self._ahead = drawing(self._glass)

    def prerender(self, view: View) -> int:
        """All of it, while another view is shown; in how many pieces."""
        pieces = self._ahead.pieces(view, NEVER_DRAWN)
        return sum(self._base.EventLoop.idle() is False for _ in pieces)

    def spare_taken(self, kept: View, shown: View) -> bool:
        """Show a number in the layout kept for another one; whether it was taken for that."""
        spares, look = self._glass.spares, self._glass.look_of(kept)
        spares.keep(kept, look)
        for _ in range(FRAMES):
            self._base.EventLoop.idle()
        self.show(shown, drawn=True)
        return not spares.has(kept, look)

    def picture_of(self, view: View) -> Any:  # noqa: ANN401 - as PIL has it
        self._textures.forget_textures()
        self.show(view, drawn=True)
        return self.image()


def _views(setup: GlassSetup, samples: Sequence[str]) -> dict[str, View]:
    return {
        f"{code}/{name}": view
        for code, theme, large_text in LOOKS
        for name, view in sample_views(
            setup, LanguageCode(code), samples.__contains__, theme, large_text=large_text
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
        stand, views = AheadStand(), _views(setup, SAMPLES)
        fresh = {name: stand.picture_of(view) for name, view in views.items()}
        pieces = sum(map(stand.prerender, views.values()))
        different = [n for n, view in views.items() if stand.picture_of(view) != fresh[n]]
        taken = [*_in_spares(stand, _views(setup, (*NUMBERS, "start")))]
        different += [name for name, same in taken if not same]
        found = {"views": len(views), "pieces": pieces, "taken": len(taken)}
        click.echo(json.dumps({**found, "different": different}))


def _in_spares(stand: AheadStand, views: dict[str, View]) -> Iterator[tuple[str, bool]]:
    """Which numbers took a layout kept for another one, and whether they looked the same in it."""
    for looks, _, _ in LOOKS:
        start = views.pop(f"{looks}/start")
        mine = [(name, view) for name, view in views.items() if view.language == looks]
        for (_, kept), (name, view) in zip(mine, [*mine[1:], mine[0]], strict=True):
            stand.show(start, drawn=True)
            fresh = stand.picture_of(view)
            stand.show(start, drawn=True)
            if stand.spare_taken(kept, view):
                yield f"{name} in a spare", stand.image() == fresh


if __name__ == "__main__":
    main()
