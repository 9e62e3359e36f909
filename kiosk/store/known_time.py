"""The latest time that the box knows to have been: no clock that is right comes before it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from kiosk.domain.moment import Moment

if TYPE_CHECKING:
    import sqlite3

_LAST_TRUSTED = "SELECT moment FROM journal WHERE moment LIKE '% 1' ORDER BY id DESC LIMIT 1"
_LAST_DAY = "SELECT max(date) FROM operating_day WHERE took_place"


def latest_known_time(connection: sqlite3.Connection) -> datetime | None:
    """By the journal, written while the clock was set, and by the days on which the bus was out."""
    known = []
    if row := connection.execute(_LAST_TRUSTED).fetchone():
        known.append(Moment.from_text(row[0]).wall)
    if day := connection.execute(_LAST_DAY).fetchone()[0]:
        known.append(datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC))
    return max(known, default=None)
