"""How uncertain a sum over periods is, code by code: where it was rounded, and where hidden."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.counts.coarsening import OTHERS
from kiosk.export.report.band import band_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kiosk.export.report.band import Band


@dataclass(slots=True)
class CodeUncertainty:
    """Of the codes in one column of one table, over periods that are added one by one.

    `least` is how many people a code needs in a period to be told apart from `OTHERS`.
    """

    least: int
    periods: int = 0
    _rounded: Counter[str] = field(default_factory=Counter)
    _hidden: Counter[str] = field(default_factory=Counter)
    _everywhere: int = 0
    _everywhere_with_others: int = 0
    _told_beside_others: Counter[str] = field(default_factory=Counter)

    def add(self, published: Mapping[str, int], possible: Collection[str] | None) -> None:
        """Add a period; `possible` are codes that may have had people, None where all may."""
        self.periods += 1
        told = {code for code, count in published.items() if count}
        others = OTHERS in told
        if possible is None:
            self._everywhere += 1
            self._everywhere_with_others += others
            self._told_beside_others.update(told if others else ())
            return
        self._rounded.update(told.union(possible))
        if others:
            self._hidden.update(code for code in possible if code not in told)

    def hidden(self, code: str) -> int:
        """How many people it may lack: those of periods that count it among the others."""
        if code == OTHERS:
            return 0
        among_others = self._everywhere_with_others - self._told_beside_others[code]
        return self.least * (self._hidden[code] + among_others)

    def rounded(self, code: str) -> int:
        """In how many periods its count was rounded: in the others it was zero, which stays."""
        return self.periods if code == OTHERS else self._everywhere + self._rounded[code]

    def band(self, code: str, count: int) -> Band:
        """Where the truth of its sum lies."""
        return band_of(count, self.rounded(code), self.hidden(code))
