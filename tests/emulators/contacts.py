"""Contacts on gpiozero's mock of the pins, and the finger that moves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.buttons.gpio import Wire

if TYPE_CHECKING:
    from gpiozero.pins.mock import MockFactory

PINS = {"smiley.1": Wire(5), "smiley.5": Wire(6, "down"), "next": Wire(13)}


def move(factory: MockFactory, wire: Wire, *, closed: bool) -> None:
    pin = factory.pin(wire.pin)
    high = closed == (wire.pull == "down")
    (pin.drive_high if high else pin.drive_low)()
