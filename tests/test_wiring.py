"""Which drivers are picked for what config.toml says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hardware.board.ups import UpsIgnition
from kiosk.operate.setup import create_device_with
from kiosk.settings.config import Config, Devices
from kiosk.settings.config.devices import BoardSettings, LampSettings, PrinterSettings
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from kiosk.wiring.drivers import drivers

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Literal


@pytest.mark.parametrize("driver", ["none", "fake"])
@pytest.mark.parametrize("ignition", ["none", "gpio", "ups"])
def test_without_a_real_board_no_real_ignition_is_touched(
    tmp_path: Path, driver: Literal["none", "fake"], ignition: Literal["none", "gpio", "ups"]
) -> None:
    settings = Devices(board=BoardSettings(driver, ignition=ignition))
    board = drivers(settings, Paths(tmp_path)).get("board")
    assert board is None or board.ignition is None


def test_a_real_board_has_the_ignition_that_is_named(tmp_path: Path) -> None:
    def picked(board: BoardSettings) -> object:
        return drivers(Devices(board=board), Paths(tmp_path))["board"].ignition

    assert picked(BoardSettings("linux")) is None
    assert isinstance(picked(BoardSettings("linux", ignition="ups")), UpsIgnition)
    assert type(picked(BoardSettings("linux", ignition="gpio"))).__name__ == "GpioIgnition"


@pytest.mark.parametrize("driver", ["none", "file"])
def test_nothing_is_offered_that_this_box_has_no_device_for(
    tmp_path: Path, driver: Literal["none", "file"]
) -> None:
    devices = Devices(printer=PrinterSettings(driver), lamp=LampSettings("none"))
    create_device_with(Paths(tmp_path), Config("gelsenkirchen", devices=devices))
    box = open_kiosk(Paths(tmp_path))
    try:
        assert box.office.profile.has("printer") == (driver == "file")
        assert not box.office.profile.has("lamp")
    finally:
        box.office.database.close()
