"""Volume of calls in percent of what the amplifier gives, its steps, limits and quiet times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.local_time import BERLIN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import time

    from kiosk.domain.moment import Moment

MIN_PERCENT = 10
"""Never silent by accident: some people have only the call. 20 dB below `MAX_PERCENT`."""

MAX_PERCENT = 100
STEP_PERCENT = 10
DEFAULT_PERCENT = 70
"""Until a technician or the staff choose another."""


def clamp_volume(percent: int) -> int:
    """The nearest volume that can be chosen."""
    return max(MIN_PERCENT, min(MAX_PERCENT, percent))


def step_volume(percent: int, steps: int) -> int:
    """So many steps louder, or softer when negative."""
    return clamp_volume(percent + steps * STEP_PERCENT)


@dataclass(frozen=True, slots=True)
class QuietTime:
    """A time of the day, local, in which calls are not louder than `percent`; may span midnight.

    Chosen by a technician for this place, so it may be 0: then the display calls alone.
    """

    begins: time
    ends: time
    percent: int

    def contains(self, local: time) -> bool:
        """Whether it is quiet at that time of the day; `ends` itself is not."""
        if self.begins <= self.ends:
            return self.begins <= local < self.ends
        return local >= self.begins or local < self.ends


def cap_in_quiet_time(percent: int, quiet: Iterable[QuietTime], now: Moment) -> int:
    """The chosen volume, or less in a quiet time."""
    softest = quiet_now(quiet, now)
    return min(percent, softest.percent) if softest else percent


def quiet_now(quiet: Iterable[QuietTime], now: Moment) -> QuietTime | None:
    """The quiet time that holds, the softest of several; without a clock that is set none does."""
    if not now.trusted:
        return None
    local = now.wall.astimezone(BERLIN).time()
    held = (time for time in quiet if time.contains(local))
    return min(held, key=lambda time: time.percent, default=None)
