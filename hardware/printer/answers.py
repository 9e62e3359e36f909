"""Decoder of a printer's status bytes (DLE EOT, or one sensor byte)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.trouble import Trouble

if TYPE_CHECKING:
    from hardware.printer.families import Sensor

_FIXED, _FIXED_ON = 0x93, 0x12
"""Bits that are the same in every answer to DLE EOT, and in nothing else that a printer sends."""
_FLOW_CONTROL = b"\x11\x13"
"""XON and XOFF of a printer that is set so; no answer of ours contains them."""
_LOUDEST_BYTES = 64
"""More than this at once is no answer."""


class NoAnswer(ValueError):
    """These bytes are not what a printer of this family says."""

    def __init__(self, heard: bytes) -> None:
        self.heard = heard
        super().__init__(heard[:8].hex(" "))


class Answers:
    """Sorts what comes: answers in real time overtake those that wait for their turn."""

    def __init__(self) -> None:
        self.at_once = bytearray()
        self.in_turn = bytearray()

    def feed(self, received: bytes) -> None:
        """Raise `NoAnswer` for a printer that talks without an end."""
        for byte in received:
            if byte & _FIXED == _FIXED_ON:
                self.at_once.append(byte)
            elif byte not in _FLOW_CONTROL:
                self.in_turn.append(byte)
        if len(self.at_once) + len(self.in_turn) > _LOUDEST_BYTES:
            raise NoAnswer(bytes(self.in_turn))

    def forget(self) -> None:
        self.at_once.clear()
        self.in_turn.clear()


def worst_of(printer: int, offline: int, error: int, paper: int) -> Trouble | None:
    """The worst of what DLE EOT 1 to 4 answered; their fixed bits have been looked at."""
    troubles = (
        (error & 0x2C, Trouble.FAULT),  # mechanics, cutter, or only a technician mends it
        (offline & 0x04, Trouble.COVER_OPEN),
        (offline & 0x20 or paper & 0x60, Trouble.PAPER_OUT),
        (error & 0x40, Trouble.OFFLINE),  # too hot: it goes on by itself
        (offline & 0x40, Trouble.FAULT),
        (printer & 0x08, Trouble.OFFLINE),
        (paper & 0x0C, Trouble.PAPER_LOW),
    )
    return next((trouble for bits, trouble in troubles if bits), None)


def trouble_by_sensor(answer: int, sensor: Sensor) -> Trouble | None:
    """What the only byte of a simpler printer says. Raises `NoAnswer`."""
    if answer & sensor.zero:
        raise NoAnswer(bytes([answer]))
    if answer & sensor.out:
        return Trouble.PAPER_OUT
    if answer & sensor.offline:
        return Trouble.OFFLINE
    return Trouble.PAPER_LOW if answer & sensor.low else None
