"""Status of the queue for people who have no number yet: until when, who is called, the wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.service.intake_hours import planned_end
from kiosk.service.queue_view import latest_calls
from kiosk.service.wait_forecast import Forecast

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.domain.moment import Moment
    from kiosk.service.office import Snapshot
    from kiosk.service.wait_forecast import Minutes


@dataclass(frozen=True, slots=True)
class QueueStatus:
    """What is known of the open visit: its planned end, the number called last, the usual wait.

    No part depends on a single topic: the wait is the range over all that are on offer.
    """

    ends: datetime | None = None
    called: str = ""
    wait_min: Minutes | None = None


UNKNOWN_STATUS = QueueStatus()


def queue_status(snapshot: Snapshot, now: Moment) -> QueueStatus:
    """Read it from a snapshot; without a visit nothing is known."""
    visit = snapshot.visit
    if visit is None:
        return UNKNOWN_STATUS
    ends = planned_end(snapshot, now)
    if ends and (not now.trusted or ends <= now.wall):
        ends = None  # it goes on, for an unknown time
    calls = latest_calls(snapshot, 1)
    return QueueStatus(ends, calls[0].number if calls else "", _usual_wait(snapshot, now))


def _usual_wait(snapshot: Snapshot, now: Moment) -> Minutes | None:
    waits = Forecast(snapshot, now).of_groups().values()
    if not waits:
        return None
    return min(low for low, _ in waits), max(high for _, high in waits)
