"""Actions of a desk on the queue."""

from functools import partial

from litestar import Response, Router, get, post
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, JSONBody
from msgspec import UNSET

from kiosk.console.api.answer_schemas import ActionAnswer, DeskAnswer, TicketAnswer
from kiosk.console.api.request_schemas import (
    AmendBody,
    AtDeskBody,
    AtWorkBody,
    CallBody,
    ComingBody,
    CountBody,
    FinishBody,
    NextBody,
    PriorityBody,
    TicketBody,
    TopicBody,
    TopicsBody,
    TransferBody,
    UndoBody,
    WantedBody,
)
from kiosk.console.api.state import desk_answer
from kiosk.console.http.authentication import staff_only
from kiosk.console.http.context import ConsoleContext, Context
from kiosk.console.http.problem_responses import TOKEN, problems
from kiosk.service import desks, staff, ticket_corrections, undo_log
from kiosk.service.desk_appointments import BookingRequest, FinishRequest, finish_with_appointment
from kiosk.service.queue_view import queue_view

REFUSALS = problems(400, 401, 403, 404, 409, 413, 422)
SHOWN_STEPS = 10
EMPTY_QUEUE = ResponseSpec(None, description="No ticket waits for this desk")

Believed = JSONBody[AtDeskBody | None]

desk_post = partial(post, status_code=200, sync_to_thread=True, responses=REFUSALS)


@desk_post("/next", responses={**REFUSALS, 204: EMPTY_QUEUE})
def call_next(
    context: Context, desk: FromPath[str], data: JSONBody[NextBody | None] = None
) -> Response[TicketAnswer | None]:
    """Call the next ticket; 204 when none waits. One that was called before did not come."""
    after = data.after if data is not None else UNSET
    ticket = staff.call_next(context.office, desk, context.now(), after=after)
    if ticket is None:
        return Response(None, status_code=204)
    return Response(TicketAnswer.of(ticket))


@desk_post("/recall")
def recall(context: Context, desk: FromPath[str], data: Believed = None) -> TicketAnswer:
    """Ring again for the person called to this desk."""
    return TicketAnswer.of(staff.recall(context.office, desk, context.now(), ticket=_ticket(data)))


@desk_post("/start")
def start(context: Context, desk: FromPath[str], data: Believed = None) -> TicketAnswer:
    """The person has come."""
    return TicketAnswer.of(staff.start(context.office, desk, context.now(), ticket=_ticket(data)))


@desk_post("/finish")
def finish(context: Context, desk: FromPath[str], data: JSONBody[FinishBody]) -> TicketAnswer:
    """The talk is over, with this on record, and an appointment made where one is named."""
    now, record = context.now(), data.record()
    if slot := data.appointment:
        booking = BookingRequest("", slot.time, slot.stop)
        request = FinishRequest(record, booking, data.ticket)
        finished = finish_with_appointment(context.office, desk, request, now)
        return TicketAnswer.of(finished)
    return TicketAnswer.of(staff.finish(context.office, desk, record, now, ticket=data.ticket))


@desk_post("/miss")
def miss(context: Context, desk: FromPath[str], data: Believed = None) -> TicketAnswer:
    """The person did not come: the ticket waits again, or is missed after its last call."""
    return TicketAnswer.of(staff.miss(context.office, desk, context.now(), ticket=_ticket(data)))


@desk_post("/park")
def park(context: Context, desk: FromPath[str], data: Believed = None) -> TicketAnswer:
    """Set the person aside, number kept."""
    return TicketAnswer.of(staff.park(context.office, desk, context.now(), ticket=_ticket(data)))


@desk_post("/transfer")
def transfer(context: Context, desk: FromPath[str], data: JSONBody[TransferBody]) -> TicketAnswer:
    """Send the person on to another desk, to a topic, or both; number kept."""
    target = staff.TransferTarget(data.topic, data.to_desk)
    sent = staff.transfer(context.office, desk, target, context.now(), ticket=data.ticket)
    return TicketAnswer.of(sent)


@desk_post("/call")
def call(context: Context, desk: FromPath[str], data: JSONBody[CallBody]) -> TicketAnswer:
    """Call a ticket out of turn to this desk: waiting, set aside, or ended."""
    present = staff.Present(data.after, data.park)
    called = staff.call(context.office, desk, data.ticket, context.now(), present)
    return TicketAnswer.of(called)


@desk_post("/withdraw")
def withdraw(context: Context, desk: FromPath[str], data: JSONBody[TicketBody]) -> TicketAnswer:
    """The person has left."""
    return TicketAnswer.of(staff.withdraw(context.office, data.ticket, context.now(), desk=desk))


@desk_post("/put-back")
def put_back(context: Context, desk: FromPath[str], data: JSONBody[TicketBody]) -> TicketAnswer:
    """Put a parked, missed, finished or withdrawn ticket back into the queue."""
    now, ticket = context.now(), data.ticket
    return TicketAnswer.of(ticket_corrections.put_back(context.office, ticket, now, desk=desk))


@desk_post("/topic")
def change_topic(context: Context, desk: FromPath[str], data: JSONBody[TopicBody]) -> TicketAnswer:
    """Let a waiting person wait for another topic, number and place kept."""
    changed = ticket_corrections.change_topic(
        context.office, data.ticket, data.topic, context.now(), desk=desk
    )
    return TicketAnswer.of(changed)


@desk_post("/amend")
def amend(context: Context, desk: FromPath[str], data: JSONBody[AmendBody]) -> TicketAnswer:
    """Note later how a talk ended, or correct it."""
    record, now = data.record(), context.now()
    ticket = ticket_corrections.amend(context.office, desk, data.ticket, record, now)
    return TicketAnswer.of(ticket)


@desk_post("/priority")
def set_priority(
    context: Context, desk: FromPath[str], data: JSONBody[PriorityBody]
) -> TicketAnswer:
    """Let a waiting person go ahead, or not any more."""
    ticket = staff.set_priority(
        context.office, data.ticket, context.now(), priority=data.priority, desk=desk
    )
    return TicketAnswer.of(ticket)


@desk_post("/count", status_code=204)
def count(context: Context, desk: FromPath[str], data: JSONBody[CountBody]) -> None:
    """Count a person who was helped without a number."""
    request = staff.CountRequest(data.topic, data.record(), data.after)
    staff.count(context.office, desk, request, context.now())


@desk_post("/undo")
def undo(
    context: Context, desk: FromPath[str], data: JSONBody[UndoBody | None] = None
) -> ActionAnswer:
    """Take back what this desk did last."""
    expected = data.action if data is not None else None
    entry = undo_log.undo(context.office, desk, context.now(), expected=expected)
    return ActionAnswer(entry.id, entry.kind, entry.number, undone=True)


@get("/trail", sync_to_thread=True, responses=problems(401, 404))
def show_trail(context: Context, desk: FromPath[str]) -> list[ActionAnswer]:
    """What this desk did last, newest first."""
    entries = context.office.read(undo_log.latest_steps, desk, SHOWN_STEPS)
    return [ActionAnswer(e.id, e.kind, e.number, e.undone) for e in entries]


@desk_post("/topics")
def handle(context: Context, desk: FromPath[str], data: JSONBody[TopicsBody]) -> DeskAnswer:
    """From now on this desk handles these topics."""
    desks.handle(context.office, desk, data.topics, context.now())
    return _answer(context, desk)


@desk_post("/work")
def work(context: Context, desk: FromPath[str], data: JSONBody[AtWorkBody]) -> DeskAnswer:
    """Set whether the desk is at work or pauses."""
    desks.set_at_work(context.office, desk, context.now(), at_work=data.at_work)
    return _answer(context, desk)


@desk_post("/help")
def call_help(context: Context, desk: FromPath[str], data: JSONBody[WantedBody]) -> DeskAnswer:
    """Call for help at this desk, or withdraw the call."""
    desks.call_help(context.office, desk, context.now(), wanted=data.wanted)
    return _answer(context, desk)


@desk_post("/coming")
def come_to_help(context: Context, desk: FromPath[str], data: JSONBody[ComingBody]) -> DeskAnswer:
    """Answer a call for help: a helper from this desk comes."""
    desks.come_to_help(context.office, data.to, desk, context.now())
    return _answer(context, desk)


def _ticket(believed: AtDeskBody | None) -> int | None:
    return believed.ticket if believed is not None else None


def _answer(context: ConsoleContext, desk: str) -> DeskAnswer:
    return desk_answer(context.office.read(queue_view).desk(desk))


router = Router(
    path="/desks/{desk:str}",
    route_handlers=[
        call_next,
        recall,
        start,
        finish,
        miss,
        park,
        transfer,
        call,
        withdraw,
        put_back,
        change_topic,
        amend,
        set_priority,
        count,
        undo,
        show_trail,
        handle,
        work,
        call_help,
        come_to_help,
    ],
    guards=[staff_only],
    security=TOKEN,
    tags=["desks"],
)
