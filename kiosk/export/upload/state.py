"""State of the upload in the database: what waits, what went wrong last, when it is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from kiosk.counts import ledger
from kiosk.domain.local_time import local_date
from kiosk.export.upload.pauses import LONGEST_S
from kiosk.store import key_values, uploads

if TYPE_CHECKING:
    from datetime import date

    from kiosk.domain.moment import Moment
    from kiosk.store.database import Connection

LATE_AFTER_DAYS = 14
"""Age at which an undelivered period is reported as late."""

_KEY = "upload"


class Backoff(msgspec.Struct, frozen=True):
    """Failed tries at a target since the last one that did not fail."""

    target: str
    failures: int = 0
    last_error: str | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class UploadStatus:
    """What is asked from the outside. `ended` is the last day of the period that waits longest."""

    target: str
    waiting: list[str]
    last_sent: datetime | None
    last_error: str | None
    not_before: datetime | None
    ended: date | None

    def late_days(self, now: Moment) -> int:
        """Since how many days that has been over, if it should have arrived by now."""
        if self.ended is None or not now.trusted:
            return 0
        days = (local_date(now) - self.ended).days
        return days if days > LATE_AFTER_DAYS else 0


def upload_status(connection: Connection, target: str) -> UploadStatus:
    """The state of the upload to a target. Raises `LedgerBroken`."""
    done = uploads.acknowledged_periods(connection, target)
    closed = ledger.read(connection)
    waiting = [period for period in closed if period.period not in done]
    backoff = read_backoff(connection, target)
    return UploadStatus(
        target=target,
        waiting=[period.period for period in waiting],
        last_sent=uploads.last_acknowledged(connection, target),
        last_error=backoff.last_error,
        not_before=backoff.not_before,
        ended=min((period.last_day for period in waiting), default=None),
    )


def is_upload_due(connection: Connection, target: str, now: Moment) -> bool:
    """Whether something waits and the pause after the last failed try is over."""
    status = upload_status(connection, target)
    if not status.waiting or status.not_before is None:
        return bool(status.waiting)
    left_s = (status.not_before - now.wall).total_seconds()
    return not 0 < left_s <= 3 * LONGEST_S  # a clock that was far ahead then means nothing now


def read_backoff(connection: Connection, target: str) -> Backoff:
    """What is remembered of a target; of another one than before, nothing."""
    text = key_values.get(connection, _KEY)
    known = msgspec.json.decode(text, type=Backoff) if text else None
    return known if known and known.target == target else Backoff(target)


def write_backoff(connection: Connection, backoff: Backoff) -> None:
    key_values.put(connection, _KEY, msgspec.json.encode(backoff).decode())
