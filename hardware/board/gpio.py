"""GPIO driver of the ignition, behind an optocoupler or a voltage divider (gpiozero)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from gpiozero import InputDevice

from hardware.errors import DeviceClosed, DeviceLost
from hardware.pins import cannot_open, lgpio_factory, pin_errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from gpiozero.pins import Factory


class GpioIgnition:
    """`off_when` is the level of the pin when the ignition is off.

    The pin is pulled towards "off": a wire that has come off ends in a clean shutdown, while one
    that is taken for a running engine would end in a dead battery.
    """

    def __init__(
        self,
        pin: int,
        off_when: Literal["low", "high"],
        factory: Callable[[], Factory] = lgpio_factory,
    ) -> None:
        self._pin = pin
        self._off_when = off_when
        self._factory = factory
        self._input: InputDevice | None = None

    def open(self) -> None:
        self.close()
        try:
            pull_up = self._off_when == "high"
            self._input = InputDevice(self._pin, pull_up=pull_up, pin_factory=self._factory())
        except pin_errors() as error:
            raise cannot_open("board", error) from error

    def close(self) -> None:
        line, self._input = self._input, None
        if line is not None:
            with suppress(*pin_errors()):
                line.close()

    def is_on(self) -> bool | None:
        if self._input is None:
            raise DeviceClosed("board")
        try:
            return bool(self._input.value)  # active is the level against the pull
        except pin_errors() as error:
            raise DeviceLost("board", f"pin {self._pin}: {error}".rstrip(".")) from error
