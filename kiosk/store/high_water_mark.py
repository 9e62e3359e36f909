"""High-water mark of the series: the numbers drawn last, in a file beside the database.

A damaged sector in the log takes every commit behind it, without a word. The mark tells which
numbers were on paper by then. It is written after each commit and never synced: the log is, and
what only the mark knows is needed when the log is damaged, not when the power goes.
"""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from kiosk.domain.number import HIGHEST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

_BYTES = 1024  # 26 letters fit
LETTERS = "visit:letter:"


class HighWaterMark:
    """For any process and thread: a lock on the file keeps them in turn."""

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(f"{database.name}-mark")

    def exists(self) -> bool:
        """Whether this box has ever drawn a number."""
        return self.path.exists()

    def read(self) -> dict[str, int]:
        """The numbers drawn last; nothing where the mark is missing or damaged."""
        with suppress(OSError), self._locked(os.O_RDONLY) as file:
            return _decoded(os.pread(file, _BYTES, 0))
        return {}

    def save(self, drawn: Mapping[str, int], forgotten: Collection[str] = ()) -> None:
        """Keep what was drawn, after forgetting the series that begin with one of `forgotten`."""
        with suppress(OSError), self._locked(os.O_RDWR | os.O_CREAT) as file:
            known = _decoded(os.pread(file, _BYTES, 0))
            kept = {n: last for n, last in known.items() if not n.startswith(tuple(forgotten))}
            for name, last in drawn.items():
                if not is_behind(name, last, kept.get(name, 0)):
                    kept[name] = last
            os.pwrite(file, json.dumps(kept).encode().ljust(_BYTES), 0)

    @contextmanager
    def _locked(self, flags: int) -> Iterator[int]:
        file = os.open(self.path, flags | os.O_CLOEXEC | os.O_NOFOLLOW, 0o660)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
        finally:
            os.close(file)


def is_behind(name: str, last: int, marked: int) -> bool:
    """Whether a series stands before its mark; after the highest number a letter begins again."""
    begun_again = name.startswith(LETTERS) and marked - last > HIGHEST // 2
    return last < marked and not begun_again


def _decoded(content: bytes) -> dict[str, int]:
    try:
        known = json.loads(content)
    except ValueError:
        return {}
    valid = isinstance(known, dict) and all(type(last) is int for last in known.values())
    return known if valid else {}
