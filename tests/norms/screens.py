"""Measures of every sample on every panel: what is said of it, and how it is laid out."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from typing import TYPE_CHECKING

from kiosk.settings import profiles
from kiosk.system.virtual_display import start_virtual_display
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.layout.theme import USUAL_MM_PER_PX, Pane
from kiosk.touch.samples import flow_of, sample_views
from tests.norms import speech
from tests.norms.row import GLASS, Tallies, Tally
from tests.screens import measures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from kiosk.domain.ids import LanguageCode
    from kiosk.touch.layout.view import View

FIRST = "gelsenkirchen"
LAYOUT = (
    measures.clipped_or_torn_texts,
    measures.misplaced_elements,
    measures.small_targets,
    measures.small_letters,
    measures.weak_contrasts,
    measures.silent_targets,
)
PANELS = tuple(f"{width}x{height}" for width, height in USUAL_MM_PER_PX)


def measure_speech(
    names: Sequence[str], panels: Sequence[str], languages: Sequence[str] | None = None
) -> Tallies:
    """Each measure of speech, of every view that differs in what is shown or said."""
    tallies = {measure.__name__: Tally() for measure in speech.MEASURES}
    seen: set[object] = set()
    for view in _views(names, panels, languages):
        content = (view.screen, view.language, _content(view))
        if content in seen:
            continue
        seen.add(content)
        for measure in speech.MEASURES:
            place = (str(view.screen), view.language)
            tallies[measure.__name__].add(place, measure(view))
    return tallies


def _content(view: View) -> tuple[object, ...]:
    return tuple(
        (each.id, each.role, each.text, each.note, each.say, each.state, each.icon)
        for each in view.elements
    )


def _views(
    names: Sequence[str], panels: Sequence[str], languages: Sequence[str] | None
) -> Iterator[View]:
    for name in names:
        profile = profiles.load_profile(name)
        for panel in panels:
            setup = GlassSetup(
                profile,
                speech.TEXTS,
                flow_of(profile),
                _pane(panel),
                "all",
                printer=True,
                phone_pages=True,
            )
            for language in _chosen(profile.languages, languages):
                yield from (view for _, view in sample_views(setup, language))
                if setup.pane.has_text_size:
                    large = sample_views(setup, language, large_text=True)
                    yield from (view for _, view in large)


def _chosen(
    offered: Sequence[LanguageCode], wanted: Sequence[str] | None
) -> Sequence[LanguageCode]:
    return [each for each in offered if wanted is None or each in wanted]


def _pane(panel: str) -> Pane:
    width, height = map(int, panel.split("x"))
    return Pane.of(width, height)


def measure_layouts(
    names: Sequence[str], panels: Sequence[str], folder: Path, said: Callable[[str], None]
) -> Tallies:
    """Each measure of layouts, of every sample in every language and both themes."""
    tallies = {measure.__name__: Tally() for measure in LAYOUT}
    for panel in panels:
        looks = ("", "--large-text") if _pane(panel).has_text_size else ("",)
        for look in looks:
            pictures = _laid_out(names, panel, look, folder)
            said(f"{panel} {look.removeprefix('--')}: {len(pictures)} screens laid out")
            for name, picture in pictures.items():
                place = (picture["screen"], picture["language"])
                for measure in LAYOUT:
                    faults = (f"{panel}, {name} {look}: {fault}" for fault in measure(picture))
                    tallies[measure.__name__].add(place, faults)
    return tallies


def _laid_out(names: Sequence[str], panel: str, look: str, folder: Path) -> measures.Pictures:
    command = ["-m", "tests.screens.stand", "--no-window", "--size", panel, "--to", str(folder)]
    command += [word for name in names for word in ("--profile", name)]
    subprocess.run([sys.executable, *command, *filter(None, [look])], check=True)
    pictures: measures.Pictures = json.loads((folder / panel / "measured.json").read_text())
    return pictures


WITH_ALL_LANGUAGES = "800x480"
DRAWN = ("1280x800", "800x480", "720x1280")
"""A roomy panel, a low and an upright one: what is drawn there is laid out elsewhere as well."""


def measure_pixels(folder: Path, said: Callable[[str], None]) -> Tallies:
    """Each measure of pixels, on the panels that are drawn; every language on the smallest."""
    tallies = Tallies()
    every = ",".join(profiles.load_profile(FIRST).languages)
    for panel in DRAWN:
        languages = every if panel == WITH_ALL_LANGUAGES else "de,ar"
        command = ["-m", "tests.norms.pixel_stand", "--size", panel, "--to", str(folder)]
        command += ["--languages", languages, "--rings", "de"]
        with start_virtual_display(panel) as display:
            subprocess.run([sys.executable, *command], env=display.environment, check=True)
        found = json.loads((folder / f"pixels-{panel}.json").read_text(encoding="utf-8"))
        for name, data in found.items():
            tallies.setdefault(name, Tally()).merge(Tally.of_data(data))
        said(f"{panel}: pixels measured")
    return tallies


def measure_trembling(said: Callable[[str], None]) -> Tally:
    """Four presses at one place on every sample, on every panel."""
    seed, tally = secrets.randbits(32), Tally()
    said(f"seed {seed}")
    for panel in PANELS:
        command = [sys.executable, "-m", "tests.screens.trembling", str(seed), panel]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        [faults] = json.loads(done.stdout).values()
        tally.add((GLASS, ""), (f"seed {seed}, {panel}, {fault}" for fault in faults))
    return tally
