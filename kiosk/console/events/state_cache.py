"""Cache of the public state: built once a change, however many ask."""

from __future__ import annotations

from typing import Generic, TypeVar

Built = TypeVar("Built")


class StateCache(Generic[Built]):
    """The newest state, and the ids of the journal to which it belongs."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[int, ...], Built] | None = None

    def get(self, of: tuple[int, ...]) -> Built | None:
        """The state of these ids, if it was built."""
        kept = self._kept
        return kept[1] if kept and kept[0] == of else None

    def put(self, of: tuple[int, ...], built: Built) -> None:
        self._kept = of, built
