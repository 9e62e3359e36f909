"""The schedule: the next visits for anybody; planned visits and who is expected for staff."""

from datetime import date, datetime
from typing import Annotated, Final

import msgspec
from litestar import get
from litestar.params import QueryParameter

from kiosk.console.http.authentication import staff_only
from kiosk.console.http.context import Context
from kiosk.console.http.problem_responses import TOKEN, problems
from kiosk.service.appointment_json import ExpectedLine, expected_lines
from kiosk.service.timetable import next_visits
from kiosk.service.timetable_json import TimetableLine, timetable_lines

NEXT_VISITS: Final = 3


class NextVisitAnswer(msgspec.Struct, frozen=True):
    """A planned visit. Both times are those of Berlin, with its offset."""

    stop: str
    name: str
    begins: datetime
    ends: datetime


@get("/timetable/next", sync_to_thread=True)
def next_planned(context: Context) -> list[NextVisitAnswer]:
    """The visits that are planned next, at most three; none while the clock is not set."""
    with context.office.snapshot() as snapshot:
        planned = next_visits(snapshot, context.now(), NEXT_VISITS)
    stops = context.office.profile.stop
    return [
        NextVisitAnswer(one.stop, stops(one.stop).name, one.begins, one.ends) for one in planned
    ]


@get(
    "/timetable",
    sync_to_thread=True,
    guards=[staff_only],
    security=TOKEN,
    tags=["day"],
    responses=problems(400, 401, 422),
)
def timetable(
    context: Context,
    first: Annotated[date | None, QueryParameter(name="from")] = None,
    last: Annotated[date | None, QueryParameter(name="until")] = None,
) -> list[TimetableLine]:
    """The visits from `from` to `until`, both included; else from January on, as far as planned."""
    return context.office.read(timetable_lines, first, last, context.now())


@get(
    "/appointments",
    sync_to_thread=True,
    guards=[staff_only],
    security=TOKEN,
    tags=["day"],
    responses=problems(401),
)
def appointments(context: Context) -> list[ExpectedLine]:
    """Who is expected today at the stop of the open visit, by time; nothing personal is known."""
    return context.office.read(expected_lines, context.now())
