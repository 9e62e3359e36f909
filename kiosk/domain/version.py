"""Version of an image, and its order."""

from __future__ import annotations

import re
from typing import Final

VERSION_FORM: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_~-]{0,99}")


def version_order(version: str) -> tuple[int, ...]:
    """`0.1.0+20261130.144036` by its numbers."""
    return tuple(map(int, re.findall(r"\d+", version)))
