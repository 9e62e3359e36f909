"""Numbers, smileys and the visit itself, by token or by staff."""

from functools import partial
from typing import Annotated

import msgspec
from litestar import Router, get, post
from litestar.exceptions import ClientException
from litestar.params import HeaderParameter, JSONBody
from msgspec import UNSET

from kiosk.console.api.answer_schemas import (
    ClosedAnswer,
    FeedbackAnswer,
    ListedTicketAnswer,
    OpenedAnswer,
    SumAnswer,
    SurveyCountedAnswer,
    TakenAnswer,
    TicketAnswer,
    VisitAnswer,
)
from kiosk.console.api.request_schemas import (
    CloseBody,
    ContingentBody,
    IntakeBody,
    OpenBody,
    ReopenBody,
    ScoreBody,
    SurveyBody,
    TicketImportBody,
    TopicsBody,
    WishBody,
)
from kiosk.console.api.state import visit_answer
from kiosk.console.http.authentication import staff_only
from kiosk.console.http.context import ConsoleContext, Context
from kiosk.console.http.problem_responses import TOKEN, problems
from kiosk.domain.errors import NoVisitOpen
from kiosk.domain.ids import FeedbackId, OutcomeId
from kiosk.domain.local_time import BERLIN
from kiosk.domain.number import parse_range
from kiosk.domain.record import Record
from kiosk.service import citizens, survey, ticket_import, timetable, visits
from kiosk.service.check_in import CheckInRequest, check_in
from kiosk.service.citizens import TicketRequest, take_ticket
from kiosk.service.desk_answers import answers_for_staff

Wish = Annotated[
    str | None, HeaderParameter(name="Idempotency-Key", pattern=r"^[!-~]{1,100}$", required=False)
]

staff_post = partial(post, sync_to_thread=True, responses=problems(400, 401, 403, 409, 413, 422))


@get("/tickets", sync_to_thread=True, responses=problems(401))
def list_tickets(context: Context) -> list[ListedTicketAnswer]:
    """All tickets of the open visit, by sequence."""
    with context.office.snapshot() as snapshot:
        given = answers_for_staff(snapshot)
        return [ListedTicketAnswer.listed(t, given.get(t.id, {})) for t in snapshot.tickets]


@staff_post(
    "/tickets",
    status_code=201,
    operation_id="ApiV1TicketsTakeTicket",
    responses=problems(400, 401, 403, 409, 413, 422, 429),
)
def post_ticket(context: Context, data: JSONBody[WishBody], wish: Wish = None) -> TakenAnswer:
    """Take a ticket. The same `Idempotency-Key` again answers with the same ticket."""
    if data.appointment is not None:
        return _check_in(context, data, data.appointment, wish)
    if data.topic is None:
        raise ClientException("Name a topic, or the code of an appointment.")
    language = data.language or context.office.profile.languages[0]
    request = TicketRequest(data.topic, language, wish, data.priority, data.desk, data.answers)
    taken = take_ticket(context.office, request, context.now())
    return TakenAnswer(taken.ticket.id, taken.ticket.number, taken.ahead, taken.estimate_min)


def _check_in(context: ConsoleContext, data: WishBody, code: str, wish: str | None) -> TakenAnswer:
    language = data.language or context.office.profile.languages[0]
    request = CheckInRequest(code, language, wish, data.desk, data.topic, data.priority)
    done = check_in(context.office, request, context.now())
    ticket, time = done.taken.ticket, done.taken.ticket.appointment
    return TakenAnswer(
        ticket.id,
        ticket.number,
        done.taken.ahead,
        done.taken.estimate_min,
        appointment=time.astimezone(BERLIN) if time else UNSET,
        punctuality=done.punctuality,
    )


@staff_post("/tickets/import", status_code=201)
def import_tickets(context: Context, data: JSONBody[TicketImportBody]) -> list[TicketAnswer]:
    """Take in numbers that were torn from a paper roll while the box was away; all or none."""
    torn = parse_range(data.first, data.last)
    record = Record(OutcomeId(data.outcome)) if data.outcome else None
    request = ticket_import.ImportRequest(torn, data.topic, record, data.desk)
    taken = ticket_import.import_tickets(context.office, request, context.now())
    return [TicketAnswer.of(ticket) for ticket in taken]


@staff_post("/feedback", status_code=201)
def give_feedback(context: Context, data: JSONBody[ScoreBody]) -> FeedbackAnswer:
    """Record a smiley."""
    given = citizens.give_feedback(
        context.office, data.score, context.now(), with_survey=data.survey
    )
    return FeedbackAnswer(given.id, given.question or UNSET)


@staff_post("/feedback/survey", status_code=200)
def answer_survey(context: Context, data: JSONBody[SurveyBody]) -> SurveyCountedAnswer:
    """Count the answer to the question that followed a smiley; one alone, sent twice or not."""
    given = FeedbackId(data.feedback)
    counted = survey.answer_survey(context.office, given, data.question, data.answer, context.now())
    return SurveyCountedAnswer(counted)


@staff_post("/visit/open", status_code=201)
def open_visit(context: Context, data: JSONBody[OpenBody | None] = None) -> OpenedAnswer:
    """Begin a deployment; numbering starts afresh. Says whether its stop is a guess.

    An open practice visit gives way to one that counts.
    """
    wanted, now = data or OpenBody(), context.now()
    stop, topics = context.office.read(timetable.stop_and_topics, wanted.stop, wanted.topics, now)
    visit = visits.open_visit(context.office, stop, topics, now, practice=wanted.practice)
    opened = msgspec.structs.asdict(visit_answer(context.office.profile, visit))
    return OpenedAnswer(**opened, planned=stop is not None)


@staff_post("/visit/intake", status_code=200)
def set_intake(context: Context, data: JSONBody[IntakeBody]) -> VisitAnswer:
    """Give new numbers, or serve only those who wait."""
    visit = visits.set_intake(context.office, context.now(), intake=data.intake)
    return visit_answer(context.office.profile, visit)


@staff_post("/visit/topics", status_code=200)
def offer_topics(context: Context, data: JSONBody[TopicsBody]) -> VisitAnswer:
    """Offer other topics from now on; people who wait for another one are still called."""
    visit = visits.offer_topics(context.office, data.topics, context.now())
    return visit_answer(context.office.profile, visit)


@staff_post("/visit/contingent", status_code=200)
def limit_topic(context: Context, data: JSONBody[ContingentBody]) -> VisitAnswer:
    """Give at most so many numbers for a topic in all."""
    visit = visits.limit_topic(context.office, data.topic, data.contingent, context.now())
    return visit_answer(context.office.profile, visit)


@staff_post("/visit/close", status_code=200)
def close_visit(context: Context, data: JSONBody[CloseBody | None] = None) -> ClosedAnswer:
    """End the deployment: in five minutes its rows become counts, until then it can be reopened."""
    wanted, now = data or CloseBody(), context.now()
    visit = visits.close_visit(
        context.office,
        now,
        expected=None if wanted.force else wanted.still_there or 0,
        desk=wanted.desk,
        revocable=True,
    )
    day = context.office.read(visits.day_sum_now)
    return ClosedAnswer(
        **msgspec.structs.asdict(visit_answer(context.office.profile, visit)),
        reopen_s=int(visit.reopening_left_s(now)) if day else 0,
        sum=SumAnswer.of(day) if day else None,
    )


@staff_post("/visit/reopen", status_code=200)
def reopen_visit(context: Context, data: JSONBody[ReopenBody | None] = None) -> VisitAnswer:
    """Take back that the visit was closed: it goes on with all its numbers as they were."""
    desk = data.desk if data else None
    visit = visits.reopen_visit(context.office, context.now(), desk=desk)
    return visit_answer(context.office.profile, visit)


@get("/visit/sum", sync_to_thread=True, responses=problems(401, 409))
def sum_visit(context: Context) -> SumAnswer:
    """The sum of the visit that is open, or was closed and can still be reopened."""
    day = context.office.read(visits.day_sum_now)
    if day is None:
        raise NoVisitOpen
    return SumAnswer.of(day)


router = Router(
    path="/",
    route_handlers=[
        list_tickets,
        post_ticket,
        import_tickets,
        give_feedback,
        answer_survey,
        open_visit,
        set_intake,
        offer_topics,
        limit_topic,
        close_visit,
        reopen_visit,
        sum_visit,
    ],
    guards=[staff_only],
    security=TOKEN,
    tags=["day"],
)
