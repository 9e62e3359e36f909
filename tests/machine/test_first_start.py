"""A box without settings waits for a stick, and then opens its doors by itself."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.machine.appliance import DEVICE, DOORS_RUN, WAITS_FOR_SETTINGS, ApplianceGuest
from tests.machine.guest import BOOT_S

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.machine.appliance import Appliance

pytestmark = pytest.mark.timeout(4 * 3600)
PICTURES = os.environ.get("RADHAUS_PICTURES")


@pytest.fixture
def waiting(appliance: Appliance, tmp_path: Path) -> Iterator[ApplianceGuest]:
    with closing(ApplianceGuest(appliance, tmp_path, None)) as guest:
        guest.switch_on(WAITS_FOR_SETTINGS)
        yield guest


def test_a_stick_sets_up_a_box_that_waits(waiting: ApplianceGuest, tmp_path: Path) -> None:
    if PICTURES:
        shown = f"{PICTURES}/waiting.png"
        waiting.monitor("screendump", filename=shown, format="png")
    file = tmp_path / "settings.toml"
    file.write_text(DEVICE, encoding="utf-8")
    waiting.write_stick("kiosk-device", file)
    waiting.plug_in_stick("kiosk-device")
    waiting.run(DOORS_RUN, 3 * BOOT_S)
    waiting.pull_stick("kiosk-device")
    assert 'name = "Bus 3"' in waiting.run("cat /var/lib/kiosk/config.toml")
    assert waiting.run("systemctl is-active radhaus-usb radhaus-network.service | uniq") == "active"
