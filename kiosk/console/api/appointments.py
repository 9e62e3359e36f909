"""Who is expected today, for staff and programs."""

from datetime import datetime

import msgspec
from litestar import get

from kiosk.console.api.answers import TOKEN, problems
from kiosk.console.door import TheDoor
from kiosk.console.staff import staff_only
from kiosk.domain.local_time import BERLIN
from kiosk.service.appointment_desk import Expected, Presence, expected


class ExpectedAnswer(msgspec.Struct, frozen=True):
    """An appointment of today. `number` is null until the person has checked in.

    `stop` is null where the appointment holds wherever the bus stands.
    """

    code: str
    time: datetime
    topic: str
    stop: str | None
    presence: Presence
    number: str | None

    @classmethod
    def of(cls, line: Expected) -> "ExpectedAnswer":
        """A line of the list."""
        appointment = line.appointment
        return cls(
            appointment.code,
            appointment.time.astimezone(BERLIN),
            appointment.topic,
            appointment.stop,
            line.presence,
            line.ticket.number if line.ticket else None,
        )


@get(
    "/appointments",
    sync_to_thread=True,
    guards=[staff_only],
    security=TOKEN,
    tags=["day"],
    responses=problems(401),
)
def appointments(door: TheDoor) -> list[ExpectedAnswer]:
    """Who is expected today at the stop of the open visit, by time; nothing personal is known."""
    return [ExpectedAnswer.of(line) for line in expected(door.office, door.now())]
