"""Base of the settings of a device: what all kinds have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

STAND_INS = frozenset({"fake", "file", "keyboard", "wav"})
"""Drivers for a desk or a demo: where one runs, glass, console and doctor say so."""


class PinUse(NamedTuple):
    """A pin that something hangs on: the setting that says so, and what for."""

    setting: str
    pin: int
    purpose: str


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """One device. With the driver `none` the box does not have it."""

    driver: str = "none"

    @property
    def kind(self) -> str:
        """One of `DEVICE_KINDS`."""
        return str(self.__struct_config__.tag)

    @property
    def is_there(self) -> bool:
        return self.driver != "none"

    @property
    def stand_in(self) -> bool:
        """Whether something else plays the device."""
        return self.driver in STAND_INS

    @property
    def real(self) -> bool:
        """Whether this box really is at its wires."""
        return self.is_there and not self.stand_in

    def faults(self) -> Iterator[str]:
        """Each invalid setting, with why: `baud: ...`, without a full stop."""
        yield from ()

    def pin_uses(self) -> Iterator[PinUse]:
        """Every GPIO pin that something hangs on."""
        yield from ()

    @property
    def serial_port(self) -> str | None:
        """Its serial line; None where it has none, or none is opened."""
        return getattr(self, "port", None) if self.real else None
