"""One process for one thing: a lock that the kernel frees when its process ends, in any way."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kiosk.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class RunsAlready(Refused):
    """Another process is this thing already."""

    def __init__(self, what: str, lock: Path) -> None:
        self.lock = lock
        super().__init__(f"{what} runs already on {lock.parent.parent}: end it first.")


@contextmanager
def only_one(lock: Path, what: str) -> Iterator[None]:
    """Hold the lock while the block runs. Raises `RunsAlready`."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunsAlready(what, lock) from None
        yield
