"""What the doctor says of refused USB devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.devices.finding import Result
from kiosk.operate.doctor.usb import usb
from kiosk.operate.usb.plugged import RULES_IN_FORCE
from tests.operate.usb.bus import KEYBOARD, STORAGE, Device
from tests.operate.usb.test_plugged import plug

if TYPE_CHECKING:
    from kiosk.operate.doctor.host import Host


@pytest.fixture
def guarded(host: Host) -> Host:
    rules = host.root / RULES_IN_FORCE.lstrip("/")
    rules.parent.mkdir(parents=True)
    rules.symlink_to("/usr/share/radhaus/usb")
    return host


def test_a_machine_that_refuses_nothing_says_so(host: Host) -> None:
    plug(host.root, "1-1", Device((KEYBOARD,)))
    found = usb(host)
    assert found.result is Result.OK
    assert "takes any USB device" in found.cause


def test_a_refused_device_is_told_with_the_line_that_lets_it_in(guarded: Host) -> None:
    plug(guarded.root, "1-1", Device((STORAGE,), authorized=True))
    assert usb(guarded).result is Result.OK
    plug(guarded.root, "1-2", Device((KEYBOARD,), id="046d:c31c", product="Keys"))
    found = usb(guarded)
    assert found.result is Result.WARNING
    assert "046d:c31c (keyboard, Keys) in socket 1-2" in found.cause
    assert 'allow = [{ id = "046d:c31c", socket = "1-2" }]' in found.remedy
    assert "systemctl restart radhaus-usb" in found.remedy
