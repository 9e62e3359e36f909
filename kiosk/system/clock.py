"""Clock: the only place where the time comes from or is set, and whether it is synchronised."""

from __future__ import annotations

import ctypes
import os
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from kiosk.domain.moment import Moment

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_TIME_ERROR = 5  # adjtimex(2): the clock is not synchronised
_ADJ_MAXERROR, _ADJ_STATUS = 0x0004, 0x0010


def now(*, trust_always: bool) -> Moment:
    """The present; its wall clock is trusted when the kernel says that it is synchronised."""
    trusted = trust_always or synchronised()
    return Moment(_boot(), time.clock_gettime(time.CLOCK_BOOTTIME), datetime.now(UTC), trusted)


def synchronised() -> bool:
    """Whether a time service has set the kernel's clock since boot."""
    buffer = ctypes.create_string_buffer(512)  # struct timex has 208 bytes; all zero: read only
    return _libc().adjtimex(buffer) not in {-1, _TIME_ERROR}


def set_wall(wall: datetime) -> None:
    """Set the system's clock, which then counts as synchronised. Raises `OSError`.

    The kernel takes that back when the clock may be wrong by 16 s: after nine hours, by its rule.
    """
    time.clock_settime(time.CLOCK_REALTIME, wall.timestamp())
    order = _Timex(modes=_ADJ_STATUS | _ADJ_MAXERROR)  # no status: not unsynchronised
    if _libc().adjtimex(ctypes.byref(order)) == -1:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))


class _Timex(ctypes.Structure):
    """The beginning of struct timex, and room for the rest."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("frequency", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("others", ctypes.c_char * 256),
    )


@cache
def _libc() -> ctypes.CDLL:
    """Loaded once: each CDLL is a class of its own, which only the garbage collector takes away."""
    return ctypes.CDLL(None, use_errno=True)


@cache
def _boot() -> str:
    return _BOOT_ID.read_text().strip()
