"""Walking through the elements with four keys, for people who do not touch the glass."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

KEYS = ("up", "down", "ok", "back")


def moved(order: Sequence[str], focused: str | None, key: str) -> str | None:
    """Where the focus goes with "up" or "down"; round and round, so that it is trapped nowhere."""
    if not order:
        return None
    if focused not in order:
        return order[0] if key == "down" else order[-1]
    step = 1 if key == "down" else -1
    return order[(order.index(focused) + step) % len(order)]
