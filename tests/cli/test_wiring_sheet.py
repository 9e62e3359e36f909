"""A technician asks for the picture of a box."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import TYPE_CHECKING

from click.testing import Result

if TYPE_CHECKING:
    from pathlib import Path

Kiosk = Callable[..., Result]


def test_draws_the_box_of_this_configuration(kiosk: Kiosk, tmp_path: Path) -> None:
    assert kiosk("init", "--profile", "gelsenkirchen").exit_code == 0
    config = tmp_path / "data" / "config.toml"
    config.write_text(config.read_text().replace('driver = "keyboard"', 'driver = "gpio"'))
    result = kiosk("hardware", "wiring", str(tmp_path / "box.svg"))
    assert result.exit_code == 0
    told = "".join(ET.parse(tmp_path / "box.svg").getroot().itertext())  # noqa: S314 - ours
    assert "pin 29  GPIO5" in told
    assert "what is wired where" in told


def test_a_place_that_cannot_be_written_is_one_clear_line(kiosk: Kiosk, tmp_path: Path) -> None:
    assert kiosk("init", "--profile", "gelsenkirchen").exit_code == 0
    result = kiosk("hardware", "wiring", str(tmp_path / "nowhere" / "box.svg"))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "cannot be written" in result.stderr
