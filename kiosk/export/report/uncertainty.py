"""How uncertain a sum over periods is, code by code: where it was rounded, and where hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from kiosk.counts.coarsening import OTHERS
from kiosk.export.report.band import band_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kiosk.export.report.band import Band

_Key = TypeVar("_Key")


class CodeUncertainty(msgspec.Struct):
    """Of the codes in one column of one table, over periods that are added one by one.

    `least` is how many people a code needs in a period to be told apart from `OTHERS`.
    """

    least: int
    periods: int = 0
    rounded_in: dict[str, int] = {}
    hidden_in: dict[str, int] = {}
    everywhere: int = 0
    everywhere_with_others: int = 0
    told_beside_others: dict[str, int] = {}

    def add(self, published: Mapping[str, int], possible: Collection[str] | None) -> None:
        """Add a period; `possible` are codes that may have had people, None where all may."""
        self.periods += 1
        told = {code for code, count in published.items() if count}
        others = OTHERS in told
        if possible is None:
            self.everywhere += 1
            self.everywhere_with_others += others
            if others:
                add_counts(self.told_beside_others, dict.fromkeys(told, 1))
            return
        add_counts(self.rounded_in, dict.fromkeys(told.union(possible), 1))
        if others:
            add_counts(self.hidden_in, {code: 1 for code in possible if code not in told})

    def add_sum(self, other: CodeUncertainty) -> None:
        """Add that of other periods."""
        self.periods += other.periods
        self.everywhere += other.everywhere
        self.everywhere_with_others += other.everywhere_with_others
        add_counts(self.rounded_in, other.rounded_in)
        add_counts(self.hidden_in, other.hidden_in)
        add_counts(self.told_beside_others, other.told_beside_others)

    def hidden(self, code: str) -> int:
        """How many people it may lack: those of periods that count it among the others."""
        if code == OTHERS:
            return 0
        among_others = self.everywhere_with_others - self.told_beside_others.get(code, 0)
        return self.least * (self.hidden_in.get(code, 0) + among_others)

    def rounded(self, code: str) -> int:
        """In how many periods its count was rounded: in the others it was zero, which stays."""
        return self.periods if code == OTHERS else self.everywhere + self.rounded_in.get(code, 0)

    def band(self, code: str, count: int) -> Band:
        """Where the truth of its sum lies."""
        return band_of(count, self.rounded(code), self.hidden(code))


def add_counts(counts: dict[_Key, int], more: Mapping[_Key, int]) -> None:
    """Add to the counts of some codes."""
    for key, count in more.items():
        counts[key] = counts.get(key, 0) + count
