"""A panel that is mounted upright or upside down: what people see and touch is upright."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from kiosk.service import visits
from kiosk.settings.config import load_config, to_toml
from kiosk.system.virtual_display import start_virtual_display
from tests.screens.running import RunningGlass
from tests.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiosk.wiring.box import Kiosk

pytestmark = pytest.mark.slow
PANEL = (1280, 800)
# Where on the panel lies what people see at x, y, of a picture so wide and high?
ON_PANEL: dict[int, Callable[[int, int, int, int], tuple[int, int]]] = {
    90: lambda x, y, _wide, high: (high - 1 - y, x),
    180: lambda x, y, wide, high: (wide - 1 - x, high - 1 - y),
    270: lambda x, y, wide, _high: (y, wide - 1 - x),
}


@contextmanager
def turned(kiosk: Kiosk, display: dict[str, str], rotation: int) -> Iterator[RunningGlass]:
    """A glass on a panel of 1280x800 whose picture is turned so far."""
    width, height = PANEL if rotation == 180 else reversed(PANEL)
    config = load_config(kiosk.paths.config)
    glass = replace(config.glass, size=f"{width}x{height}", rotation=rotation)
    kiosk.paths.config.write_text(to_toml(replace(config, glass=glass)))
    visits.open_visit(kiosk.office, None, None, kiosk.now())
    running = RunningGlass(kiosk.paths.data, {**os.environ, **display}, glass.size)
    running.start()
    try:
        eventually(lambda: running.screen() == "start", "the first screen")
        yield running
    finally:
        running.stop()


@pytest.fixture
def panel() -> Iterator[dict[str, str]]:
    """The environment of a display that the window fills."""
    with start_virtual_display("{}x{}".format(*PANEL)) as own:
        yield own.environment


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_picture_and_touch_are_turned(
    new_kiosk: Kiosk, panel: dict[str, str], rotation: int
) -> None:
    with turned(new_kiosk, panel, rotation) as glass:
        seen = glass.picture()
        width, height = glass.tree()["size_px"]
        assert seen.size == (width, height)
        button = glass.element("start.number")
        left, top, _width, _height = button["bounds_px"]
        assert _hex(seen.getpixel((left + 12, top + 12))) == button["background"]
        x, y = glass.centre("start.number")
        at = map(str, ON_PANEL[rotation](x, y, width, height))
        subprocess.run(
            ["xdotool", "mousemove", "--sync", *at, "click", "1"],
            env={**os.environ, **panel},
            check=True,
        )
        eventually(lambda: glass.screen() == "groups", "the touch went where it was seen")


def _hex(pixel: object) -> str:
    assert isinstance(pixel, tuple)
    return "#" + "".join(f"{channel:02X}" for channel in pixel[:3])
