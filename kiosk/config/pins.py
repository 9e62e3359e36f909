"""Whether buttons, lamps and ignition are wired to pins as they can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kiosk.config.devices import BUTTONS, DEVICES, STAND_INS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.config.devices import Devices

HIGHEST_PIN = 27
"""The header of a Raspberry Pi has GPIO 0 to 27."""

_PULLED_UP = (2, 3)
"""On the board itself, by 1.8 kilohm: nothing pulls them down."""

_SERIAL_PORTS = ("/dev/serial0", "/dev/ttyAMA0", "/dev/ttyS0")
_SERIAL_PINS = (14, 15)


class _Use(NamedTuple):
    setting: str
    pin: int


def faults(devices: Devices) -> list[str]:
    """Every setting about pins that makes no sense, one sentence each, without a full stop."""
    return [*_unknown_names(devices), *_nothing_wired(devices), *_not_usable(devices)]


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
    for setting, pin in _uses(devices):
        if not 0 <= pin <= HIGHEST_PIN:
            yield f"{setting}: there is no GPIO {pin}, only 0 to {HIGHEST_PIN}"
        elif pin in taken:
            yield f"{setting}: GPIO {pin} is taken by {taken[pin]}"
        taken.setdefault(pin, setting)
    if devices.buttons.driver == "gpio":
        for name, contact in devices.buttons.contacts.items():
            if contact.pin in _PULLED_UP and contact.pull == "down":
                yield f"{_contact(name)}: the board itself pulls GPIO {contact.pin} up, not down"


def _uses(devices: Devices) -> Iterator[_Use]:
    for device in DEVICES:
        section = getattr(devices, device)
        port = getattr(section, "port", "")
        if port in _SERIAL_PORTS and section.driver not in {"none", *STAND_INS}:
            yield from (_Use(f"devices.{device}.port", pin) for pin in _SERIAL_PINS)
    if devices.board.driver not in {"none", *STAND_INS} and devices.board.ignition == "gpio":
        yield _Use("devices.board.pin", devices.board.pin)
    if devices.buttons.driver == "gpio":
        for name, contact in devices.buttons.contacts.items():
            yield _Use(_contact(name), contact.pin)
    if devices.lamp.driver == "gpio":
        for name, pin in devices.lamp.pins.items():
            yield _Use(f"devices.lamp.pins.{name}", pin)


def _contact(name: str) -> str:
    return f"devices.buttons.contacts.{name}"
