"""Rules of udev that name the devices of config.toml, for the shipped ones that refuse the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.settings.config import Config, UsbDevice

RULES: Final = "/run/udev/rules.d/69-radhaus-usb.rules"
"""In memory: made anew at each start, before anything else that udev reads of ours."""

_BY_ID: Final = "/dev/serial/by-id/usb-"
_INTERFACE: Final = re.compile(r"-if[0-9a-f]{2}(?:-port[0-9]+)?\Z")
_SAFE: Final = re.compile(r"[A-Za-z0-9#+.:=@_*-]+")
_FEWEST_LETTERS: Final = 4
"""`usb-*` means whatever is plugged in; a name says at least something."""

_HEAD: Final = """\
# Made by `kiosk usb apply` of config.toml; 70-radhaus-usb.rules goes on with it.
SUBSYSTEM!="usb", GOTO="radhaus_named_end"
ENV{DEVTYPE}!="usb_device", GOTO="radhaus_named_end"
"""


def named_rules(settings: Config) -> str:
    """The content of `RULES`: what is named in [usb], and what the port of a device names."""
    lines = [
        *(_rule_of(device) for device in settings.usb.allow),
        *(
            f'ENV{{RADHAUS_USB}}=="", ENV{{ID_SERIAL}}=="{name}", ENV{{RADHAUS_USB}}="wire"'
            for _, port in _real_ports(settings)
            if (name := serial_name(port))
        ),
    ]
    return "".join([_HEAD, *(f"{line}\n" for line in lines), 'LABEL="radhaus_named_end"\n'])


def serial_name(port: str) -> str | None:
    """The name, or pattern of it, by which udev knows the USB device of such a port.

    None where the port says nothing of the device: /dev/ttyUSB0, by-path, or `usb-*` alone.
    """
    if not port.startswith(_BY_ID):
        return None
    name = _INTERFACE.sub("", port.removeprefix(_BY_ID))
    letters = sum(each.isalnum() for each in name)
    return name if _SAFE.fullmatch(name) and letters >= _FEWEST_LETTERS else None


def unnamed_ports(settings: Config) -> list[str]:
    """Devices of config.toml whose port does not say which USB device it is."""
    return [
        name
        for name, port in _real_ports(settings)
        if _may_be_usb(port) and serial_name(port) is None
    ]


def _real_ports(settings: Config) -> Iterator[tuple[str, str]]:
    for name, device in settings.devices.items():
        if device.serial_port is not None:
            yield name, device.serial_port


def _may_be_usb(port: str) -> bool:
    return port.startswith(("/dev/serial/by-", "/dev/ttyUSB", "/dev/ttyACM"))


def _rule_of(device: UsbDevice) -> str:
    vendor, product = device.id.split(":")
    keys = [f'ATTR{{idVendor}}=="{vendor}"', f'ATTR{{idProduct}}=="{product}"']
    if device.serial:
        keys.append(f'ATTR{{serial}}=="{device.serial}"')
    if device.socket:
        keys.append(f'KERNEL=="{device.socket}"')
    return ", ".join([*keys, 'ENV{RADHAUS_USB}="named"'])
