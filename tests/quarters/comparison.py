"""Comparison of a package with the quarter that it tells of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.audit.package import OTHERS

if TYPE_CHECKING:
    from tests.audit.package import Package
    from tests.quarters.box import Truth

_OF_ALL_PEOPLE: Final = ("visits", "demand", "topics", "outcomes", "hours")
_OF_ALL_SMILEYS: Final = ("feedback", "feedback_hours")


@dataclass(frozen=True)
class Comparison:
    """What a package says, and how far its sums are off at most."""

    people: set[int]
    smileys: set[int]
    stops: Counter[str]
    groups: Counter[str]
    stop_off: int
    group_off: int

    @property
    def one_answer(self) -> bool:
        """Whether every table gives the same sum."""
        return len(self.people) == len(self.smileys) == 1


def compare(package: Package, truth: Truth) -> Comparison:
    stops = _report(package, "visits", 1)
    groups = _report(package, "demand", 1)
    return Comparison(
        people={sum(package.tables[table].values()) for table in _OF_ALL_PEOPLE},
        smileys={sum(package.tables[table].values()) for table in _OF_ALL_SMILEYS},
        stops=stops,
        groups=groups,
        stop_off=max(abs(stops[stop] - n) for stop, n in truth.stops.items()),
        group_off=max(abs(groups[group] - n) for group, n in truth.groups.items()),
    )


def _report(package: Package, table: str, column: int) -> Counter[str]:
    told = Counter[str]()
    for row, count in package.tables[table].items():
        if row[column] != OTHERS:
            told[row[column]] += count
    return told
