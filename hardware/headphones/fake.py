"""Sockets for headphones without a wire: in memory, as a file, and those that never change."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOOK_EVERY_S = 0.1


class FakeHeadphones:
    """Plugged in or out by its test; left alone, it stands for a handset or for none."""

    def __init__(self, *, plugged: bool = False) -> None:
        self.plugged = plugged
        self._changed: Callable[[], None] | None = None

    def plug(self, *, inside: bool) -> None:
        """Put them in, or pull them out."""
        changes, self.plugged = inside != self.plugged, inside
        if changes and self._changed:
            self._changed()

    def watch(self, changed: Callable[[], None]) -> None:
        self._changed = changed

    def is_known(self) -> bool:
        return True

    def close(self) -> None:
        self._changed = None


class FileHeadphones:
    """Plugged in while a file is there: for a desk and for tests of a running glass."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._closed = threading.Event()

    @property
    def plugged(self) -> bool:
        return self._path.exists()

    def watch(self, changed: Callable[[], None]) -> None:
        looking = (self.plugged, changed)
        threading.Thread(target=self._look, args=looking, name="headphones", daemon=True).start()

    def is_known(self) -> bool:
        return True

    def close(self) -> None:
        self._closed.set()

    def _look(self, before: bool, changed: Callable[[], None]) -> None:  # noqa: FBT001 - of a thread
        while not self._closed.wait(LOOK_EVERY_S):
            now = self.plugged
            if now != before:
                before = now
                changed()
