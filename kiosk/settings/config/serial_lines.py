"""Whether the serial lines of config.toml can be opened, and each by one device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.settings.config.devices import DEVICES
from kiosk.settings.config.pins import on_header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.settings.config.devices import Devices

_EVERY_DISPLAY = "00"


def faults(devices: Devices) -> list[str]:
    """Every setting of a serial line that makes no sense, without a full stop."""
    return [*_no_paths(devices), *_shared(devices), *_no_addresses(devices)]


def _no_paths(devices: Devices) -> Iterator[str]:
    for setting, port in _ports(devices):
        if not port.startswith("/") or not port.strip("/") or "\0" in port:
            yield f"{setting}: must be a path such as /dev/serial/by-id/usb-*, not {port!r}"
        elif "**" in port:
            yield f"{setting}: ** is no part of a name; a single * stands for any letters"


def _shared(devices: Devices) -> Iterator[str]:
    """Two devices on one line hold each other. Those on the header share pins, and are told so."""
    taken: dict[str, str] = {}
    for setting, port in _ports(devices):
        if port in taken and not on_header(port):
            yield f"{setting}: {port} is taken by {taken[port]}; name one line for each"
        taken.setdefault(port, setting)


def _no_addresses(devices: Devices) -> Iterator[str]:
    display = devices.call_display
    if display.driver not in {"ditel", "segments"}:
        return
    if not display.address.isdecimal():
        yield (
            f"devices.call_display.address: the driver {display.driver} needs two digits,"
            f" such as 01, not {display.address!r}"
        )
    elif display.driver == "ditel" and display.address == _EVERY_DISPLAY:
        yield "devices.call_display.address: no display of the driver ditel answers to 00"


def _ports(devices: Devices) -> Iterator[tuple[str, str]]:
    for device in DEVICES:
        port = devices.port_of(device)
        if port is not None:
            yield f"devices.{device}.port", port
