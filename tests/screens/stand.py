"""A glass on a stand: shows every sample in a real window, measures it and takes its picture.

`python -m tests.screens.stand --size 1280x800 --to DIR [--pictures]` needs a display. It writes
DIR/measured.json: for each picture what the inspection socket would tell, and where texts stand.
"""

import json
import os
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from kiosk import profiles
from kiosk.domain.ids import LanguageCode
from kiosk.texts import Texts
from kiosk.touch.environment import prepare
from kiosk.touch.presenter import present
from kiosk.touch.scenes import Stage
from kiosk.touch.theme import Pane
from tests.screens.samples import flow_of, samples

FRAMES = 4


class Stand:
    """The window and the glass in it."""

    def __init__(self, pane: Pane) -> None:
        self.window = import_module("kiosk.touch.window")
        self.describe = import_module("kiosk.touch.describe").describe
        self.base = import_module("kivy.base")
        self.shown = self.window.open_window("stand")
        self.glass = import_module("kiosk.touch.glass").Glass(pane, {}, lambda *_: None)
        self.base.runTouchApp(self.glass, embedded=True)

    def show(self, view: object) -> dict[str, Any]:
        self.glass.show(view)
        for _ in range(FRAMES):
            self.base.EventLoop.idle()
        return {**self.describe(self.glass), "texts": [*map(_measured, self.glass.tiles())]}

    def picture(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.window.picture_of(self.shown).save(path)


def _measured(tile: Any) -> dict[str, Any]:  # noqa: ANN401 - a Kivy widget
    """Where a tile's text and picture lie in it, and whether a word was torn apart."""
    composed = tile.composition
    return {
        "id": tile.element.id,
        "size": [tile.width, tile.height],
        "em_px": composed.block.em_px if composed.block else None,
        "broken": bool(composed.block and composed.block.broken),
        "boxes": [
            [box.x, box.y, box.width, box.height] for box in (composed.text, composed.icon) if box
        ],
    }


@click.command()
@click.option("--size", required=True)
@click.option("--to", type=click.Path(path_type=Path), required=True)
@click.option("--pictures", is_flag=True)
@click.option("--languages", default="")
def main(size: str, to: Path, languages: str, *, pictures: bool) -> None:
    width, height = (int(side) for side in size.split("x"))
    pane = Pane.of(width, height)
    prepare(os.environ, to / "kivy", pane, fullscreen=False)
    profile = profiles.load("gelsenkirchen")
    stage = Stage(profile, Texts.load(), flow_of(profile), pane, stand_ins=True)
    stand, measured = Stand(pane), {}
    for language in map(LanguageCode, languages.split() or profile.languages):
        for theme in ("light", "contrast"):
            for name, state in samples(stage, language, theme):
                key = f"{language}/{name}" + ("-contrast" if theme == "contrast" else "")
                measured[key] = stand.show(present(state, stage))
                if pictures:
                    stand.picture(to / f"{key}.png")
        for levels in (3, 4):
            fewer = replace(profile, score_levels=levels)
            for name, state in samples(replace(stage, profile=fewer), language):
                if name == "feedback":
                    view = present(state, replace(stage, profile=fewer))
                    measured[f"{language}/{name}-{levels}"] = stand.show(view)
    (to / "measured.json").write_text(json.dumps(measured))


if __name__ == "__main__":
    main()
