"""A technician asks for the picture of a box."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from click.testing import Result

if TYPE_CHECKING:
    from pathlib import Path

Kiosk = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("device")


def test_draws_the_box_of_this_configuration(kiosk: Kiosk, tmp_path: Path) -> None:
    config = tmp_path / "data" / "config.toml"
    config.write_text(config.read_text().replace('driver = "keyboard"', 'driver = "gpio"'))
    result = kiosk("hardware", "wiring", str(tmp_path / "box.svg"))
    assert result.exit_code == 0
    told = "".join(ET.parse(tmp_path / "box.svg").getroot().itertext())  # noqa: S314 - ours
    assert "pin 29  GPIO5" in told
    assert "what is wired where" in told


def test_a_place_that_cannot_be_written_is_one_clear_line(kiosk: Kiosk, tmp_path: Path) -> None:
    result = kiosk("hardware", "wiring", str(tmp_path / "nowhere" / "box.svg"))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "cannot be written" in result.stderr


def test_draws_over_its_own_picture_and_over_nothing_else(kiosk: Kiosk, tmp_path: Path) -> None:
    picture, own, link = (tmp_path / name for name in ("box.svg", "logo.svg", "link.svg"))
    own.write_text("<svg/>")
    link.symlink_to(config := tmp_path / "data" / "config.toml")
    before = config.read_bytes()
    assert [kiosk("hardware", "wiring", str(picture)).exit_code for _ in range(2)] == [0, 0]
    for other in (config, own, link):
        result = kiosk("hardware", "wiring", str(other))
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
        assert str(other) in result.stderr
    assert (config.read_bytes(), own.read_text()) == (before, "<svg/>")
    assert not list(tmp_path.glob(".*.part"))
