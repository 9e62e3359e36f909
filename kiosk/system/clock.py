"""Clock: the only place where the time comes from, and whether it is synchronised."""

from __future__ import annotations

import ctypes
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from kiosk.domain.moment import Moment

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_TIME_ERROR = 5  # adjtimex(2): the clock is not synchronised


def now(*, trust_always: bool) -> Moment:
    """The present; its wall clock is trusted when the kernel says that it is synchronised."""
    trusted = trust_always or synchronised()
    return Moment(_boot(), time.clock_gettime(time.CLOCK_BOOTTIME), datetime.now(UTC), trusted)


def synchronised() -> bool:
    """Whether a time service has set the kernel's clock since boot."""
    buffer = ctypes.create_string_buffer(512)  # struct timex has 208 bytes; all zero: read only
    return _libc().adjtimex(buffer) not in {-1, _TIME_ERROR}


@cache
def _libc() -> ctypes.CDLL:
    """Loaded once: each CDLL is a class of its own, which only the garbage collector takes away."""
    return ctypes.CDLL(None)


@cache
def _boot() -> str:
    return _BOOT_ID.read_text().strip()
