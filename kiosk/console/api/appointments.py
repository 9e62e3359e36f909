"""Appointments that are made, moved and cancelled at a desk."""

from datetime import datetime
from functools import partial

import msgspec
from litestar import Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from kiosk.console.api.request_schemas import BookingBody, SlotBody
from kiosk.console.http.authentication import staff_only
from kiosk.console.http.context import Context
from kiosk.console.http.problem_responses import TOKEN, problems
from kiosk.domain.appointment import Appointment
from kiosk.domain.local_time import BERLIN
from kiosk.service import desk_appointments
from kiosk.service.desk_appointments import BookingRequest, OfficeHours

staff_post = partial(post, sync_to_thread=True, responses=problems(400, 401, 403, 409, 413, 422))


class AppointmentAnswer(msgspec.Struct, frozen=True):
    """An appointment, its time local; `stop` is null where it holds wherever the bus stands."""

    code: str
    time: datetime
    topic: str
    stop: str | None

    @classmethod
    def of(cls, appointment: Appointment) -> "AppointmentAnswer":
        """The outside of an appointment."""
        time = appointment.time.astimezone(BERLIN)
        return cls(appointment.code, time, appointment.topic, appointment.stop)


class HoursAnswer(msgspec.Struct, frozen=True):
    """A planned visit, and its times that are still free for the topic."""

    stop: str
    begins: datetime
    ends: datetime
    times: list[datetime]

    @classmethod
    def of(cls, hours: OfficeHours) -> "HoursAnswer":
        """The outside of office hours."""
        visit = hours.visit
        times = [time.astimezone(BERLIN) for time in hours.free]
        return cls(visit.stop, visit.begins, visit.ends, times)


@get("/hours", sync_to_thread=True, responses=problems(400, 401, 422))
def hours(context: Context, topic: FromQuery[str]) -> list[HoursAnswer]:
    """The next planned visits with free times for a topic."""
    found = context.office.read(desk_appointments.office_hours, topic, context.now())
    return [HoursAnswer.of(each) for each in found]


@staff_post("/", status_code=201)
def make(context: Context, data: JSONBody[BookingBody]) -> AppointmentAnswer:
    """Make an appointment, and print its slip if one is wanted."""
    booking = BookingRequest(data.topic, data.time, data.stop, data.language)
    now = context.now()
    made = desk_appointments.make(context.office, booking, now, slip=data.slip)
    return AppointmentAnswer.of(made)


@staff_post("/{code:str}/move", status_code=200)
def move(context: Context, code: FromPath[str], data: JSONBody[SlotBody]) -> AppointmentAnswer:
    """Move an appointment; its code stays, and one on paper gets a new slip."""
    booking = BookingRequest("", data.time, data.stop, data.language)
    moved = desk_appointments.move(context.office, code, booking, context.now())
    return AppointmentAnswer.of(moved)


@staff_post("/{code:str}/cancel", status_code=200)
def cancel(context: Context, code: FromPath[str]) -> AppointmentAnswer:
    """Cancel an appointment."""
    return AppointmentAnswer.of(desk_appointments.cancel(context.office, code, context.now()))


@staff_post("/{code:str}/slip", status_code=201)
def print_slip(
    context: Context, code: FromPath[str], language: FromQuery[str | None] = None
) -> AppointmentAnswer:
    """Print the slip of an appointment."""
    printed = desk_appointments.reprint(context.office, code, language, context.now())
    return AppointmentAnswer.of(printed)


router = Router(
    path="/appointments",
    route_handlers=[hours, make, move, cancel, print_slip],
    guards=[staff_only],
    security=TOKEN,
    tags=["appointments"],
)
