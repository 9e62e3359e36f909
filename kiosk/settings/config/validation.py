"""Validation of what single settings cannot show: each value is possible, together they are not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kiosk.settings.config import pins, print_routing
from kiosk.settings.config.devices import PrinterSettings
from kiosk.settings.config.pins import is_header_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.settings.config.device_list import Devices
    from kiosk.settings.config.model import Config


FINEST_MM_PER_PX = 0.02
"""No panel has smaller pixels; with a slip of the comma nothing would fit on the glass."""


def config_faults(settings: Config) -> list[str]:
    """Every impossible setting, one sentence each, without a full stop."""
    return [
        *_of_the_glass(settings),
        *(f"console.{fault}" for fault in settings.console.faults()),
        *(f"network.{fault}" for fault in settings.network.faults()),
        *(f"upload.{fault}" for fault in settings.upload.faults()),
        *_of_the_backup(settings.backup.recipient),
        *_of_the_data(settings),
        *(f"usb.{fault}" for fault in settings.usb.faults()),
        *device_faults(settings.devices),
    ]


def device_faults(devices: Devices) -> list[str]:
    """Every setting of a device that makes no sense."""
    return [
        *_of_each(devices),
        *_too_many(devices),
        *pins.pin_faults(devices),
        *_no_paths(devices),
        *_shared_lines(devices),
        *print_routing.routing_faults(devices.of(PrinterSettings)),
    ]


def _of_the_glass(settings: Config) -> Iterator[str]:
    if 0 < settings.glass.mm_per_px < FINEST_MM_PER_PX:
        yield f"glass.mm_per_px: must be 0, for the usual, or at least {FINEST_MM_PER_PX}"
    yield from (f"glass.voice.{fault}" for fault in settings.glass.voice.faults())


def _of_the_backup(recipient: str) -> Iterator[str]:
    if recipient.upper().startswith("AGE-SECRET-KEY"):
        yield (
            "backup.recipient: is a secret key, which must never lie on a box:"
            " make a new one, and write its public key, age1..."
        )
    elif recipient and not is_public_key(recipient):
        yield "backup.recipient: is no public key of age: copy it whole, age1..."


def _of_the_data(settings: Config) -> Iterator[str]:
    if settings.data.encrypted and not settings.backup.recipient:
        yield (
            "data.encrypted: needs backup.recipient, a public key of age, for the key that opens"
            " the data when the TPM is lost"
        )


def is_public_key(recipient: str) -> bool:
    """Whether it is a public key of age."""
    from pyrage import RecipientError, x25519  # noqa: PLC0415 - most processes make no backup

    try:
        x25519.Recipient.from_str(recipient)
    except RecipientError:
        return False
    return True


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


def _no_paths(devices: Devices) -> Iterator[str]:
    for setting, port in _ports(devices):
        if not port.startswith("/") or not port.strip("/") or "\0" in port:
            yield f"{setting}: must be a path such as /dev/serial/by-id/usb-*, not {port!r}"
        elif "**" in port:
            yield f"{setting}: ** is no part of a name; a single * stands for any letters"


def _shared_lines(devices: Devices) -> Iterator[str]:
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
