"""GPIO driver of the buttons (gpiozero)."""

from __future__ import annotations

import queue
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gpiozero import InputDevice

from hardware.buttons.port import ButtonEdge
from hardware.errors import DeviceClosed, DeviceLost
from hardware.pins import cannot_open, lgpio_factory, pin_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gpiozero.pins import Factory


@dataclass(frozen=True, slots=True)
class Wire:
    """Where a contact hangs: its GPIO number (BCM), and where a resistor pulls the pin at rest.

    `up`: the contact closes to ground. `down`: it closes to 3.3 V.
    """

    pin: int
    pull: Literal["up", "down"] = "up"


class GpioButtons:
    """`wires` has one for the name of each button."""

    def __init__(
        self, wires: Mapping[str, Wire], factory: Callable[[], Factory] = lgpio_factory
    ) -> None:
        self._wires = dict(wires)
        self._factory = factory
        self._contacts: list[_Contact] = []
        self._edges: queue.SimpleQueue[ButtonEdge | None] = queue.SimpleQueue()

    def open(self) -> None:
        self.close()
        self._edges = queue.SimpleQueue()
        try:
            factory = self._factory()
            for name, wire in self._wires.items():
                self._contacts.append(_Contact(name, wire, factory, self._edges.put))
        except pin_errors() as error:
            self.close()
            raise cannot_open("buttons", error) from error

    def close(self) -> None:
        for contact in self._contacts:
            contact.close()
        self._contacts.clear()

    def wait(self, timeout_s: float) -> ButtonEdge | None:
        self._require_open()
        try:
            return self._edges.get(timeout=timeout_s)
        except queue.Empty:
            return None

    def interrupt(self) -> None:
        self._edges.put(None)

    def closed(self) -> frozenset[str]:
        self._require_open()
        try:
            return frozenset(contact.name for contact in self._contacts if contact.is_closed)
        except pin_errors() as error:
            raise DeviceLost("buttons", str(error).rstrip(".")) from error

    def _require_open(self) -> None:
        if not self._contacts:
            raise DeviceClosed("buttons")


class _Contact:
    """One contact on its pin. Tells its edges with the time at which the kernel saw them."""

    def __init__(
        self, name: str, wire: Wire, factory: Factory, report: Callable[[ButtonEdge], None]
    ) -> None:
        self.name = name
        self._level_when_closed = wire.pull == "down"
        self._report = report
        self._input = InputDevice(wire.pin, pull_up=wire.pull == "up", pin_factory=factory)
        try:
            self._input.pin.edges = "both"
            self._input.pin.when_changed = self._changed
        except pin_errors():
            self.close()
            raise

    @property
    def is_closed(self) -> bool:
        return bool(self._input.value)

    def close(self) -> None:
        with suppress(*pin_errors()):
            self._input.pin.when_changed = None  # gpiozero keeps pins: else the next is never told
        with suppress(*pin_errors()):
            self._input.close()

    def _changed(self, at_s: float, level: int) -> None:
        self._report(ButtonEdge(self.name, bool(level) == self._level_when_closed, at_s))
