"""Buttons on GPIO pins, each between its pin and ground, through gpiozero."""

from __future__ import annotations

import queue
import time
from typing import TYPE_CHECKING

from gpiozero import Button, GPIOZeroError

from hardware.buttons.port import ButtonEdge
from hardware.errors import CannotOpen, DeviceClosed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gpiozero.pins import Factory


def lgpio_factory() -> Factory:
    """The kernel's GPIO interface, named outright: gpiozero's own choice would fall back."""
    from gpiozero.pins.lgpio import LGPIOFactory  # noqa: PLC0415 - lgpio is there on the Pi only

    return LGPIOFactory()


class GpioButtons:
    """`pins` maps the name of a button to its GPIO number (BCM)."""

    def __init__(
        self,
        pins: Mapping[str, int],
        factory: Callable[[], Factory] = lgpio_factory,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pins = dict(pins)
        self._factory = factory
        self._clock = clock
        self._contacts: list[Button] = []
        self._edges: queue.SimpleQueue[ButtonEdge] = queue.SimpleQueue()

    def open(self) -> None:
        self.close()
        try:
            factory = self._factory()
            for name, pin in self._pins.items():
                self._contacts.append(self._contact(name, pin, factory))
        except (GPIOZeroError, ImportError, OSError) as error:
            self.close()
            raise CannotOpen("buttons", str(error).rstrip(".")) from error

    def close(self) -> None:
        for contact in self._contacts:
            contact.close()
        self._contacts.clear()

    def wait(self, timeout_s: float) -> ButtonEdge | None:
        if not self._contacts:
            raise DeviceClosed("buttons")
        try:
            return self._edges.get(timeout=timeout_s)
        except queue.Empty:
            return None

    def _contact(self, name: str, pin: int, factory: Factory) -> Button:
        contact = Button(pin, pull_up=True, bounce_time=None, pin_factory=factory)
        contact.when_pressed = lambda: self._tell(name, down=True)
        contact.when_released = lambda: self._tell(name, down=False)
        return contact

    def _tell(self, name: str, *, down: bool) -> None:
        self._edges.put(ButtonEdge(name, down, self._clock()))
