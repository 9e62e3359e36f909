"""Validation of serial lines: whether they can be opened, and each by one device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.settings.config.pins import is_header_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.settings.config.device_list import Devices


def serial_line_faults(devices: Devices) -> list[str]:
    """Every impossible setting of a serial line, without a full stop."""
    return [*_no_paths(devices), *_shared(devices)]


def _no_paths(devices: Devices) -> Iterator[str]:
    for setting, port in _ports(devices):
        if not port.startswith("/") or not port.strip("/") or "\0" in port:
            yield f"{setting}: must be a path such as /dev/serial/by-id/usb-*, not {port!r}"
        elif "**" in port:
            yield f"{setting}: ** is no part of a name; a single * stands for any letters"


def _shared(devices: Devices) -> Iterator[str]:
    """Two devices on one line block each other. On the header line, `pins` finds it."""
    taken: dict[str, str] = {}
    for setting, port in _ports(devices):
        if port in taken and not is_header_line(port):
            yield f"{setting}: {port} is taken by {taken[port]}; name one line for each"
        taken.setdefault(port, setting)


def _ports(devices: Devices) -> Iterator[tuple[str, str]]:
    for name, device in devices.items():
        if device.serial_port is not None:
            yield f"devices.{name}.port", device.serial_port
