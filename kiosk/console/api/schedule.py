"""The schedule: the next visits for anybody; planned visits and who is expected for staff."""

from datetime import date
from typing import Annotated, Final

from litestar import get
from litestar.params import QueryParameter

from kiosk.console.api.answer_schemas import NextVisitAnswer
from kiosk.console.http.authentication import staff_only
from kiosk.console.http.context import Context
from kiosk.console.http.problem_responses import TOKEN, problems
from kiosk.service.appointment_json import ExpectedLine, expected_lines
from kiosk.service.timetable import next_visits
from kiosk.service.timetable_json import TimetableLine, timetable_lines

NEXT_VISITS: Final = 3


@get("/timetable/next", sync_to_thread=True)
def next_planned(context: Context) -> list[NextVisitAnswer]:
    """The visits that are planned next, at most three; none while the clock is not set."""
    with context.office.snapshot() as snapshot:
        planned = next_visits(snapshot, context.now(), NEXT_VISITS)
    profile = context.office.profile
    return [
        NextVisitAnswer(visit.stop, profile.stop(visit.stop).name, visit.begins, visit.ends)
        for visit in planned
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
