"""A glass on a stand: shows every sample in a real window, measures it and takes its picture.

`python -m tests.screens.stand --size 1280x800 --to DIR [--pictures] [--profile NAME[:de,ar] ...]`
needs a display. It writes DIR/1280x800/measured.json: for each picture what the inspection socket
would tell, and where texts stand. A size may end in the millimetres of its pixels: 1366x768@0.252.
Of a second profile it shows what does not look like the first; of one with languages behind it
these alone. `--drawn de,ar` draws these languages in the light theme and lays out the rest without
drawing, which takes half of the time and changes no measure; `--no-window` draws nothing, needs no
display, and takes several sizes one after the other. `--contrast 2` shows only the first two
profiles in high contrast too: of it only colours differ, and those know no profile. `--large-text`
shows everything in large letters, and nothing in high contrast.
"""

import gc
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from PIL.Image import Image

from kiosk.domain.ids import LanguageCode
from kiosk.settings import profiles
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.environment import prepare
from kiosk.touch.layout.theme import Pane
from kiosk.touch.layout.view import View
from kiosk.touch.samples import flow_of, sample, sample_views


class Stand:
    """The window and the glass in it. Kivy is imported once its environment is prepared."""

    def __init__(self, pane: Pane) -> None:
        self._base = import_module("kivy.base")
        self._windows = import_module("kiosk.touch.drawing.window")
        self._window = self._windows.open_window("stand")
        self._glass = import_module("kiosk.touch.drawing.glass").Glass(pane, {}, lambda *_: None)
        self._base.runTouchApp(self._glass, embedded=True)

    def show(self, view: View, *, drawn: bool) -> dict[str, Any]:
        """What the socket would tell of a view, and where its texts stand."""
        self._glass.drawn = drawn
        return _measured(self._glass, view)

    def focus(self, name: str | None) -> None:
        """Show where the keys are."""
        self._glass.focus(name)

    def image(self) -> Image:
        """What is shown, once it is drawn."""
        self._base.EventLoop.idle()
        image: Image = self._windows.picture_of(self._window)
        return image

    def picture(self, path: Path) -> None:
        """What is shown, as PNG."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.image().save(path)


class NoWindow:
    """A glass that only lays out."""

    def __init__(self, pane: Pane) -> None:
        module = import_module("kiosk.touch.drawing.headless_layout")
        self._glass = module.headless_glass(pane)

    def show(self, view: View, *, drawn: bool) -> dict[str, Any]:
        """What the socket would tell of a view, and where its texts stand."""
        assert not drawn
        return _measured(self._glass, view)

    def picture(self, path: Path) -> None:
        """There is none."""
        raise AssertionError(path)


def _measured(glass: Any, view: View) -> dict[str, Any]:  # noqa: ANN401 - a Kivy widget
    laid_out = import_module("kiosk.touch.drawing.headless_layout").laid_out
    return {**laid_out(glass, view), "texts": [*map(_texts_of, glass.tiles())]}


def _texts_of(tile: Any) -> dict[str, Any]:  # noqa: ANN401 - a Kivy widget
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
    stages: Iterable[tuple[GlassSetup, Sequence[LanguageCode]]], coloured: int, *, large_text: bool
) -> Iterator[tuple[str, View]]:
    """The first setup's views, and of the others what was not shown by then."""
    seen: set[View] = set()
    for number, (setup, languages) in enumerate(stages):
        for name, view in _views(
            setup, languages, light=number >= coloured or large_text, large_text=large_text
        ):
            if number == 0:
                yield name, view
            elif view not in seen:
                yield f"{name}-of-{setup.profile.id}", view
            seen.add(view)


def _layout_of(named: tuple[str, View]) -> tuple[str, bool, str]:
    """Views that one layout shows: one after the other, it need not be built anew for each."""
    _, view = named
    return view.theme, view.right_to_left, view.screen


def _views(
    setup: GlassSetup, languages: Sequence[LanguageCode], *, light: bool, large_text: bool
) -> Iterator[tuple[str, View]]:
    """Every sample in these languages, the first in high contrast too; other boxes and scales."""
    for language in languages:
        for name, view in sample_views(setup, language, large_text=large_text):
            yield f"{language}/{name}", view
        if language == languages[0] and not light:
            for name, view in sample_views(setup, language, theme="contrast"):
                yield f"{language}/{name}-contrast", view
        incomplete = replace(setup, stand_ins="some")
        start = replace(sample("start", setup, language), large_text=large_text)
        yield f"{language}/start-missing", present(start, incomplete)
        yield from _shorter_scales(setup, language, large_text=large_text)


def _shorter_scales(
    setup: GlassSetup, language: LanguageCode, *, large_text: bool
) -> Iterator[tuple[str, View]]:
    for levels in (3, 4):
        fewer = replace(setup, profile=replace(setup.profile, score_levels=levels))
        state = replace(sample("feedback", fewer, language), large_text=large_text)
        yield f"{language}/feedback-of-{levels}", present(state, fewer)


def _stage(wanted: str, texts: Texts, pane: Pane) -> tuple[GlassSetup, Sequence[LanguageCode]]:
    """A setup for `NAME[:de,ar]`, and the languages to show it in."""
    name, _, codes = wanted.partition(":")
    profile = profiles.load_profile(name)
    known = GlassSetup(profile, texts, flow_of(profile), pane, stand_ins="all")
    setup = replace(known, printer=True, phone_pages=True)
    return setup, [LanguageCode(code) for code in codes.split(",")] if codes else profile.languages


@click.command()
@click.option("--size", "sizes", multiple=True, required=True)
@click.option("--to", type=click.Path(path_type=Path), required=True)
@click.option("--pictures", is_flag=True)
@click.option("--drawn", help="languages, all unless said otherwise")
@click.option("--contrast", "coloured", type=int, default=sys.maxsize)
@click.option("--no-window", is_flag=True)
@click.option("--large-text", is_flag=True)
@click.option("--profile", "names", multiple=True, default=["gelsenkirchen"])
def main(  # noqa: PLR0913 - the words of a command
    sizes: tuple[str, ...],
    to: Path,
    names: tuple[str, ...],
    drawn: str | None,
    coloured: int,
    *,
    pictures: bool,
    no_window: bool,
    large_text: bool,
) -> None:
    """Show everything once."""
    if len(sizes) > 1 and not no_window:
        raise click.UsageError("A window has one size: say --no-window, or one --size.")
    prepare(os.environ, to / "kivy", _pane(sizes[0]), fullscreen=False, window=not no_window)
    texts = Texts.load()
    languages = drawn.split(",") if drawn is not None else None
    gc.set_threshold(20_000, 20, 50)  # widgets come and go by the thousand: it took an eighth
    for size in sizes:
        pane, folder = _pane(size), to / size
        folder.mkdir(exist_ok=True)
        stages = (_stage(name, texts, pane) for name in names)
        stand: Stand | NoWindow = NoWindow(pane) if no_window else Stand(pane)
        measured = {}
        views = _different(stages, coloured, large_text=large_text)
        for name, view in sorted(views, key=_layout_of):
            chosen = languages is None or (view.language in languages and view.theme == "light")
            measured[name] = stand.show(view, drawn=chosen and not no_window)
            if pictures:
                stand.picture(folder / f"{name}.png")
        (folder / "measured.json").write_text(json.dumps(measured))


def _pane(size: str) -> Pane:
    """The pane of `WIDTHxHEIGHT[@MM]`."""
    sides, _, mm_per_px = size.partition("@")
    width, height = map(int, sides.split("x"))
    return Pane.of(width, height, float(mm_per_px or 0))


if __name__ == "__main__":
    main()
