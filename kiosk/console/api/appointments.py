"""Who is expected today, for staff and programs."""

from litestar import get

from kiosk.console.http.answers import TOKEN, problems
from kiosk.console.http.authentication import staff_only
from kiosk.console.http.context import TheDoor
from kiosk.service.appointment_json import ExpectedLine, expected_lines


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
    return door.office.read(expected_lines, door.now())
