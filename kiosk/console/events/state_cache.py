"""Cache of the public state: built once a change, however many ask."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Built = TypeVar("Built")


class StateCache(Generic[Built]):
    """The newest state, and that of the journal to which it belongs."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._of: tuple[int, ...] = ()
        self._built: Built | None = None

    def get(
        self, of: tuple[int, ...], build: Callable[[], Built], stale: Callable[[], bool]
    ) -> Built:
        """The state `of` these ids; who comes while it is being built waits for it."""
        with self._turn:
            if self._built is None or stale() or of != self._of:
                self._built, self._of = build(), of
            return self._built
