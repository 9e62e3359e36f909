"""An LRU cache that is bounded by bytes and not by entries: textures differ a hundredfold."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Value = TypeVar("Value")


class BytesLruCache(Generic[Value]):
    """What was asked for last. `bytes_of` tells how much a value takes."""

    def __init__(self, most_bytes: int, bytes_of: Callable[[Value], int]) -> None:
        self._most_bytes, self._bytes_of = most_bytes, bytes_of
        self.displaced = 0
        """How many values had to make room so far."""
        self._bytes = 0
        self._values: OrderedDict[Hashable, Value] = OrderedDict()

    def __contains__(self, key: Hashable) -> bool:
        return key in self._values

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of that key, made if it is not there."""
        if (known := self.find(key)) is not None:
            return known
        value = self._values[key] = make()
        self._bytes += self._bytes_of(value)
        while self._bytes > self._most_bytes:
            self._bytes -= self._bytes_of(self._values.popitem(last=False)[1])
            self.displaced += 1
        return value

    def find(self, key: Hashable) -> Value | None:
        """The value of that key, if it is there."""
        if key not in self._values:
            return None
        self._values.move_to_end(key)
        return self._values[key]

    def clear(self) -> None:
        """Keep nothing."""
        self._values.clear()
        self._bytes = 0
