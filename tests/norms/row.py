"""Requirements of the norms, as `rows/*.toml` lists them, and what measuring them has found."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER = Path(__file__).parent / "rows"
FILES = ("closed_functionality", "hardware", "screens_and_pages")

Place = tuple[str, str]
"""A screen and a language; a measure that concerns neither has `EVERYWHERE`."""

EVERYWHERE: Place = ("", "")
GLASS = "glass"
"""In place of a screen: what concerns no single one."""


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One requirement. `type`: A a program measures it, R on the device, H by a person.

    `measures` are names of `registry.MEASURES`, `tests` node ids; `who` has to do an R or H.
    """

    clause: str
    asks: str
    limit: str
    type: Literal["A", "R", "H"]
    strength: Literal["shall", "should"] = "shall"
    measures: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    who: str = ""


class RowFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    row: tuple[Row, ...]


def load_rows() -> tuple[Row, ...]:
    """All of them, in the order of the clauses."""
    files = [(FOLDER / f"{name}.toml").read_bytes() for name in FILES]
    return tuple(row for file in files for row in msgspec.toml.decode(file, type=RowFile).row)


@dataclass
class Tally:
    """What one measure has looked at, and its faults, by screen and language."""

    checked: Counter[Place] = field(default_factory=Counter)
    faults: defaultdict[Place, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, place: Place, faults: Iterable[str], times: int = 1) -> None:
        """One more thing was looked at there, or several at once."""
        self.checked[place] += times
        if found := [*faults]:
            self.faults[place] += found

    def merge(self, other: Tally) -> None:
        self.checked += other.checked
        for place, faults in other.faults.items():
            self.faults[place] += faults

    def as_data(self) -> list[tuple[str, str, int, list[str]]]:
        """For a file: place, how often it was looked at, and what was found."""
        return [
            (*place, times, self.faults.get(place, [])) for place, times in self.checked.items()
        ]

    @classmethod
    def of_data(cls, data: Iterable[tuple[str, str, int, list[str]]]) -> Tally:
        tally = cls()
        for screen, language, times, faults in data:
            tally.add((screen, language), faults, times)
        return tally

    @property
    def passed(self) -> bool:
        """Nothing was found, and something was looked at."""
        return bool(self.checked) and not self.faults


Tallies = dict[str, Tally]
"""By the name of a measure, or the node id of a test."""


def evidence(row: Row, tallies: Tallies) -> Iterator[Tally]:
    """What was measured for a row; an empty tally for what was not."""
    for name in (*row.measures, *row.tests):
        yield tallies.get(name, Tally())


def row_passed(row: Row, tallies: Tallies, place: Place | None = None) -> bool | None:
    """Whether all its evidence is without faults; None where nothing of it looked at `place`."""
    found = [*evidence(row, tallies)]
    if place is None:
        return bool(found) and all(tally.passed for tally in found)
    here = [tally for tally in found if any(_matches(place, each) for each in tally.checked)]
    if not here:
        return None
    return not any(_matches(place, each) for tally in here for each in tally.faults)


def _matches(wanted: Place, place: Place) -> bool:
    """`wanted` has one side empty where that does not matter."""
    return all(not one or one == other for one, other in zip(wanted, place, strict=True))
