"""Draws samples in a real window and measures their pixels; writes tallies as JSON.

`python -m tests.norms.pixel_stand --size 800x480 --to DIR --languages de,ar --rings de` needs a
display of that size. Rings, states and letters are measured in the languages of `--rings` alone:
they depend on the panel and on the direction of reading, and colours on none of these.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk.domain.ids import GERMAN
from kiosk.settings import profiles
from kiosk.settings.texts import Texts
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.environment import prepare
from kiosk.touch.focus import heading_of
from kiosk.touch.layout.theme import FOCUS_MM, Pane
from kiosk.touch.samples import flow_of, sample_views
from tests.norms import pixels
from tests.norms.row import Tallies, Tally
from tests.screens.stand import Stand

if TYPE_CHECKING:
    from PIL import Image

    from kiosk.touch.layout.view import View

THEMES = ("light", "contrast")
MEASURES = ("weak_pixels", "weak_rings", "letter_heights", "alike_states")
LETTERS_OF = ("trouble", "text")
"""A sample with a text in the smallest letters, and its element."""

_StateKey = tuple[str, str, str]


@dataclass
class PixelStand:
    """One panel, and what was found on it."""

    stand: Stand
    pane: Pane
    panel: str
    tallies: Tallies = field(default_factory=lambda: {name: Tally() for name in MEASURES})
    states: dict[_StateKey, dict[str, Image.Image]] = field(default_factory=dict)
    ringed: set[object] = field(default_factory=set)

    def look(self, name: str, view: View, *, rings: bool) -> None:
        """Draw one sample and measure it."""
        screen = self.stand.show(view, drawn=True)
        image = self.stand.image()
        self._add("weak_pixels", view, name, pixels.weak_pixels(image, screen))
        if rings:
            self._keep_states(view, screen, image)
            for each in (*view.focus_order, heading_of(view)):
                if each:
                    self._look_at_ring(name, view, screen, each)
            self.stand.focus(None)

    def _look_at_ring(self, name: str, view: View, screen: dict[str, Any], focused: str) -> None:
        bounds = {each["id"]: each["bounds_px"] for each in screen["elements"]}
        place = (view.screen, view.theme, view.direction, focused, str(bounds.get(focused)))
        if place in self.ringed:
            return
        self.ringed.add(place)
        self.stand.focus(focused)
        image = self.stand.image()
        if focused in bounds:
            found = pixels.weak_ring(image, bounds[focused], self.pane.px(FOCUS_MM))
        else:
            found = pixels.page_ring_is_weak(image)
        self._add("weak_rings", view, name, (f"{focused}: {fault}" for fault in found))

    def _keep_states(self, view: View, screen: dict[str, Any], image: Image.Image) -> None:
        """The first picture of each state of an element, with all others of its size."""
        for element in screen["elements"]:
            if not element["focusable"]:
                continue
            x, y, wide, high = element["bounds_px"]
            key = (view.language, f"{view.screen} {element['id']}", f"{wide}x{high}")
            crop = image.crop((x, y, x + wide, y + high))
            self.states.setdefault(key, {}).setdefault(element["state"] or "plain", crop)

    def compare_states(self) -> None:
        for (language, name, _), crops in self.states.items():
            if len(crops) > 1:
                screen, _, element = name.partition(" ")
                faults = (f"{self.panel}, {element}: {each}" for each in pixels.alike_states(crops))
                self.tallies["alike_states"].add((screen, language), faults)

    def letters(self, setup: GlassSetup) -> None:
        """H and x in the smallest letters of the mode for large text, or of the only mode."""
        large, limits = self.pane.has_text_size, {"H": pixels.LEAST_H_MM, "x": pixels.LEAST_X_MM}
        views = sample_views(setup, GERMAN, LETTERS_OF[0].__eq__, large_text=large)
        view = next(view for _, view in views)
        for letter, least_mm in limits.items():
            elements = tuple(
                replace(each, text=letter) if each.id == LETTERS_OF[1] else each
                for each in view.elements
            )
            screen = self.stand.show(replace(view, elements=elements), drawn=True)
            [bounds] = [e["bounds_px"] for e in screen["elements"] if e["id"] == LETTERS_OF[1]]
            high_mm = pixels.ink_height_px(self.stand.image(), bounds) * self.pane.mm_per_px
            short = [f"{letter} is {high_mm:.2f} mm high"] if high_mm < least_mm else []
            self._add("letter_heights", view, LETTERS_OF[0], short)

    def _add(self, measure: str, view: View, name: str, faults: Any) -> None:  # noqa: ANN401 - an iterable of texts
        place = (str(view.screen), view.language)
        where = f"{self.panel}, {name}, {view.theme}"
        self.tallies[measure].add(place, (f"{where}: {fault}" for fault in faults))


@click.command()
@click.option("--size", required=True)
@click.option("--to", type=click.Path(path_type=Path), required=True)
@click.option("--languages", required=True)
@click.option("--rings", default="")
@click.option("--profile", "profile_name", default="gelsenkirchen")
def main(size: str, to: Path, languages: str, rings: str, profile_name: str) -> None:
    """Measure one panel."""
    width, height = map(int, size.split("x"))
    pane = Pane.of(width, height)
    prepare(os.environ, to / "kivy", pane, fullscreen=False)
    profile = profiles.load_profile(profile_name)
    known = GlassSetup(profile, Texts.load(), flow_of(profile), pane, stand_ins="all")
    setup = replace(known, printer=True, phone_pages=True)
    panel = PixelStand(Stand(pane), pane, size)
    for code in languages.split(","):
        language, with_rings = profile.language(code), code in rings.split(",")
        for theme in THEMES if with_rings or code == profile.languages[0] else THEMES[:1]:
            for name, view in sample_views(setup, language, theme=theme):
                panel.look(name, view, rings=with_rings)
    panel.letters(setup)
    panel.compare_states()
    found = {name: tally.as_data() for name, tally in panel.tallies.items()}
    (to / f"pixels-{size}.json").write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
