"""Caps of phones that draw numbers, in memory alone: tries by address, changes by wish.

What a refusal tells (that a topic has no numbers left) costs a try too.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment

MOST_OF_ONE: Final = 6
"""Numbers and refusals of one address in an hour: a family, and a wrong touch."""

MOST_IN_ALL: Final = 40
"""Of all addresses in an hour, several times what a bus serves: addresses can be changed."""

FORGOTTEN_AFTER_S: Final = 3600.0

MOST_CHANGES: Final = 30
"""Answers to questions that one wish may give: each is written, and staff pages hear of it."""

MOST_REMEMBERED: Final = 2000


class PhoneTries:
    """Who has tried for what in the last hour. For the event loop."""

    def __init__(self) -> None:
        self._tries: dict[tuple[str, str], float] = {}

    def count(self, address: str, wish: str, now: Moment) -> bool:
        """Count a try, and say whether it may go on; the same wish again is no other try."""
        self.forget_old(now)
        if (address, wish) in self._tries:
            return True
        mine = sum(1 for other, _ in self._tries if other == address)
        if mine >= MOST_OF_ONE or len(self._tries) >= MOST_IN_ALL:
            return False
        self._tries[address, wish] = now.boot_s
        return True

    def forget_old(self, now: Moment) -> None:
        """Forget every address whose hour is over."""
        self._tries = {
            tried: at_s
            for tried, at_s in self._tries.items()
            if now.boot_s - at_s < FORGOTTEN_AFTER_S
        }

    def __len__(self) -> int:
        return len(self._tries)


class PhoneChanges:
    """How often the holder of a wish has changed an answer. For the event loop."""

    def __init__(self) -> None:
        self._changes: Counter[str] = Counter()

    def count(self, wish: str) -> bool:
        """Count one, and say whether it may be written."""
        self._changes[wish] += 1
        if len(self._changes) > MOST_REMEMBERED:
            del self._changes[next(iter(self._changes))]
        return self._changes[wish] <= MOST_CHANGES
