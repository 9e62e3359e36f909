"""Likelihood of a published number for an insider who knows its cells but for one person."""

from collections.abc import Mapping
from functools import cache

from tests.audit.package import Row

BASE = 5
UP = (0.0, 0.125, 0.4, 0.6, 0.875)
"""How likely a count goes up, by its remainder: no secret of the method."""


@cache
def _ups(rests: tuple[int, ...]) -> tuple[float, ...]:
    """How likely it is that so many of some cells go up; of each remainder there are `rests`."""
    chances = [1.0]
    for rest, cells in enumerate(rests, 1):
        for _ in range(cells):
            stay = [*(chance * (1 - UP[rest]) for chance in chances), 0.0]
            goes = [0.0, *(chance * UP[rest] for chance in chances)]
            chances = [a + b for a, b in zip(stay, goes, strict=True)]
    return tuple(chances)


class RoundedSum:
    """The cells behind one number, as they are without the person."""

    def __init__(self, published: int, cells: Mapping[Row, int], *, exact: bool) -> None:
        self._published, self._cells, self._exact = published, cells, exact
        self._floors, self._rests = 0, [0] * BASE
        for count in cells.values():
            self._floors += count - count % BASE
            self._rests[count % BASE] += 1

    def fit(self, joined: Row | None = None) -> float:
        """How likely this is published; with the person, in the cell that they have joined."""
        if self._exact:
            return float(sum(self._cells.values()) + (joined is not None) == self._published)
        floors, rests = self._floors, [*self._rests, 0]
        if joined is not None:
            rest = self._cells.get(joined, 0) % BASE
            rests[rest] -= 1
            rests[rest + 1] += 1
            floors += BASE * rests[BASE]
        ups, off = divmod(self._published - floors, BASE)
        chances = _ups(tuple(rests[1:BASE]))
        return chances[ups] if not off and 0 <= ups < len(chances) else 0.0
