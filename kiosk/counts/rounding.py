"""Random rounding: the one place where exact counts become publishable ones.

Each cell goes to one of its two neighbouring multiples of five, up with a probability that keeps
its expectation. A cell of zero stays zero. Cells are rounded independently of each other, so sums
over many cells drift a little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

BASE: Final = 5
METHOD: Final = "independent random rounding to base 5"

CellKey = TypeVar("CellKey", bound=tuple[str | int | None, ...])


def round_cells(cells: Mapping[CellKey, int], random: Random) -> dict[CellKey, int]:
    """One table's cells, rounded. Once per table and period: a second draw is a second hint."""
    return {key: _rounded(count, random) for key, count in cells.items()}


def _rounded(count: int, random: Random) -> int:
    rest = count % BASE
    up = random.randrange(BASE) < rest
    return count - rest + BASE * up
