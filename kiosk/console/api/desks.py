"""What staff do with the people in the queue."""

from functools import partial

from litestar import Response, Router, post
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, JSONBody
from msgspec import UNSET

from kiosk.console.api.answers import TOKEN, problems
from kiosk.console.api.shapes import (
    FinishBody,
    NextBody,
    TicketAnswer,
    TicketBody,
    TransferBody,
)
from kiosk.console.door import TheDoor
from kiosk.console.staff import staff_only
from kiosk.domain.errors import Unknown
from kiosk.domain.ids import TicketId
from kiosk.service import back_office

REFUSALS = problems(400, 401, 403, 404, 409, 413, 422)
NOBODY_WAITS = ResponseSpec(None, description="Nobody waits for this desk")

action = partial(post, status_code=200, sync_to_thread=True, responses=REFUSALS)


@action("/next", responses={**REFUSALS, 204: NOBODY_WAITS})
def call_next(
    door: TheDoor, desk: FromPath[str], data: JSONBody[NextBody | None] = None
) -> Response[TicketAnswer | None]:
    """Call whoever is next; 204 when nobody waits."""
    after = data.after if data is not None else UNSET
    said = {} if after is UNSET else {"after": None if after is None else TicketId(after)}
    ticket = back_office.call_next(door.office, desk, door.now(), **said)
    if ticket is None:
        return Response(None, status_code=204)
    return Response(TicketAnswer.of(ticket))


@action("/recall")
def recall(door: TheDoor, desk: FromPath[str]) -> TicketAnswer:
    """Ring again for the person called to this desk."""
    return TicketAnswer.of(back_office.recall(door.office, desk, door.now()))


@action("/start")
def start(door: TheDoor, desk: FromPath[str]) -> TicketAnswer:
    """The person has come."""
    return TicketAnswer.of(back_office.start(door.office, desk, door.now()))


@action("/finish")
def finish(door: TheDoor, desk: FromPath[str], data: JSONBody[FinishBody]) -> TicketAnswer:
    """The talk is over. The partner of a referral is checked and then dropped, not stored yet."""
    partners = tuple(partner.id for partner in door.office.profile.partners)
    if data.referral is not None and data.referral not in partners:
        raise Unknown("partner", data.referral, partners)
    return TicketAnswer.of(back_office.finish(door.office, desk, data.outcome, door.now()))


@action("/miss")
def miss(door: TheDoor, desk: FromPath[str]) -> TicketAnswer:
    """Nobody came: the ticket waits again, or is missed when its calls are used up."""
    return TicketAnswer.of(back_office.miss(door.office, desk, door.now()))


@action("/park")
def park(door: TheDoor, desk: FromPath[str]) -> TicketAnswer:
    """Set the person aside, number kept."""
    return TicketAnswer.of(back_office.park(door.office, desk, door.now()))


@action("/transfer")
def transfer(door: TheDoor, desk: FromPath[str], data: JSONBody[TransferBody]) -> TicketAnswer:
    """Let the person wait for another topic, number kept."""
    return TicketAnswer.of(back_office.transfer(door.office, desk, data.topic, door.now()))


@action("/take_up")
def take_up(door: TheDoor, desk: FromPath[str], data: JSONBody[TicketBody]) -> TicketAnswer:
    """Call a missed or parked person to this desk."""
    return TicketAnswer.of(back_office.take_up(door.office, desk, data.ticket, door.now()))


@action("/withdraw")
def withdraw(door: TheDoor, desk: FromPath[str], data: JSONBody[TicketBody]) -> TicketAnswer:
    """The person has left."""
    door.office.profile.desk(desk)
    return TicketAnswer.of(back_office.withdraw(door.office, data.ticket, door.now()))


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
        take_up,
        withdraw,
    ],
    guards=[staff_only],
    security=TOKEN,
    tags=["desks"],
)
