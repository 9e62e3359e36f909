"""Environment variables for Kivy, which reads its settings on import."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from kiosk.system.process_lock import RuntimeUnusable

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from pathlib import Path

    from kiosk.touch.layout.theme import Pane


UPDATING: Final = "KIOSK_UPDATING"
"""Set to 1 for a glass that is started while an update is tried."""

_FIXED = {
    "KIVY_NO_ARGS": "1",
    "KIVY_NO_FILELOG": "1",
    "KIVY_LOG_MODE": "PYTHON",  # else Kivy takes stderr, and tracebacks with it
    "KIVY_TEXT": "pil",
    "KIVY_WINDOW": "sdl2",
    "KIVY_AUDIO": "",
    "KIVY_VIDEO": "",
    "KIVY_SPELLING": "",
    "KIVY_CLIPBOARD": "dummy",
    "KIVY_METRICS_DENSITY": "1",
    "KCFG_KIVY_EXIT_ON_ESCAPE": "0",
    "KCFG_KIVY_KEYBOARD_MODE": "",
    "KCFG_GRAPHICS_ALLOW_SCREENSAVER": "0",
    "KCFG_GRAPHICS_RESIZABLE": "0",
    "KCFG_GRAPHICS_MULTISAMPLES": "0",  # tiles and masks have smooth edges of their own
    "KCFG_GRAPHICS_MAXFPS": "0",  # the loop sleeps, not the clock
    "KCFG_INPUT_MOUSE": "mouse,disable_multitouch",
}


def prepare(
    environment: MutableMapping[str, str],
    home: Path,
    pane: Pane,
    *,
    fullscreen: bool,
    window: bool = True,
) -> None:
    """Keep Kivy in its place: its files in `home`, no way out for citizens, no sleep of its own.

    Without a window it lays out and draws nothing, and needs no display. Raises `RuntimeUnusable`.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RuntimeUnusable(home, error) from error
    logging.getLogger("kivy").disabled = True  # it tells at length what we say in one sentence
    environment.setdefault("SDL_VIDEODRIVER", "wayland,x11")  # else SDL opens a window nowhere
    environment.update(_FIXED)
    environment.update(
        {
            "KIVY_HOME": str(home),
            "KCFG_GRAPHICS_WIDTH": str(pane.width_px),
            "KCFG_GRAPHICS_HEIGHT": str(pane.height_px),
            "KCFG_GRAPHICS_FULLSCREEN": "auto" if fullscreen else "0",
            "KCFG_GRAPHICS_SHOW_CURSOR": "0" if fullscreen else "1",
        }
    )
    if not window:
        environment.update({"KIVY_WINDOW": "", "KIVY_GL_BACKEND": "mock"})


def rotate(environment: MutableMapping[str, str], degrees: int) -> None:
    """Turn the picture of a pane that was prepared clockwise, and the touches with it."""
    environment["KCFG_GRAPHICS_ROTATION"] = str(-degrees % 360)  # Kivy's turns the other way
    if degrees in {90, 270}:
        width, height = "KCFG_GRAPHICS_WIDTH", "KCFG_GRAPHICS_HEIGHT"
        environment[width], environment[height] = environment[height], environment[width]
