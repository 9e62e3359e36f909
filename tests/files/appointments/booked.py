"""People who are expected, for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kiosk.domain.appointment import Booking
from kiosk.domain.local_time import BERLIN
from kiosk.service.appointment_import import import_appointments
from tests.town import JOBS

if TYPE_CHECKING:
    from kiosk.domain.ids import StopId, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.service.appointment_import import AppointmentImport
    from kiosk.service.office import Office


def at(text: str) -> datetime:
    """A local time such as 2026-11-22 10:30, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def booking(  # noqa: PLR0913 - what an appointment is
    time: datetime | str,
    code: str | None = None,
    *,
    topic: TopicId = JOBS,
    stop: StopId | None = None,
    origin: str = "",
    cancelled: bool = False,
) -> Booking:
    """An appointment as a file may tell it."""
    begins = at(time) if isinstance(time, str) else time
    return Booking(begins, topic, stop, code, origin or str(begins), cancelled=cancelled)


def expect(  # noqa: PLR0913 - what an appointment is
    office: Office,
    now: Moment,
    code: str,
    time: datetime | str,
    *,
    topic: TopicId = JOBS,
    stop: StopId | None = None,
) -> AppointmentImport:
    """Import one appointment."""
    return import_appointments(office, [booking(time, code, topic=topic, stop=stop)], now)
