"""One process for one thing: a lock that the kernel frees when its process ends, in any way."""

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


class RunsAlready(Refused):
    """Another process is this thing already."""

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


_LOOKED_AT_S = 0.05
"""Longer than somebody who only looks holds the lock."""


@contextmanager
def only_one(lock: Path, what: str) -> Iterator[None]:
    """Hold the lock while the block runs. Raises `RunsAlready`, `RuntimeUnusable`."""
    with _opened(lock) as held:
        if not _taken(held):
            time.sleep(_LOOKED_AT_S)
            if not _taken(held):
                raise RunsAlready(what, lock)
        yield


def runs(lock: Path) -> bool:
    """Whether a process is that thing now. Raises `RuntimeUnusable`."""
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


def _taken(lock: TextIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _opened(lock: Path) -> TextIO:
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        return lock.open("w")
    except OSError as error:
        raise RuntimeUnusable(lock, error) from error
