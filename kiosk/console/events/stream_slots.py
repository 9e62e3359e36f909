"""Slots of event streams: a stream is counted before it is answered, until its request has ended.

Counted any later, parallel requests would pass the caps.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class StreamSlots:
    """How many streams there are, by what limits them. For one thread."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def __getitem__(self, name: str) -> int:
        return self._taken[name]

    def acquire(self, caps: Mapping[str, int]) -> bool:
        """Count one stream under each of these names, unless one has its most already."""
        if any(self._taken[name] >= most for name, most in caps.items()):
            return False
        self._taken.update(caps.keys())
        return True

    def release(self, caps: Mapping[str, int]) -> None:
        self._taken.subtract(caps.keys())
        self._taken += Counter()  # addresses and tickets of which none is left are forgotten
