"""Timestamp of boot clock and wall clock: durations come from the boot clock alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened.

    `boot` names the run of the kernel, `boot_s` are the seconds since it started (sleep included),
    `wall` is the wall clock in UTC, and `trusted` says whether it had been set by then.
    """

    boot: str
    boot_s: float
    wall: datetime
    trusted: bool

    def seconds_since(self, earlier: Moment) -> float | None:
        """Seconds from `earlier` to this moment; None when the power went in between."""
        if self.boot != earlier.boot:
            return None
        return max(0.0, self.boot_s - earlier.boot_s)

    def minus(self, seconds: float) -> Moment:
        """The moment so many seconds before."""
        wall = self.wall - timedelta(seconds=seconds)
        return replace(self, boot_s=self.boot_s - seconds, wall=wall)

    def with_clock_of(self, later: Moment) -> Moment:
        """The same moment by the wall clock of `later`, if that is trusted and of the same boot."""
        if self.trusted or not later.trusted or self.boot != later.boot:
            return self
        return replace(self, wall=later.minus(later.boot_s - self.boot_s).wall, trusted=True)

    def as_text(self) -> str:
        """The form in which a moment is stored."""
        return f"{self.boot} {self.boot_s:.3f} {self.wall.isoformat()} {int(self.trusted)}"

    @classmethod
    @lru_cache(maxsize=2048)  # those of a crowded day are read at each tap
    def from_text(cls, text: str) -> Moment:
        """Read what `as_text` wrote."""
        boot, boot_s, wall, trusted = text.split(" ")
        return cls(boot, float(boot_s), datetime.fromisoformat(wall), trusted == "1")
