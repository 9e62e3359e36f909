"""Simulated clock, set by its user: one per simulated visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from kiosk.domain.moment import Moment

if TYPE_CHECKING:
    from random import Random

START_UP_S: Final = 300
"""The box is switched on five minutes before the visit opens."""

_SET_LATE: Final = 1 / 12  # mornings on which the network comes up only after the first citizens
_POWER_CUT: Final = 1 / 20  # days on which the driver turns the key


@dataclass(frozen=True, slots=True)
class VirtualClock:
    """The clock of one visit, in seconds since its opening at `opens` (UTC).

    It is set `set_after_s` after the opening and shows a stale time before; at `power_cut_s` the
    box starts again.
    """

    name: str
    opens: datetime
    set_after_s: float = -START_UP_S
    power_cut_s: float | None = None

    def at(self, elapsed_s: float) -> Moment:
        """The moment so many seconds after the opening."""
        trusted = elapsed_s >= self.set_after_s
        wall = self.opens + timedelta(seconds=elapsed_s)
        stale = wall - timedelta(days=2)
        if self.power_cut_s is not None and elapsed_s >= self.power_cut_s:
            return Moment(f"{self.name}-again", elapsed_s - self.power_cut_s, wall, trusted=True)
        return Moment(self.name, elapsed_s + START_UP_S, wall if trusted else stale, trusted)


def random_clock(name: str, opens: datetime, random: Random) -> VirtualClock:
    """A clock with the troubles that a box in a bus has now and then."""
    return VirtualClock(
        name,
        opens,
        set_after_s=random.uniform(300, 3000) if random.random() < _SET_LATE else -START_UP_S,
        power_cut_s=random.uniform(3600, 9000) if random.random() < _POWER_CUT else None,
    )
