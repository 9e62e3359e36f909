"""The one window: opened on the display that is there, never closed by a citizen."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kivy.config import Config
from PIL import Image

from kiosk.system.virtual_display import NoDisplay

if TYPE_CHECKING:
    from kivy.core.window import WindowBase


def open_window(title: str) -> WindowBase:
    """Open it. Raises `NoDisplay`."""
    _only_window_input()
    try:
        window: WindowBase | None = import_module("kivy.core.window").Window
    except SystemExit:
        window = None
    if window is None:
        raise NoDisplay("no window could be opened")
    window.title = title
    window.bind(on_request_close=lambda *_: True)
    return window


def _only_window_input() -> None:
    """Touches come from the window alone: from the devices themselves, each would come twice."""
    for name, _ in Config.items("input"):
        if name != "mouse":
            Config.remove_option("input", name)


def picture_of(window: WindowBase) -> Image.Image:
    """What is seen, upright."""
    gl = import_module("kivy.graphics.opengl")
    window.dispatch("on_draw")
    width, height = window.system_size
    pixels = gl.glReadPixels(0, 0, width, height, gl.GL_RGB, gl.GL_UNSIGNED_BYTE)
    picture = Image.frombytes("RGB", (width, height), pixels)
    upright = picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    return upright.rotate(-window.rotation, expand=True)
