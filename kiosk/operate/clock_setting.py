"""Setting of the system's clock by what staff have confirmed, where no time service does it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from kiosk.counts import ledger
from kiosk.store.known_time import latest_known_time
from kiosk.system.clock_request import ClockAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.moment import Moment
    from kiosk.store.database import Database

MOST_AGE_S: Final = 120.0
"""Older requests are not what staff see on their watch now."""
MOST_AHEAD: Final = timedelta(days=400)
"""A box that lay longer than that is set by its technician; a wrong year would stay for good."""


def settle_clock(
    asked: Moment | None, now: Moment, database: Database, set_wall: Callable[[datetime], None]
) -> ClockAnswer:
    """Set the clock to what was asked, and the time that has passed since, unless that is no time.

    Never before what the box has seen already, and never over the time of a network.
    """
    age_s = now.seconds_since(asked) if asked else None
    if asked is None or age_s is None or age_s > MOST_AGE_S:
        return ClockAnswer.LATE
    if now.trusted:
        return ClockAnswer.SYNCHRONISED
    wanted = asked.wall.astimezone(UTC) + timedelta(seconds=age_s)
    known = _known_time(database)
    if known and wanted < known:
        return ClockAnswer.BEFORE
    if known and wanted > known + MOST_AHEAD:
        return ClockAnswer.AHEAD
    set_wall(wanted)
    return ClockAnswer.SET


def _known_time(database: Database) -> datetime | None:
    """No earlier time can be right; None on a box that has not seen any."""
    with database.read() as connection:
        seen = latest_known_time(connection)
        periods = ledger.read(connection)
    closed = [
        datetime.combine(period.last_day, time(), UTC) for period in periods if period.clock_trusted
    ]
    return max([*closed, *([seen] if seen else [])], default=None)
