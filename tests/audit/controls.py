"""Schemes that do not protect. The attacks must succeed on them, or the attacks are broken."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean

from tests.audit.bounds import Attack
from tests.audit.package import Row, summed
from tests.audit.ranks import rank_correlation
from tests.audit.truth import Quarter

BASE = 5


def left_out(table: Mapping[Row, int]) -> Attack:
    """Cells below five are left out, and all sums are exact."""
    found = Attack()
    for row, n in table.items():
        if n and n < BASE:
            found.ranges["cell", row] = (1, BASE - 1)
        else:
            found.know(("cell", row), n)
    for margin, column in (("row", 0), ("column", 1)):
        for code, n in summed(table.items(), column).items():
            found.know((margin, code), n)
            inside = [row for row in table if row[column : column + 1] == code]
            found.sum((margin, code), [("cell", row) for row in inside])
    return found


def drawn_afresh(table: Mapping[Row, int], exports: int, seed: int) -> list[dict[Row, int]]:
    """Every export rounds each cell anew."""
    random = Random(seed)
    return [{row: _rounded(n, random) for row, n in table.items()} for _ in range(exports)]


def right_by_averaging(exports: Sequence[Mapping[Row, int]], table: Mapping[Row, int]) -> float:
    """The attack on many exports of the same cells: in how many the mean is the truth."""
    means = {row: round(sum(one.get(row, 0) for one in exports) / len(exports)) for row in table}
    return sum(means[row] == n for row, n in table.items()) / len(table)


def stop_and_topic(truth: Quarter) -> dict[Row, int]:
    """A table that is never published."""
    return dict(Counter[Row]((person.stop, person.topic) for person in truth.people))


@dataclass(frozen=True)
class Sums:
    """Mean errors of stops and topics, and the rank correlation of the stops."""

    stop: float
    topic: float
    rank: float


def cell_by_cell(truth: Quarter, seed: int) -> Sums:
    """Each cell of stop, topic, hour and outcome rounded alone, as it once was: its sums."""
    random = Random(seed)
    cube = Counter((p.stop, p.topic, str(p.hour), p.outcome) for p in truth.people)
    drawn = {cell: _rounded(n, random) for cell, n in cube.items()}
    stops, told = summed(cube.items(), 0), summed(drawn.items(), 0)
    topics, topics_told = summed(cube.items(), 1), summed(drawn.items(), 1)
    return Sums(
        fmean(abs(told[stop] - n) for stop, n in stops.items()),
        fmean(abs(topics_told[topic] - n) for topic, n in topics.items()),
        rank_correlation([*stops.values()], [told[stop] for stop in stops]),
    )


def _rounded(count: int, random: Random) -> int:
    rest = count % BASE
    return count - rest + (BASE if random.random() * BASE < rest else 0)


def exact_share(found: Attack) -> float:
    """How many of the cells that are hidden can be computed."""
    hidden = [name for name, (least, most) in found.ranges.items() if name[0] == "cell"]
    told = found.bounds([n for n in hidden if n[1]])
    unknown = [n for n in told if found.ranges[n][0] < found.ranges[n][1] or told[n].width == 1]
    return sum(told[name].width == 1 for name in unknown) / len(unknown)
