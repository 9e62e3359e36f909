"""Queue overrun: the last numbers will be called after the planned end of the visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.console.pages.desk_rows import clock_time
from kiosk.domain.ticket import TicketState
from kiosk.service.intake_hours import planned_end

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.domain.moment import Moment
    from kiosk.service.office import Snapshot
    from kiosk.service.queue_view import QueueView


@dataclass(frozen=True, slots=True)
class QueueOverrun:
    """The times at which the queue may end, and the visit is planned to end."""

    until: str
    planned_end: str


def queue_overrun(snapshot: Snapshot, view: QueueView, now: Moment) -> QueueOverrun | None:
    """By what people were told when they took their numbers; None while the line is short enough.

    Also without a planned end at this stop today, or a trusted clock.
    """
    lasts = _lasts_until(view)
    end = planned_end(snapshot, now) if lasts else None
    if lasts is None or end is None or lasts <= end:
        return None
    return QueueOverrun(clock_time(lasts), clock_time(end))


def _lasts_until(view: QueueView) -> datetime | None:
    return max(
        (
            ticket.taken.wall + timedelta(minutes=ticket.wait_min[1])
            for ticket in view.in_state(TicketState.WAITING)
            if ticket.wait_min and ticket.taken.trusted
        ),
        default=None,
    )
