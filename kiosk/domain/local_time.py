"""Conversion of moments to local dates and hours, in the time zone of Germany."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from kiosk.domain.moment import Moment

BERLIN = ZoneInfo("Europe/Berlin")
"""Hours are those on the wall there, summer and winter."""


def local_date(now: Moment) -> date:
    """The local date, as the wall clock says."""
    return now.wall.astimezone(BERLIN).date()


def to_the_minute(time: datetime) -> datetime:
    """The local time as a plan gives it; one without a zone is meant so."""
    local = time.astimezone(BERLIN) if time.tzinfo else time.replace(tzinfo=BERLIN)
    return local.replace(second=0, microsecond=0)


class LocalClock:
    """Local dates and hours of moments, some of them from before the clock was set.

    Those are dated by the last trusted moment of the same boot; without one they have neither date
    nor hour.
    """

    def __init__(self, moments: Iterable[Moment]) -> None:
        trusted = (moment for moment in moments if moment.trusted)
        self._by_boot = {moment.boot: moment for moment in trusted}

    def local(self, moment: Moment) -> datetime | None:
        """The local date and time of a moment."""
        dated = moment.with_clock_of(self._by_boot.get(moment.boot, moment))
        return dated.wall.astimezone(BERLIN) if dated.trusted else None

    def hour(self, moment: Moment) -> int | None:
        """The local hour of a moment, 0 to 23."""
        local = self.local(moment)
        return local.hour if local else None

    def day(self, moment: Moment) -> date | None:
        local = self.local(moment)
        return local.date() if local else None
