"""Heartbeat of a door: a file lock whose place in the file tells when its main loop turned last.

Setting a lock writes nothing to the disk, works where nothing can be written any more, and is seen
by each process that may read the file. It goes with its process; that of a stopped or hung one
stays where it is, and gets old. The lock's length says whether the disk takes what the door writes.
"""

from __future__ import annotations

import fcntl
import logging
import os
import struct
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kiosk.system.paths import Paths

GLASS, CONSOLE, PANEL = "touch", "console", "panel"
"""The doors of a box. A further glass has a name of its own."""

BEAT_EVERY_S = 3.0
SILENT_AFTER_S = 10.0
"""Longer than a loop takes for what it does in a turn, on a slow card too."""

_FLOCK = struct.Struct("@hhqqi0q")  # of 64-bit Linux: type, whence, start, length, pid
_EVERYWHERE = _FLOCK.pack(fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
_MS: Final = 1000
_WRITES, _WRITES_NOT = 1, 2
"""Lengths of the lock, in bytes."""

_log = logging.getLogger(__name__)


class Heartbeat:
    """A door's own end; `beat` is called by the loop that does the work, never by another thread.

    Where it cannot be shown, the door works all the same.
    """

    def __init__(self, paths: Paths, door: str) -> None:
        self._path = paths.heartbeat(door)
        self._file: int | None = None
        self._due_s = 0.0
        self._complained = False

    def beat(self, writes: Callable[[], bool] = lambda: True) -> None:
        """Show that the loop turns; to be called at least every `BEAT_EVERY_S`.

        `writes` says whether the disk takes what this door writes.
        """
        now_s = time.monotonic()
        if now_s < self._due_s:
            return
        self._due_s = now_s + BEAT_EVERY_S / 2
        try:
            self._show(int(now_s * _MS), _WRITES if writes() else _WRITES_NOT)
        except OSError as error:
            if not self._complained:
                _log.warning("No sign of life can be shown: %s: %s", self._path, error)
            self._complained = True

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _show(self, now_ms: int, length: int) -> None:
        if self._file is None:
            self._file = _opened(self._path)
        # The new one first, so that it is never without. What is left of the old lies before it.
        _set_lock(self._file, fcntl.F_RDLCK, now_ms, length)
        _set_lock(self._file, fcntl.F_UNLCK, 0, now_ms)


@dataclass(frozen=True, slots=True)
class DoorSeen:
    """How a door is that has been open on this box before; `age_s` is None when it does not run.

    `writes` says whether the disk took what it wrote last.
    """

    door: str
    age_s: float | None
    writes: bool = True

    @property
    def alive(self) -> bool:
        return self.age_s is not None and self.age_s <= SILENT_AFTER_S

    @property
    def sentence(self) -> str:
        """In English, for technicians."""
        if self.age_s is None:
            return "does not run"
        return "works" if self.alive else f"has not answered for {self.age_s:.0f} s"


def door_seen(paths: Paths, door: str) -> DoorSeen | None:
    """How a door is now; None when it has never been open here, or cannot be looked at."""
    try:
        file = os.open(paths.heartbeat(door), os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        kind, _, start_ms, length, _ = _FLOCK.unpack(
            fcntl.fcntl(file, fcntl.F_OFD_GETLK, _EVERYWHERE)
        )
    except OSError:
        return None
    finally:
        os.close(file)
    if kind == fcntl.F_UNLCK:
        return DoorSeen(door, None)
    age_s = max(0.0, time.monotonic() - start_ms / _MS)
    return DoorSeen(door, age_s, writes=length != _WRITES_NOT)


def doors_seen(paths: Paths) -> list[DoorSeen]:
    """Every door that has been open on this box before, glasses first."""
    try:
        names = sorted(path.stem for path in paths.heartbeats())
    except OSError:  # the disk, which others tell of
        return []
    names.sort(key=lambda name: name in {CONSOLE, PANEL})
    return [seen for name in names if (seen := door_seen(paths, name))]


def _opened(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o660)


def _set_lock(file: int, kind: int, start: int, length: int) -> None:
    fcntl.fcntl(file, fcntl.F_OFD_SETLK, _FLOCK.pack(kind, os.SEEK_SET, start, length, 0))
