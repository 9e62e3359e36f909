"""Check of a pane: lays the fullest screens out in every language, and prints their faults as JSON.

`python -m kiosk.touch.pane_check 1280x800 0.17 PROFILE` needs no display. A process of its own,
for Kivy reads its environment when it is imported.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kiosk.settings import profiles
from kiosk.settings.texts import Texts
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.environment import prepare
from kiosk.touch.layout.pane_faults import pane_faults
from kiosk.touch.layout.theme import Pane
from kiosk.touch.samples import flow_of, sample_views

if TYPE_CHECKING:
    from collections.abc import Iterator

FULLEST = {
    "start-moving-all",
    "start-no-numbers-next",
    "groups",
    "topics",
    "language",
    "number-all-slip",
    "number-returning",
    "number-after",
    "code-long",
    "feedback",
    "survey",
    "closed-next",
    "still-there",
    "updating",
}
"""All others are measured by the tests; of each layout the samples with the most to hold."""


def faults_on(pane: Pane, profile_name: str) -> Iterator[str]:
    """Elements that leave the pane or lie over each other. Imports Kivy."""
    measuring = import_module("kiosk.touch.drawing.headless_layout")
    glass = measuring.headless_glass(pane)
    profile, texts = profiles.load_profile(profile_name), Texts.load()
    setup = GlassSetup(
        profile, texts, flow_of(profile), pane, "all", printer=True, phone_pages=True
    )
    views = [
        named
        for language in profile.languages
        for large_text in ((False, True) if pane.has_text_size else (False,))
        for named in sample_views(setup, language, FULLEST.__contains__, large_text=large_text)
    ]
    screens = [*dict.fromkeys(view.screen for _, view in views)]
    # One after the other where one layout shows them: to build each anew took a third.
    views.sort(key=lambda named: (named[1].right_to_left, screens.index(named[1].screen)))
    for name, view in views:
        screen = measuring.laid_out(glass, view)
        yield from (f"{name} in {view.language}: {fault}" for fault in pane_faults(screen))


def main(size: str, mm_per_px: str, profile_name: str) -> None:
    """Print a list of sentences."""
    width_px, height_px = map(int, size.split("x"))
    pane = Pane.of(width_px, height_px, float(mm_per_px))
    with TemporaryDirectory() as home:
        prepare(os.environ, Path(home), pane, fullscreen=False, window=False)
        json.dump([*faults_on(pane, profile_name)], sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
