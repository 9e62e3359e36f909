"""Which USB device the port of a device names."""

from __future__ import annotations

import pytest

from kiosk.operate.usb.rules import serial_name, unnamed_ports
from kiosk.settings.config import Config, Devices
from kiosk.settings.config.devices import PrinterSettings

BY_ID = "/dev/serial/by-id/usb-Maker_Line_A50285BI-if00-port0"


@pytest.mark.parametrize(
    ("port", "name"),
    [
        (BY_ID, "Maker_Line_A50285BI"),
        ("/dev/serial/by-id/usb-1a86_USB_Serial-if00-port0", "1a86_USB_Serial"),
        ("/dev/serial/by-id/usb-*Printer*", "*Printer*"),
        ("/dev/serial/by-id/usb-*", None),
        ("/dev/serial/by-id/usb-*-if00-port0", None),
        ('/dev/serial/by-id/usb-Maker"', None),
        ("/dev/ttyUSB0", None),
        ("/dev/serial0", None),
    ],
)
def test_which_name_a_port_has(port: str, name: str | None) -> None:
    assert serial_name(port) == name


def test_a_port_that_says_nothing_of_its_device_is_told() -> None:
    def unnamed(port: str) -> list[str]:
        printer = PrinterSettings(driver="serial", port=port)
        return unnamed_ports(Config("bochum", devices=Devices(printer=printer)))

    assert unnamed("/dev/ttyUSB0") == unnamed("/dev/serial/by-id/usb-*") == ["printer"]
    assert unnamed(BY_ID) == unnamed("/dev/serial0") == []
