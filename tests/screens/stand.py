"""A glass on a stand: shows every sample in a real window, measures it and takes its picture.

`python -m tests.screens.stand --size 1280x800 --to DIR [--pictures] [--profile NAME[:de,ar] ...]`
needs a display. It writes DIR/measured.json: for each picture what the inspection socket would
tell, and where texts stand. Of a second profile it shows what does not look like the first; of one
with languages behind it these alone. `--drawn de,ar` lays out all other languages without drawing,
which takes half of the time and changes no measure. `--light` shows nothing in high contrast: of
it only colours differ, and those are the same in every size.
"""

import gc
import json
import os
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from kiosk.domain.ids import LanguageCode
from kiosk.settings import profiles
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.environment import prepare
from kiosk.touch.layout.theme import Pane
from kiosk.touch.layout.view import View
from tests.screens.samples import flow_of, sample, samples

FRAMES = 3
"""After so many, every layout has come to rest."""


class Stand:
    """The window and the glass in it. Kivy is imported once its environment is prepared."""

    def __init__(self, pane: Pane) -> None:
        self._base = import_module("kivy.base")
        self._windows = import_module("kiosk.touch.drawing.window")
        self._describe = import_module("kiosk.touch.drawing.describe").describe
        self._window = self._windows.open_window("stand")
        self._glass = import_module("kiosk.touch.drawing.glass").Glass(pane, {}, lambda *_: None)
        self._base.runTouchApp(self._glass, embedded=True)

    def draw_only(self, languages: Container[str]) -> None:
        """Lay tiles of other languages out without drawing them."""
        tile = import_module("kiosk.touch.drawing.widgets.tile").Tile
        for name in ("_draw_ring", "_draw_frame", "_draw_picture", "_draw_text"):
            setattr(tile, name, self._in(languages, getattr(tile, name)))

    def _in(self, languages: Container[str], draw: Callable[..., None]) -> Callable[..., None]:
        def draw_some(*of_tile: object) -> None:
            if self._glass.view.language in languages:
                draw(*of_tile)

        return draw_some

    def show(self, view: View) -> dict[str, Any]:
        """What the socket would tell of a view, and where its texts stand."""
        self._glass.show(view)
        for _ in range(FRAMES):  # a frame without its drawing
            self._base.Clock.tick()
            self._base.Clock.tick_draw()
        return {**self._describe(self._glass), "texts": [*map(_measured, self._glass.tiles())]}

    def picture(self, path: Path) -> None:
        """What is shown, as PNG."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._base.EventLoop.idle()
        self._windows.picture_of(self._window).save(path)


def _measured(tile: Any) -> dict[str, Any]:  # noqa: ANN401 - a Kivy widget
    """Where a tile's text and picture lie in it, and whether a word was torn apart."""
    composed = tile.composition
    shown = (composed.text, composed.icon, composed.note)
    return {
        "id": tile.element.id,
        "size": [tile.width, tile.height],
        "em_px": composed.block.em_px if composed.block else None,
        "broken": bool(composed.block and composed.block.torn),
        "boxes": [[box.x, box.y, box.width, box.height] for box in shown if box],
    }


def _different(
    stages: Iterable[tuple[GlassSetup, Sequence[LanguageCode]]], *, light: bool
) -> Iterator[tuple[str, View]]:
    """The first setup's views, and of the others what was not shown by then."""
    seen: set[View] = set()
    for number, (setup, languages) in enumerate(stages):
        for name, view in _views(setup, languages, light=light):
            if number == 0:
                yield name, view
            elif view not in seen:
                yield f"{name}-of-{setup.profile.id}", view
            seen.add(view)


def _views(
    setup: GlassSetup, languages: Sequence[LanguageCode], *, light: bool
) -> Iterator[tuple[str, View]]:
    """Every sample in these languages, the first in high contrast too; other boxes and scales."""
    for language in languages:
        for name, state in samples(setup, language):
            yield f"{language}/{name}", present(state, setup)
        if language == languages[0] and not light:
            for name, state in samples(setup, language):
                contrast = replace(state, theme="contrast")
                yield f"{language}/{name}-contrast", present(contrast, setup)
        incomplete = replace(setup, stand_ins="some")
        start = sample("start", setup, language)
        yield f"{language}/start-missing", present(start, incomplete)
        yield from _shorter_scales(setup, language)


def _shorter_scales(setup: GlassSetup, language: LanguageCode) -> Iterator[tuple[str, View]]:
    for levels in (3, 4):
        fewer = replace(setup, profile=replace(setup.profile, score_levels=levels))
        state = sample("feedback", fewer, language)
        yield f"{language}/feedback-of-{levels}", present(state, fewer)


def _stage(wanted: str, texts: Texts, pane: Pane) -> tuple[GlassSetup, Sequence[LanguageCode]]:
    """A setup for `NAME[:de,ar]`, and the languages to show it in."""
    name, _, codes = wanted.partition(":")
    profile = profiles.load_profile(name)
    known = GlassSetup(profile, texts, flow_of(profile), pane, stand_ins="all")
    setup = replace(known, printer=True, phone_pages=True)
    return setup, [LanguageCode(code) for code in codes.split(",")] if codes else profile.languages


@click.command()
@click.option("--size", required=True)
@click.option("--to", type=click.Path(path_type=Path), required=True)
@click.option("--pictures", is_flag=True)
@click.option("--drawn", help="languages, all unless said otherwise")
@click.option("--light", is_flag=True)
@click.option("--profile", "names", multiple=True, default=["gelsenkirchen"])
def main(  # noqa: PLR0913 - the words of a command
    size: str, to: Path, names: tuple[str, ...], drawn: str | None, *, pictures: bool, light: bool
) -> None:
    """Show everything once."""
    width, height = (int(side) for side in size.split("x"))
    pane = Pane.of(width, height)
    prepare(os.environ, to / "kivy", pane, fullscreen=False)
    texts = Texts.load()
    stages = (_stage(name, texts, pane) for name in names)
    stand, measured = Stand(pane), {}
    if drawn is not None:
        stand.draw_only(drawn.split(","))
    gc.set_threshold(20_000, 20, 50)  # widgets come and go by the thousand: it took an eighth
    for name, view in _different(stages, light=light):
        measured[name] = stand.show(view)
        if pictures:
            stand.picture(to / f"{name}.png")
    (to / "measured.json").write_text(json.dumps(measured))


if __name__ == "__main__":
    main()
