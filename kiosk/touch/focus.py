"""Focus order and digits, for people who use keys instead of the glass."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DIGITS = tuple("0123456789")
KEYS = ("up", "down", "ok", "back", "delete", *DIGITS)


def target_of(key: str, focused: str | None, *, typed: bool) -> str | None:
    """The element on which a key acts; `typed` says that digits stand there to be deleted."""
    if key in DIGITS:
        return f"code.{key}"
    if key == "ok":
        return focused or "code.ok"
    return "code.delete" if key == "delete" and typed else "back"


def next_focus(order: Sequence[str], focused: str | None, key: str) -> str | None:
    """Where the focus goes with "up" or "down"; round and round, so that it is trapped nowhere."""
    if not order:
        return None
    if focused not in order:
        return order[0] if key == "down" else order[-1]
    step = 1 if key == "down" else -1
    return order[(order.index(focused) + step) % len(order)]
