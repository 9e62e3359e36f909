"""Which drivers are picked for what config.toml says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hardware.board.ups import UpsIgnition
from kiosk.settings.config import Devices
from kiosk.settings.config.devices import BoardSettings
from kiosk.system.paths import Paths
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
