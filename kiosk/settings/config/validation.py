"""Validation of what single settings cannot show: each value is possible, together they are not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kiosk.settings.config import pins, print_routing, serial_lines
from kiosk.settings.config.devices import Printer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.settings.config.device_list import Devices
    from kiosk.settings.config.model import Config


FINEST_MM_PER_PX = 0.02
"""No panel has smaller pixels; with a slip of the comma nothing would fit on the glass."""


def config_faults(settings: Config) -> list[str]:
    """Every impossible setting, one sentence each, without a full stop."""
    return [*_of_the_glass(settings), *device_faults(settings.devices)]


def device_faults(devices: Devices) -> list[str]:
    """Every setting of a device that makes no sense."""
    return [
        *_of_each(devices),
        *_too_many(devices),
        *pins.pin_faults(devices),
        *serial_lines.serial_line_faults(devices),
        *print_routing.routing_faults(devices.of(Printer)),
    ]


def _of_the_glass(settings: Config) -> Iterator[str]:
    if 0 < settings.glass.mm_per_px < FINEST_MM_PER_PX:
        yield f"glass.mm_per_px: must be 0, for the usual, or at least {FINEST_MM_PER_PX}"


def _of_each(devices: Devices) -> Iterator[str]:
    for name, device in devices.items():
        for fault in device.faults() if device.is_there else ():
            yield f"devices.{name}.{fault}"


def _too_many(devices: Devices) -> Iterator[str]:
    """There is one computer, and one keyboard."""
    known: Counter[str] = Counter()
    for name, device in devices.items():
        only = device.kind if device.kind == "board" else device.driver
        known[only] += only in {"board", "keyboard"}
        if known[only] > 1:
            yield f"devices.{name}: there is one {only} only, and another section has it"
