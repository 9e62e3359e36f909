"""People who are expected and come, for the tests of their check in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.service.check_in import CheckedIn, CheckInRequest, check_in
from tests.files.appointments.booked import expect
from tests.town import GERMAN, JOBS, TownClock

if TYPE_CHECKING:
    from kiosk.domain.ids import StopId, TopicId
    from kiosk.service.office import Office

CODE, OTHER = "47110815", "2222"


def book(  # noqa: PLR0913 - what an appointment is
    office: Office,
    clock: TownClock,
    in_min: float,
    code: str = CODE,
    *,
    topic: TopicId = JOBS,
    stop: StopId | None = None,
) -> None:
    """A person is expected, so many minutes from now."""
    time = clock.wall + timedelta(minutes=in_min)
    expect(office, clock(), code, time, topic=topic, stop=stop)


def come(office: Office, clock: TownClock, code: str = CODE, wish: str | None = None) -> CheckedIn:
    """A person gives a code."""
    return check_in(office, CheckInRequest(code, GERMAN, wish=wish), clock())
