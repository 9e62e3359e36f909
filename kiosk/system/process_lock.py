"""Process lock, which the kernel frees when its process ends, in any way."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager, suppress
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


@contextmanager
def hold_lock(lock: Path, what: str) -> Iterator[None]:
    """Hold the lock while the block runs. Raises `AlreadyRunning`, `RuntimeUnusable`."""
    with _open(lock) as held:
        if not _try_lock(held):
            raise AlreadyRunning(what, lock)
        yield


def _try_lock(lock: TextIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _without_link(path: str, flags: int) -> int:
    """Several users write in that folder: a link there may lead to a file of another."""
    return os.open(path, flags | os.O_NOFOLLOW, 0o660)


def _open(lock: Path) -> TextIO:
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        return open(lock, "a", encoding="utf-8", opener=_without_link)
    except OSError as error:
        with suppress(OSError):  # a disk that takes nothing any more: one of before does as well
            return open(lock, encoding="utf-8", opener=_without_link)
        raise RuntimeUnusable(lock, error) from error
