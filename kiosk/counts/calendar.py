"""Local dates and hours, months and quarters: the service stands in Germany."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from kiosk.domain.timetable import BERLIN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from kiosk.domain.moment import Moment


class Wall:
    """The wall clock as far as somebody knew it.

    A moment whose clock was not set yet is told by the last trusted moment of the same boot;
    without one it has neither date nor hour.
    """

    def __init__(self, moments: Iterable[Moment]) -> None:
        trusted = (moment for moment in moments if moment.trusted)
        self._by_boot = {moment.boot: moment for moment in trusted}

    def local(self, moment: Moment) -> datetime | None:
        """The local date and time of a moment."""
        told = moment.told_by(self._by_boot.get(moment.boot, moment))
        return told.wall.astimezone(BERLIN) if told.trusted else None

    def hour(self, moment: Moment) -> int | None:
        """The local hour of a moment, 0 to 23."""
        local = self.local(moment)
        return local.hour if local else None

    def day(self, moment: Moment) -> date | None:
        """The local date of a moment."""
        local = self.local(moment)
        return local.date() if local else None


def today(now: Moment) -> date:
    """The local date, as the wall clock says."""
    return now.wall.astimezone(BERLIN).date()


def month_of(day: date) -> str:
    """`2026-11`."""
    return f"{day.year:04}-{day.month:02}"


def quarter_of(day: date) -> str:
    """`2026-Q4`."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def first_day(month: str) -> date:
    """The first day of a month such as `2026-11`. Raises `ValueError`."""
    return date.fromisoformat(f"{month}-01")


def last_day(month: str) -> date:
    """The last day of a month such as `2026-11`. Raises `ValueError`."""
    first = first_day(month)
    return first.replace(day=monthrange(first.year, first.month)[1])
