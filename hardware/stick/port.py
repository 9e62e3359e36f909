"""Port of a plugged stick: mounted, let go, pulled out. What is written there is its user's."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from hardware.errors import CannotOpen

if TYPE_CHECKING:
    from pathlib import Path


class Unusable(StrEnum):
    """Why a stick is not mounted."""

    IN_USE = "in_use"
    FORMAT = "format"
    PROTECTED = "protected"
    DIRTY = "dirty"
    BROKEN = "broken"


class StickUnusable(CannotOpen):
    """Nothing was written."""

    def __init__(self, why: Unusable, reason: str) -> None:
        self.why = why
        super().__init__("stick", reason)


class Stick(Protocol):
    """One partition of a stick."""

    def mount(self) -> Path:
        """Its folder, which only this process and its children see. Raises `StickUnusable`."""

    def unmount(self) -> None:
        """Write what is left and let go, also of a stick that is gone. Never fails."""

    def is_there(self) -> bool:
        """Whether it is still plugged."""
