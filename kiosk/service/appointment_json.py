"""JSON form of the expected appointments: `kiosk appointments list --json` and the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - the API reads the fields when it runs
from typing import TYPE_CHECKING

from kiosk.domain.local_time import BERLIN
from kiosk.service.check_in import Presence, expected_today

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.service.check_in import ExpectedAppointment
    from kiosk.service.office import Snapshot


@dataclass(frozen=True, slots=True)
class ExpectedLine:
    """An appointment of today, its time local. `number` is None until the person has checked in.

    `stop` is None where the appointment holds wherever the bus stands.
    """

    code: str
    time: datetime
    topic: str
    stop: str | None
    presence: Presence
    number: str | None


def expected_lines(snapshot: Snapshot, now: Moment) -> list[ExpectedLine]:
    """Who is expected today at the stop of the open visit, by time; nothing personal is known."""
    return [_line(each) for each in expected_today(snapshot, now)]


def _line(each: ExpectedAppointment) -> ExpectedLine:
    appointment = each.appointment
    return ExpectedLine(
        appointment.code,
        appointment.time.astimezone(BERLIN),
        appointment.topic,
        appointment.stop,
        each.presence,
        each.ticket.number if each.ticket else None,
    )
