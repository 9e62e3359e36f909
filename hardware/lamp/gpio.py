"""GPIO driver of the lamps (gpiozero): each pin drives a transistor, the transistor its lamp."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from gpiozero import DigitalOutputDevice

from hardware.errors import DeviceClosed, DeviceLost
from hardware.pins import cannot_open, lgpio_factory, pin_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gpiozero.pins import Factory


class GpioLamp:
    """`pins` has the GPIO number (BCM) for the name of each lamp; high is light.

    One thread switches all lamps off in time, from `open` to `close`.
    """

    def __init__(
        self, pins: Mapping[str, int], factory: Callable[[], Factory] = lgpio_factory
    ) -> None:
        self._pins = dict(pins)
        self._factory = factory
        self._changed = threading.Condition()
        self._lamps: dict[str, DigitalOutputDevice] = {}
        self._off_at_s: dict[str, float] = {}
        self._fault: Exception | None = None
        self._switch: threading.Thread | None = None

    def open(self) -> None:
        self.close()
        try:
            factory = self._factory()
            for name, pin in self._pins.items():
                self._lamps[name] = DigitalOutputDevice(pin, pin_factory=factory)
        except pin_errors() as error:
            self._release()
            raise cannot_open("lamp", error) from error
        self._switch = threading.Thread(target=self._switch_off, name="lamps off", daemon=True)
        self._switch.start()

    def close(self) -> None:
        with self._changed:
            switch, self._switch, self._fault = self._switch, None, None
            self._changed.notify()
        if switch:
            switch.join()
        self._release()

    def flash(self, name: str, duration_s: float) -> None:
        with self._changed:
            self._require_open()
            lamp = self._lamps.get(name)
            if lamp is None or duration_s <= 0:
                return
            try:
                lamp.on()
            except pin_errors() as error:
                raise DeviceLost("lamp", str(error).rstrip(".")) from error
            off_at_s = time.monotonic() + duration_s
            self._off_at_s[name] = max(off_at_s, self._off_at_s.get(name, off_at_s))
            self._changed.notify()

    def _require_open(self) -> None:
        if self._switch is None:
            raise DeviceClosed("lamp")
        if self._fault:
            raise DeviceLost("lamp", str(self._fault).rstrip(".")) from self._fault

    def _release(self) -> None:
        self._off_at_s.clear()
        for lamp in self._lamps.values():
            with suppress(*pin_errors()):
                lamp.off()
            with suppress(*pin_errors()):
                lamp.close()
        self._lamps.clear()

    def _switch_off(self) -> None:
        """Switch each lamp off when its time is over; what fails is told at the next flash."""
        with self._changed:
            while self._switch is threading.current_thread():
                now_s = time.monotonic()
                for name in [name for name, at_s in self._off_at_s.items() if at_s <= now_s]:
                    del self._off_at_s[name]
                    try:
                        self._lamps[name].off()
                    except pin_errors() as error:
                        self._fault = error
                next_s = min(self._off_at_s.values(), default=None)
                self._changed.wait(None if next_s is None else max(0.0, next_s - now_s))
