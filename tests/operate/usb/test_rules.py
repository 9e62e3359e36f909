"""Which USB devices are let in, decided by udev itself on a bus that stands in for the kernel's."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from kiosk.operate.usb.rules import named_rules
from kiosk.settings.config import Config, Devices, UsbDevice, UsbSettings
from kiosk.settings.config.devices import PrinterSettings
from tests.operate.usb.bus import (
    ACM,
    ACM_DATA,
    ETHERNET,
    ETHERNET_DATA,
    HUB,
    INITRAMFS,
    KEYBOARD,
    MOUSE,
    OWN,
    RNDIS,
    STARTS_FROM_USB,
    STORAGE,
    TOUCH,
    UAS,
    Device,
    decide,
    links_of_partition,
    reaches_the_glass,
    udev_decides,
)

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or not udev_decides(),
    reason="root alone hands udev its rules, and that of Debian 13 only tells what it would do:"
    " there tests/machine/test_usb.py looks",
)

BY_ID = "/dev/serial/by-id/usb-Maker_Line_A50285BI-if00-port0"


def _named(*allowed: UsbDevice, port: str = "") -> str:
    printer = {"printer": PrinterSettings(driver="serial", port=port)} if port else {}
    return named_rules(Config("bochum", usb=UsbSettings([*allowed]), devices=Devices(**printer)))


@pytest.mark.parametrize(
    "interfaces",
    [(HUB,), (STORAGE,), (STORAGE, UAS), (TOUCH,), (TOUCH, TOUCH), (TOUCH, MOUSE), (MOUSE,)],
)
def test_sticks_hubs_and_what_points_are_let_in(
    interfaces: tuple[tuple[int, int, int], ...], tmp_path: Path
) -> None:
    found = decide(Device(interfaces), tmp_path)
    assert found.device
    assert all(found.interfaces)


@pytest.mark.parametrize(
    "interfaces",
    [
        (KEYBOARD,),
        (KEYBOARD, MOUSE),
        (TOUCH, KEYBOARD),
        (STORAGE, KEYBOARD),
        (STORAGE, TOUCH),
        (HUB, KEYBOARD),
        (ETHERNET, ETHERNET_DATA),
        (STORAGE, ETHERNET, ETHERNET_DATA),
        (RNDIS, ACM_DATA),
        (ACM, ACM_DATA),
        (OWN,),
        (STORAGE,) * 3 + ((8, 1, 1), (8, 2, 2), (8, 3, 3)),
    ],
)
def test_a_stranger_is_refused_whole(
    interfaces: tuple[tuple[int, int, int], ...], tmp_path: Path
) -> None:
    assert not decide(Device(interfaces, authorized=True), tmp_path).device
    assert not decide(Device(interfaces), tmp_path, action="change").device


def test_what_udev_overlooks_behind_a_stick_stays_off(tmp_path: Path) -> None:
    """Two bytes of no meaning end udev's reading, and not the kernel's."""
    found = decide(Device((STORAGE, KEYBOARD), odd=b"\x02\x24"), tmp_path)
    assert found.interfaces == (True, False)


def test_what_is_corrupt_is_refused(tmp_path: Path) -> None:
    assert not decide(Device((STORAGE, STORAGE), odd=b"\xff\x24"), tmp_path).device


def test_a_named_device_is_let_in_with_all_that_it_is(tmp_path: Path) -> None:
    keypad = Device((KEYBOARD, ETHERNET), id="2047:0a3c", serial="A 1")
    assert not decide(keypad, tmp_path, _named(UsbDevice("2047:0a3d"))).device
    for one in (
        UsbDevice("2047:0a3c"),
        UsbDevice("2047:0a3c", serial="A 1"),
        UsbDevice("2047:0a3c", socket="1-1"),
        UsbDevice("2047:0a3c", serial="A 1", socket="1-1"),
    ):
        found = decide(keypad, tmp_path, _named(one))
        assert found.device
        assert found.interfaces == (True, True)


@pytest.mark.parametrize(
    "other", [UsbDevice("2047:0a3c", serial="A"), UsbDevice("2047:0a3c", socket="1-1.1")]
)
def test_another_one_of_its_model_is_not(other: UsbDevice, tmp_path: Path) -> None:
    keypad = Device((KEYBOARD,), id="2047:0a3c", serial="A 1")
    assert not decide(keypad, tmp_path, _named(other)).device


@pytest.mark.parametrize("port", [BY_ID, BY_ID.replace("Maker_", "*"), f"{BY_ID[:-13]}*"])
def test_the_port_of_a_device_names_it(port: str, tmp_path: Path) -> None:
    line = Device((OWN,), product="Line", serial="A50285BI")
    found = decide(line, tmp_path, _named(port=port))
    assert found.interfaces == (True,)
    assert not decide(line, tmp_path).device


def test_both_interfaces_of_a_serial_line_are_let_in(tmp_path: Path) -> None:
    line = Device((ACM, ACM_DATA), product="Line", serial="A50285BI")
    assert decide(line, tmp_path, _named(port=BY_ID)).interfaces == (True, True)


@pytest.mark.parametrize("more", [KEYBOARD, TOUCH, ETHERNET, RNDIS])
def test_who_takes_the_name_of_a_serial_line_is_no_more_than_that(
    more: tuple[int, int, int], tmp_path: Path
) -> None:
    line = Device((OWN, more), product="Line", serial="A50285BI")
    assert not decide(line, tmp_path, _named(port=BY_ID)).device


def test_what_was_refused_is_logged_with_what_it_was(tmp_path: Path) -> None:
    said = decide(Device((KEYBOARD,), id="046d:c31c"), tmp_path).said
    assert "a device 046d:c31c (keyboard) in socket 1-1 was refused" in said
    assert "kiosk usb list" in said
    assert "(storage and more)" in decide(Device((STORAGE, OWN)), tmp_path).said
    assert "(network)" in decide(Device((ETHERNET, ETHERNET_DATA)), tmp_path).said


@pytest.mark.parametrize("name", ["data", "root-a", "root-b", "boot-a", "boot-b", "radhaus"])
def test_a_stick_is_not_taken_for_a_partition_of_the_box(name: str, tmp_path: Path) -> None:
    assert f"by-partlabel/{name}" in links_of_partition(name, tmp_path, usb=False)
    assert "by-partlabel" not in links_of_partition(name, tmp_path)
    assert "by-partlabel/Fotos" in links_of_partition("Fotos", tmp_path)


def test_a_box_that_starts_from_usb_finds_its_own(tmp_path: Path) -> None:
    assert "by-partlabel/data" in links_of_partition("data", tmp_path, before=STARTS_FROM_USB)


def test_before_the_root_is_found_a_stick_is_let_in_only_to_start_from(tmp_path: Path) -> None:
    stick = Device((STORAGE,))
    assert not decide(stick, tmp_path, before=INITRAMFS).device
    assert decide(stick, tmp_path, before=f"{STARTS_FROM_USB}\n{INITRAMFS}").device
    keyboard = Device((KEYBOARD,))
    assert not decide(keyboard, tmp_path, before=f"{STARTS_FROM_USB}\n{INITRAMFS}").device


@pytest.mark.parametrize("kind", ["touchscreen", "mouse"])
def test_what_points_reaches_the_glass(kind: str, tmp_path: Path) -> None:
    assert reaches_the_glass(kind, tmp_path)
    assert reaches_the_glass(kind, tmp_path, Device((TOUCH,)))


def test_keys_reach_the_glass_of_a_named_device_alone(tmp_path: Path) -> None:
    keypad = Device((KEYBOARD,), id="2047:0a3c")
    assert reaches_the_glass("keyboard", tmp_path, keypad, _named(UsbDevice("2047:0a3c")))
    assert not reaches_the_glass("keyboard", tmp_path), "the computer's own"
    assert not reaches_the_glass("keyboard", tmp_path, Device((TOUCH,))), "one that has lied"
