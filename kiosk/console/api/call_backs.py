"""Call backs that were promised today, and their slips."""

import msgspec
from litestar import Router, get
from litestar.params import JSONBody

from kiosk.console.api.day import staff_post
from kiosk.console.api.request_schemas import Body
from kiosk.console.api.slips import TicketName
from kiosk.console.http.authentication import staff_only
from kiosk.console.http.context import ConsoleContext, Context
from kiosk.console.http.problem_responses import TOKEN, problems
from kiosk.domain.errors import Unknown
from kiosk.service import call_backs
from kiosk.service.call_backs import CallBack
from kiosk.store.slips import SlipState


class CalledBackBody(Body, frozen=True):
    """Whether the person has been called back."""

    done: bool


class CallBackAnswer(msgspec.Struct, frozen=True):
    """Who was promised a call back; `slip` is what has become of the slip that says so."""

    ticket: int
    number: str
    topic: str
    language: str
    done: bool
    slip: SlipState | None

    @classmethod
    def of(cls, call_back: CallBack) -> "CallBackAnswer":
        """The outside of a call back."""
        ticket = call_back.ticket
        return cls(
            ticket.id, ticket.number, ticket.topic, ticket.language, call_back.done, call_back.slip
        )


@get("/", sync_to_thread=True, responses=problems(401))
def list_call_backs(context: Context) -> list[CallBackAnswer]:
    """All that were promised in the open visit; they are gone with it."""
    return [CallBackAnswer.of(each) for each in context.office.read(call_backs.call_backs)]


@staff_post("/{ticket:int}", status_code=200, responses=problems(400, 401, 403, 404, 409, 413, 422))
def set_called_back(
    context: Context, ticket: TicketName, data: JSONBody[CalledBackBody]
) -> CallBackAnswer:
    """Note that a person was called back, or not yet."""
    call_backs.set_called_back(context.office, ticket, context.now(), done=data.done)
    return _answer(context, ticket)


@staff_post(
    "/{ticket:int}/slip", status_code=201, responses=problems(400, 401, 403, 404, 409, 413, 422)
)
def print_slip(context: Context, ticket: TicketName) -> CallBackAnswer:
    """Print once more that the person will be called back."""
    call_backs.reprint(context.office, ticket, context.now())
    return _answer(context, ticket)


def _answer(context: ConsoleContext, ticket: int) -> CallBackAnswer:
    for each in context.office.read(call_backs.call_backs):
        if each.ticket.id == ticket:
            return CallBackAnswer.of(each)
    raise Unknown("ticket", str(ticket))


router = Router(
    path="/call-backs",
    route_handlers=[list_call_backs, set_called_back, print_slip],
    guards=[staff_only],
    security=TOKEN,
    tags=["day"],
)
