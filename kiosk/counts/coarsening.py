"""Rules that decide which cells are published: from rounded counts alone, never from exact ones.

So what is left out or put together tells nothing that the published numbers do not tell.
docs/counts.md has the measurements behind each threshold.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from kiosk.counts.cell import Cell, Code

OTHERS: Final = "others"
"""The code of what was put together."""

LEAST_TOPIC: Final = 10
LEAST_STOP: Final = 25
LEAST_OUTCOME_ROW: Final = 40
LEAST_LANGUAGE: Final = 10
LEAST_KIND: Final = 50
LEAST_TIMES_ROW: Final = 40
LEAST_SMILEYS_OF_STOP: Final = 50
LEAST_ANSWERS: Final = 10
"""Answers to a survey question from which on it is told."""

LEAST_FOR_OUTCOMES: Final = 400
"""People of a period from which on topics are crossed with outcomes."""

_COARSE: Final = (0, 12)
_FINE: Final = (0, 10, 12, 14, 16)
_LEAST_FOR_FINE_HOURS: Final = 800


def hour_blocks(total: int) -> Sequence[int]:
    """The hours at which a block begins, for so many people (rounded)."""
    return _FINE if total >= _LEAST_FOR_FINE_HOURS else _COARSE


def block_of(hour: Code, begins: Sequence[int]) -> str | None:
    """The block of an hour, such as `10-12`; None where the hour is unknown."""
    if not isinstance(hour, int):
        return None
    start = max(begin for begin in begins if begin <= hour)
    following = [begin for begin in begins if begin > hour]
    return f"{start:02}-{following[0] if following else 24:02}"


def merge_others(
    cells: Mapping[Cell, int], column: int, shown_codes: Collection[Code]
) -> dict[Cell, int]:
    """Sums in which all but these codes of a column are `OTHERS`."""
    total: Counter[Cell] = Counter()
    for cell, count in cells.items():
        code = cell[column] if cell[column] in shown_codes else OTHERS
        total[(*cell[:column], code, *cell[column + 1 :])] += count
    return dict(total)


def sums(cells: Mapping[Cell, int], *columns: int) -> Counter[Cell]:
    """Sums over all columns but these."""
    total: Counter[Cell] = Counter()
    for cell, count in cells.items():
        total[tuple(cell[column] for column in columns)] += count
    return total


def publishable_codes(totals: Mapping[Cell, int], least: int) -> set[Code]:
    """The codes whose rounded sum is large enough; never all but one, whom sums would tell."""
    large = sorted(
        (count, str(cell[0]), cell[0]) for cell, count in totals.items() if count >= least
    )
    if len(large) == len(totals) - 1:
        large = large[1:]
    return {code for _, _, code in large}


def codes_in_several_cells(cells: Mapping[Cell, int], column: int) -> set[Code]:
    """The codes of a column that have at least two cells above zero.

    An attacker with the exact sum of the others would know their only cell almost exactly.
    """
    above = Counter(cell[column] for cell, count in cells.items() if count)
    return {code for code, many in above.items() if many > 1}


def regroup(cells: Mapping[Cell, int], rename: Callable[[Cell], Cell]) -> Counter[Cell]:
    """Sums of cells under other names."""
    total: Counter[Cell] = Counter()
    for cell, count in cells.items():
        total[rename(cell)] += count
    return total


def above_zero(counts: Iterable[int]) -> int:
    return sum(count > 0 for count in counts)


def has_several(values: Mapping[Cell, int]) -> bool:
    """Whether at least two values are above zero: of one alone the total tells nearly all."""
    return above_zero(values.values()) > 1


def shown_topics(topics: Mapping[Cell, int]) -> dict[Cell, int]:
    """Topics (group, topic) that came often enough; the others with their group."""
    large = {cell for cell, n in topics.items() if n >= LEAST_TOPIC}
    rows = regroup(topics, lambda c: c if c in large else (c[0], OTHERS))
    alone = {group for group in {c[0] for c in rows} if not _spread_in(rows, group)}
    return regroup(rows, lambda c: (c[0], OTHERS) if c[0] in alone else c)


def _spread_in(rows: Mapping[Cell, int], group: object) -> bool:
    return above_zero(n for c, n in rows.items() if c[0] == group) > 1
