"""Lookup of the serial lines that a computer has, by the names that stay the same in any socket."""

from __future__ import annotations

import glob
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BY_ID = "dev/serial/by-id/*"
OTHERS = ("dev/serial0", "dev/ttyUSB*", "dev/ttyACM*", "dev/ttyAMA*")
"""Lines on the header have no id. A PC's ttyS are left out: most of them lead nowhere."""


def all_lines(root: Path = Path("/")) -> Sequence[Path]:
    """Each line once, by its best name."""
    found: dict[Path, Path] = {}
    for pattern in (BY_ID, *OTHERS):
        for name in sorted(root.glob(pattern)):
            found.setdefault(name.resolve(), name)
    return list(found.values())


def fitting(pattern: str, root: Path = Path("/")) -> Sequence[Path]:
    """The lines that a `port` fits now: an absolute path or pattern; a `*` crosses no folder.

    Looked up anew each time, for names change with the socket.
    """
    if not pattern.startswith("/"):
        return []
    found = glob.glob(pattern.lstrip("/"), root_dir=root)  # noqa: PTH207 - Path.glob follows **
    return sorted(root / name for name in found)
