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
        self._bytes = 0
        self._values: OrderedDict[Hashable, Value] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of that key, made if it is not there."""
        if key in self._values:
            self._values.move_to_end(key)
            return self._values[key]
        value = self._values[key] = make()
        self._bytes += self._bytes_of(value)
        while self._bytes > self._most_bytes:
            self._bytes -= self._bytes_of(self._values.popitem(last=False)[1])
        return value
