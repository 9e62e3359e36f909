"""Validation of pins: that there are such, and that nothing else hangs on them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from kiosk.settings.config.section import PinUse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.settings.config.device_list import Devices

HIGHEST_PIN = 27
"""The header of a Raspberry Pi has GPIO 0 to 27."""

_HEADER_LINES = ("/dev/serial0", "/dev/ttyAMA0", "/dev/ttyS0")
_HEADER_LINE_PINS = {14: "to", 15: "from"}


def pin_faults(devices: Devices) -> Iterator[str]:
    """Every pin that there is none of, or that two things hang on, without a full stop."""
    taken: dict[int, str] = {}
    for setting, pin, _ in pin_uses(devices):
        if not 0 <= pin <= HIGHEST_PIN:
            yield f"{setting}: there is no GPIO {pin}, only 0 to {HIGHEST_PIN}"
        elif pin in taken:
            yield f"{setting}: GPIO {pin} is taken by {taken[pin]}"
        taken.setdefault(pin, setting)


def is_header_line(port: str) -> bool:
    """Whether a serial device's port, a path or a pattern, is the line at GPIO 14 and 15."""
    return any(fnmatchcase(line, port) for line in _HEADER_LINES)


def pin_uses(devices: Devices) -> Iterator[PinUse]:
    """Every pin that this box uses: lines and ignition first, for they cannot move."""
    for name, device in devices.items():
        if is_header_line(device.serial_port or ""):
            for pin, way in _HEADER_LINE_PINS.items():
                yield PinUse(f"devices.{name}.port", pin, f"{way} {name.replace('_', ' ')}")
    for name, device in sorted(devices.items(), key=lambda each: each[1].kind != "board"):
        for setting, pin, purpose in device.pin_uses():
            yield PinUse(f"devices.{name}.{setting}", pin, purpose)
