"""What of the plugged devices is read from the kernel, the refused ones included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.operate.usb.plugged import Plugged, plugged_devices, refused_devices
from kiosk.settings.config import UsbDevice
from tests.operate.usb.bus import ETHERNET, ETHERNET_DATA, HUB, KEYBOARD, OWN, STORAGE, Device

if TYPE_CHECKING:
    from pathlib import Path


def plug(root: Path, socket: str, device: Device) -> Path:
    """As the kernel shows it below /sys."""
    folder = root / "sys/bus/usb/devices" / socket
    folder.mkdir(parents=True)
    vendor, product = device.id.split(":")
    said = {
        "idVendor": vendor,
        "idProduct": product,
        "product": device.product,
        "serial": device.serial,
        "authorized": str(int(device.authorized)),
    }
    for name, value in said.items():
        (folder / name).write_text(f"{value}\n", encoding="utf-8")
    (folder / "descriptors").write_bytes(device.descriptors)
    return folder


def test_a_device_is_told_with_what_it_is(tmp_path: Path) -> None:
    plug(tmp_path, "usb1", Device((HUB,), id="1d6b:0002"))
    plug(tmp_path, "1-1", Device((STORAGE,), authorized=True))
    plug(tmp_path, "1-1.2", Device((KEYBOARD, STORAGE), id="046d:c31c", product="Board"))
    plug(tmp_path, "1-1:1.0", Device((STORAGE,)))
    stick, keyboard = plugged_devices(tmp_path)
    assert stick == Plugged("1-1", "1234:5678", "Device", "", ("storage",), authorized=True)
    assert keyboard.sentence == "046d:c31c (keyboard, storage, Board) in socket 1-1.2"
    assert refused_devices(tmp_path) == [keyboard]


def test_it_is_named_by_its_serial_number_else_by_its_socket(tmp_path: Path) -> None:
    for at, serial in enumerate(["A 1", "", '"; rm', "ü"]):
        plug(tmp_path, f"1-{at}", Device((OWN,), serial=serial))
    sockets = [UsbDevice("1234:5678", socket=f"1-{at}") for at in (1, 2, 3)]
    found = [each.as_setting for each in plugged_devices(tmp_path)]
    assert found == [UsbDevice("1234:5678", serial="A 1"), *sockets]
    line = plugged_devices(tmp_path)[0].setting
    assert line == 'allow = [{ id = "1234:5678", serial = "A 1" }]'


@pytest.mark.parametrize("bytes_", [b"", b"\x00" * 40, b"\x12", b"\x01\x04", b"\xff\x04\x00"])
def test_a_device_that_says_nonsense_is_told_all_the_same(tmp_path: Path, bytes_: bytes) -> None:
    folder = plug(tmp_path, "1-1", Device((OWN,), product="\x1b[2J Bus"))
    (folder / "descriptors").write_bytes(bytes_)
    (folder / "idVendor").unlink()
    (told,) = plugged_devices(tmp_path)
    assert told.sentence == ":5678 ([2J Bus) in socket 1-1"


def test_one_that_hides_behind_a_short_descriptor_is_told(tmp_path: Path) -> None:
    plug(tmp_path, "1-1", Device((STORAGE, KEYBOARD), odd=b"\x02\x24"))
    plug(tmp_path, "1-2", Device((ETHERNET, ETHERNET_DATA)))
    assert [each.kinds for each in plugged_devices(tmp_path)] == [
        ("storage", "keyboard"),
        ("network", "serial line"),
    ]


def test_a_machine_without_usb_has_none(tmp_path: Path) -> None:
    assert plugged_devices(tmp_path) == []
