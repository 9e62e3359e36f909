"""The GPIO pins of the computer, through gpiozero and the kernel's interface."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from gpiozero import GPIOPinInUse, GPIOZeroError

from hardware.errors import CannotOpen, DeviceBusy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gpiozero.pins import Factory

_one_at_a_time = threading.Lock()


def lgpio_factory() -> Factory:
    """The kernel's GPIO interface, named outright: gpiozero's own choice would fall back.

    Always the same one, never closed: gpiozero's factories share their pins, so that closing one
    would take the pins of all other devices with it. Raises what `pin_errors` lists.
    """
    with _one_at_a_time:
        return _lgpio_factory()


def pin_errors() -> tuple[type[Exception], ...]:
    """What pins raise when they are not there, taken or lost. For an `except` clause."""
    theirs = getattr(sys.modules.get("lgpio"), "error", None)
    return (GPIOZeroError, ImportError, OSError, *([theirs] if theirs else []))


def cannot_open(device: str, error: Exception) -> CannotOpen:
    """The same in our words: another program may hold a pin, or there is none."""
    reason = str(getattr(error, "value", error)).strip("'").rstrip(".")
    taken = isinstance(error, GPIOPinInUse) or "busy" in reason.lower()
    return (DeviceBusy if taken else CannotOpen)(device, reason)


@cache
def _lgpio_factory() -> Factory:
    with _folder_for_lgpio():
        if not hasattr(import_module("lgpio"), "gpiochip_open"):
            raise ImportError("the library lgpio is an empty module; see 'kiosk doctor'")
    module = import_module("gpiozero.pins.lgpio")
    factory: Factory = module.LGPIOFactory()
    return factory


@contextmanager
def _folder_for_lgpio() -> Iterator[None]:
    """A folder that lives as long as lgpio is loaded.

    lgpio lays a named pipe into LG_WD and makes that the working folder of the whole process.
    Once both ends are open the name is not needed, so folder and move are taken back.
    """
    before = os.open(".", os.O_PATH)
    try:
        with TemporaryDirectory(prefix="lgpio-") as folder:
            os.environ["LG_WD"] = folder
            yield
    finally:
        with suppress(OSError):  # a folder that was removed, or is closed to us
            os.fchdir(before)
        os.close(before)
