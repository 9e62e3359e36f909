"""Who is expected today, for staff and programs."""

from litestar import get

from kiosk.console.api.answers import TOKEN, problems
from kiosk.console.door import TheDoor
from kiosk.console.staff import staff_only
from kiosk.service.appointment_lines import ExpectedLine, expected_lines


@get(
    "/appointments",
    sync_to_thread=True,
    guards=[staff_only],
    security=TOKEN,
    tags=["day"],
    responses=problems(401),
)
def appointments(door: TheDoor) -> list[ExpectedLine]:
    """Who is expected today at the stop of the open visit, by time; nothing personal is known."""
    return expected_lines(door.office, door.now())
