"""Port of the socket for headphones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


class Headphones(Protocol):
    """Says whether headphones are plugged in. No call takes time or raises anything."""

    @property
    def plugged(self) -> bool:
        """Whether they are; one that cannot be asked says no."""

    def watch(self, changed: Callable[[], None]) -> None:
        """Call `changed`, in a thread of its own, whenever they are plugged in or out."""

    def is_known(self) -> bool:
        """Whether it can be seen at all; may take a moment."""

    def close(self) -> None:
        """Watch no more."""
