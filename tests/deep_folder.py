"""A folder that is deeper than any recursion, as a stranger may lay it on a stick."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def too_deep(top: Path, levels: int) -> Iterator[None]:
    """Folders in folders, from `top` on; removed by other means than pytest's, which recurse."""
    deepest, name = os.open(top.parent, os.O_RDONLY), top.name
    for _ in range(levels):
        os.mkdir(name, dir_fd=deepest)
        below = os.open(name, os.O_RDONLY, dir_fd=deepest)
        os.fchmod(below, 0o770)
        os.close(deepest)
        deepest, name = below, "d"
    os.close(deepest)
    try:
        yield
    finally:
        subprocess.run(["rm", "-rf", top], check=True)
