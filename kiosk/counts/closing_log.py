"""Log of closings: what was closed last, or why a period that is over could not be closed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kiosk.domain.events import PeriodClosed, PeriodNotClosed
from kiosk.domain.moment import Moment
from kiosk.store import journal, key_values

if TYPE_CHECKING:
    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.store.database import Connection

_LAST: Final = "last-closing"
_FAILURE: Final = "closing-failure"


@dataclass(frozen=True, slots=True)
class LastClosing:
    """The period that was closed last, and when."""

    period: str
    last_day: date
    moment: Moment


def write_closed(connection: Connection, entry: ClosedPeriod, now: Moment) -> None:
    """Tell of an entry of the ledger, in its own transaction."""
    last = [entry.period, entry.last_day.isoformat(), now.as_text()]
    key_values.put(connection, _LAST, json.dumps(last))
    key_values.put(connection, _FAILURE, "")
    journal.append(connection, PeriodClosed(entry.period), now, visit=None)


def write_failure(connection: Connection, reason: str, now: Moment) -> None:
    """Tell why nothing was closed; the same again is no news."""
    if reason != last_failure(connection):
        key_values.put(connection, _FAILURE, reason)
        journal.append(connection, PeriodNotClosed(reason), now, visit=None)


def last_failure(connection: Connection) -> str:
    """Why the last closing failed; empty when it did not."""
    return key_values.get(connection, _FAILURE) or ""


def last_closing(connection: Connection) -> LastClosing | None:
    written = key_values.get(connection, _LAST)
    if not written:
        return None
    period, last_day, moment = json.loads(written)
    return LastClosing(period, date.fromisoformat(last_day), Moment.from_text(moment))
