"""Process lock, which the kernel frees when its process ends, in any way."""

from __future__ import annotations

import fcntl
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kiosk.domain.errors import KioskError, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO


class AlreadyRunning(Refused):
    """Another process holds the lock."""

    def __init__(self, what: str, lock: Path) -> None:
        self.lock = lock
        super().__init__(f"{what} runs already on {lock.parent.parent}: end it first.")


class RuntimeUnusable(KioskError):
    """What a running service needs in the runtime folder cannot be made."""

    def __init__(self, path: Path, error: OSError) -> None:
        self.path = path
        super().__init__(
            f"{path}: cannot be made ({error.strerror}): let the user of this service write in"
            " its folder, and see that the disk has room."
        )


_PROBED_S = 0.05
"""Longer than `is_locked` in another process holds the lock."""


@contextmanager
def hold_lock(lock: Path, what: str) -> Iterator[None]:
    """Hold the lock while the block runs. Raises `AlreadyRunning`, `RuntimeUnusable`."""
    with _open(lock) as held:
        if not _try_lock(held):
            time.sleep(_PROBED_S)
            if not _try_lock(held):
                raise AlreadyRunning(what, lock)
        yield


def is_locked(lock: Path) -> bool:
    """Whether a process holds the lock now. Raises `RuntimeUnusable`."""
    try:
        with lock.open() as seen:
            fcntl.flock(seen, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    except OSError as error:
        raise RuntimeUnusable(lock, error) from error
    return False


def _try_lock(lock: TextIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open(lock: Path) -> TextIO:
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        return lock.open("w")
    except OSError as error:
        raise RuntimeUnusable(lock, error) from error
