"""The power goes while the whole appliance installs an update, beside people who are served."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.machine.after_cut import assert_well
from tests.machine.appliance import newer_bundle
from tests.machine.power_cut import AppliancePowerCutGuest, new_chance
from tests.machine.update_stick import OPEN, STICK, install_from_stick

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.machine.appliance import Appliance

pytestmark = pytest.mark.timeout(8 * 3600)
FOLDER = Path(os.environ.get("RADHAUS_MACHINE", "")) / "update-cuts"
CUTS = int(os.environ.get("RADHAUS_UPDATE_CUTS", "3"))
"""After each the whole appliance starts again, which takes minutes."""


@pytest.fixture(scope="module")
def bundle(appliance: Appliance) -> Path:
    FOLDER.mkdir(exist_ok=True)
    return newer_bundle(appliance, f"{appliance.version}.1", FOLDER, lambda _root: None)


@pytest.fixture(scope="module")
def day(appliance: Appliance) -> Iterator[AppliancePowerCutGuest]:
    """An appliance amid a visit, kept at the moment before people are served."""
    with closing(AppliancePowerCutGuest(appliance, FOLDER)) as guest:
        guest.switch_on_with_new_disk()
        guest.run(OPEN)
        guest.keep_amid_the_visit()
        yield guest


def test_an_update_cut_off_anywhere_leaves_a_box_that_works(
    day: AppliancePowerCutGuest, appliance: Appliance, bundle: Path
) -> None:
    """From the plugging of the stick until the update waits for the next start."""
    chance, found = new_chance(), Counter[str]()
    with day.busy():
        began_s = time.monotonic()
        told = install_from_stick(day, bundle)
        took_s = time.monotonic() - began_s
    assert "starts when the box is switched on the next time" in told
    for cut in range(CUTS):
        said = day.said_until_the_cut(chance.uniform(0, took_s), lambda: day.plug_in_stick(STICK))
        day.start_again(chance)
        assert_well(day, said)
        told = day.run("kiosk update status")
        new = f"Version {appliance.version}.1 runs" in told
        assert new or f"Version {appliance.version} runs" in told
        assert "did not pass" not in told
        found[told] += 1
        sys.stdout.write(f"\rcut {cut + 1} of {CUTS} within {took_s:.0f} s: {dict(found)}")
    if not new:
        assert "starts when the box" in install_from_stick(day, bundle)
        day.cut()
        day.start_again(chance)
    assert f"Version {appliance.version}.1 runs" in day.run("kiosk update status")
