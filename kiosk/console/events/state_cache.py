"""Caches of the public state: built and encoded once a change, however many ask."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class EncodedState:
    """What is sent, and whether a visit is open: only then does it grow old."""

    body: bytes
    open: bool


class EncodedStateCache(StateCache[EncodedState]):
    """The newest one, by event and data version; `building` lets one question build it."""

    def __init__(self) -> None:
        super().__init__()
        self.building = asyncio.Lock()
