"""What staff do with the people in the queue."""

from functools import partial

from litestar import Response, Router, get, post
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, JSONBody
from msgspec import UNSET

from kiosk.console.api.shapes import (
    ActionAnswer,
    AtDeskBody,
    AtWorkBody,
    CallBody,
    CountBody,
    DeskAnswer,
    FinishBody,
    NextBody,
    PriorityBody,
    TicketAnswer,
    TicketBody,
    TopicsBody,
    TransferBody,
    UndoBody,
    WantedBody,
)
from kiosk.console.api.state import desk_answer
from kiosk.console.http.answers import TOKEN, problems
from kiosk.console.http.authentication import staff_only
from kiosk.console.http.context import Door, TheDoor
from kiosk.service import desks, staff, undo_log
from kiosk.service.queue_view import queue_view

REFUSALS = problems(400, 401, 403, 404, 409, 413, 422)
SHOWN_STEPS = 10
NOBODY_WAITS = ResponseSpec(None, description="Nobody waits for this desk")

Believed = JSONBody[AtDeskBody | None]

action = partial(post, status_code=200, sync_to_thread=True, responses=REFUSALS)


@action("/next", responses={**REFUSALS, 204: NOBODY_WAITS})
def call_next(
    door: TheDoor, desk: FromPath[str], data: JSONBody[NextBody | None] = None
) -> Response[TicketAnswer | None]:
    """Call whoever is next; 204 when nobody waits."""
    after = data.after if data is not None else UNSET
    ticket = staff.call_next(door.office, desk, door.now(), after=after)
    if ticket is None:
        return Response(None, status_code=204)
    return Response(TicketAnswer.of(ticket))


@action("/recall")
def recall(door: TheDoor, desk: FromPath[str], data: Believed = None) -> TicketAnswer:
    """Ring again for the person called to this desk."""
    return TicketAnswer.of(staff.recall(door.office, desk, door.now(), ticket=_ticket(data)))


@action("/start")
def start(door: TheDoor, desk: FromPath[str], data: Believed = None) -> TicketAnswer:
    """The person has come."""
    return TicketAnswer.of(staff.start(door.office, desk, door.now(), ticket=_ticket(data)))


@action("/finish")
def finish(door: TheDoor, desk: FromPath[str], data: JSONBody[FinishBody]) -> TicketAnswer:
    """The talk is over, with this on record."""
    now, record = door.now(), data.record()
    return TicketAnswer.of(staff.finish(door.office, desk, record, now, ticket=data.ticket))


@action("/miss")
def miss(door: TheDoor, desk: FromPath[str], data: Believed = None) -> TicketAnswer:
    """Nobody came: the ticket waits again, or is missed when its calls are used up."""
    return TicketAnswer.of(staff.miss(door.office, desk, door.now(), ticket=_ticket(data)))


@action("/park")
def park(door: TheDoor, desk: FromPath[str], data: Believed = None) -> TicketAnswer:
    """Set the person aside, number kept."""
    return TicketAnswer.of(staff.park(door.office, desk, door.now(), ticket=_ticket(data)))


@action("/transfer")
def transfer(door: TheDoor, desk: FromPath[str], data: JSONBody[TransferBody]) -> TicketAnswer:
    """Let the person wait for another topic, number kept."""
    now, topic = door.now(), data.topic
    return TicketAnswer.of(staff.transfer(door.office, desk, topic, now, ticket=data.ticket))


@action("/call")
def call(door: TheDoor, desk: FromPath[str], data: JSONBody[CallBody]) -> TicketAnswer:
    """Call somebody out of turn to this desk: waiting, missed or parked."""
    now, after = door.now(), data.after
    return TicketAnswer.of(staff.call(door.office, desk, data.ticket, now, after=after))


@action("/withdraw")
def withdraw(door: TheDoor, desk: FromPath[str], data: JSONBody[TicketBody]) -> TicketAnswer:
    """The person has left."""
    return TicketAnswer.of(staff.withdraw(door.office, data.ticket, door.now(), desk=desk))


@action("/priority")
def set_priority(door: TheDoor, desk: FromPath[str], data: JSONBody[PriorityBody]) -> TicketAnswer:
    """Let a waiting person go ahead, or not any more."""
    ticket = staff.set_priority(
        door.office, data.ticket, door.now(), priority=data.priority, desk=desk
    )
    return TicketAnswer.of(ticket)


@action("/count", status_code=204)
def count(door: TheDoor, desk: FromPath[str], data: JSONBody[CountBody]) -> None:
    """Count somebody who was helped without a number."""
    request = staff.CountRequest(data.topic, data.record(), data.after)
    staff.count(door.office, desk, request, door.now())


@action("/undo")
def undo(
    door: TheDoor, desk: FromPath[str], data: JSONBody[UndoBody | None] = None
) -> ActionAnswer:
    """Take back what this desk did last."""
    expected = data.action if data is not None else None
    entry = undo_log.undo(door.office, desk, door.now(), expected=expected)
    return ActionAnswer(entry.id, entry.kind, entry.number, undone=True)


@get("/trail", sync_to_thread=True, responses=problems(401, 404))
def show_undo_log(door: TheDoor, desk: FromPath[str]) -> list[ActionAnswer]:
    """What this desk did last, newest first."""
    entries = door.office.read(undo_log.latest, desk, SHOWN_STEPS)
    return [ActionAnswer(e.id, e.kind, e.number, e.undone) for e in entries]


@action("/topics")
def handle(door: TheDoor, desk: FromPath[str], data: JSONBody[TopicsBody]) -> DeskAnswer:
    """From now on this desk handles these topics."""
    desks.handle(door.office, desk, data.topics, door.now())
    return _answer(door, desk)


@action("/work")
def work(door: TheDoor, desk: FromPath[str], data: JSONBody[AtWorkBody]) -> DeskAnswer:
    """Somebody begins at the desk, or makes a pause."""
    desks.set_at_work(door.office, desk, door.now(), at_work=data.at_work)
    return _answer(door, desk)


@action("/help")
def call_help(door: TheDoor, desk: FromPath[str], data: JSONBody[WantedBody]) -> DeskAnswer:
    """Ask a colleague over to this desk, or say that nobody is needed any more."""
    desks.call_help(door.office, desk, door.now(), wanted=data.wanted)
    return _answer(door, desk)


def _ticket(believed: AtDeskBody | None) -> int | None:
    return believed.ticket if believed is not None else None


def _answer(door: Door, desk: str) -> DeskAnswer:
    return desk_answer(door.office.read(queue_view).desk(desk))


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
        set_priority,
        count,
        undo,
        show_undo_log,
        handle,
        work,
        call_help,
    ],
    guards=[staff_only],
    security=TOKEN,
    tags=["desks"],
)
