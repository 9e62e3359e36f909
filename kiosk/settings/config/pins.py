"""Whether buttons, lamps and ignition are wired to pins as they can be."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from kiosk.settings.config.devices import BUTTONS, DEVICES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.settings.config.devices import Devices

HIGHEST_PIN = 27
"""The header of a Raspberry Pi has GPIO 0 to 27."""

_PULLED_UP = (2, 3)
"""On the board itself, by 1.8 kilohm: nothing pulls them down."""

_HEADER_LINES = ("/dev/serial0", "/dev/ttyAMA0", "/dev/ttyS0")
_HEADER_LINE_PINS = {14: "to", 15: "from"}


class Use(NamedTuple):
    """A pin that something hangs on: the setting that says so, and what for."""

    setting: str
    pin: int
    purpose: str


def faults(devices: Devices) -> list[str]:
    """Every setting about pins that makes no sense, one sentence each, without a full stop."""
    return [*_unknown_names(devices), *_nothing_wired(devices), *_not_usable(devices)]


def on_header(port: str) -> bool:
    """Whether a serial device's port, a path or a pattern, is the line at GPIO 14 and 15."""
    return any(fnmatchcase(line, port) for line in _HEADER_LINES)


def uses(devices: Devices) -> Iterator[Use]:
    """Every pin that this box uses, in the order in which it is taken."""
    for device in DEVICES:
        if on_header(devices.port_of(device) or ""):
            for pin, way in _HEADER_LINE_PINS.items():
                yield Use(f"devices.{device}.port", pin, f"{way} {device.replace('_', ' ')}")
    if devices.board.ignition_pin is not None:
        yield Use("devices.board.pin", devices.board.ignition_pin, "ignition")
    if devices.buttons.driver == "gpio":
        for name, contact in devices.buttons.contacts.items():
            yield Use(_contact(name), contact.pin, name)
    if devices.lamp.driver == "gpio":
        for name, pin in devices.lamp.pins.items():
            yield Use(f"devices.lamp.pins.{name}", pin, f"lamp {name}")


def _unknown_names(devices: Devices) -> Iterator[str]:
    named = (
        ("buttons.contacts", list(devices.buttons.contacts)),
        ("lamp.pins", list(devices.lamp.pins)),
    )
    for setting, names in named:
        for name in names:
            if name not in BUTTONS:
                known = ", ".join(BUTTONS)
                yield f"devices.{setting}: there is no button {name!r}; there are {known}"


def _nothing_wired(devices: Devices) -> Iterator[str]:
    if devices.buttons.driver == "gpio" and not devices.buttons.contacts:
        yield "devices.buttons.contacts: the driver gpio needs a pin for each button"
    if devices.lamp.driver == "gpio" and not devices.lamp.pins:
        yield "devices.lamp.pins: the driver gpio needs a pin for each lamp"


def _not_usable(devices: Devices) -> Iterator[str]:
    taken: dict[int, str] = {}
    for setting, pin, _ in uses(devices):
        if not 0 <= pin <= HIGHEST_PIN:
            yield f"{setting}: there is no GPIO {pin}, only 0 to {HIGHEST_PIN}"
        elif pin in taken:
            yield f"{setting}: GPIO {pin} is taken by {taken[pin]}"
        taken.setdefault(pin, setting)
    if devices.buttons.driver == "gpio":
        for name, contact in devices.buttons.contacts.items():
            if contact.pin in _PULLED_UP and contact.pull == "down":
                yield f"{_contact(name)}: the board itself pulls GPIO {contact.pin} up, not down"


def _contact(name: str) -> str:
    return f"devices.buttons.contacts.{name}"
