"""Slips: what became of one, and a copy of one that is lost."""

from typing import Annotated

import msgspec
from litestar import Router, get, post
from litestar.params import PathParameter

from kiosk.console.api.day import Wish
from kiosk.console.http.authentication import staff_only
from kiosk.console.http.context import Context
from kiosk.console.http.problem_responses import TOKEN, problems
from kiosk.service.slips import reprint, slips_of
from kiosk.store.copies import Copy
from kiosk.store.slips import SlipState

TicketName = Annotated[int, PathParameter(ge=0, le=2**53)]
"""Within what SQLite can keep."""


class CopyAnswer(msgspec.Struct, frozen=True):
    """A copy and what has become of it; `trouble` is why it failed."""

    id: int
    state: SlipState
    trouble: str | None

    @classmethod
    def of(cls, copy: Copy) -> "CopyAnswer":
        """The outside of a copy."""
        return cls(copy.id, copy.state, copy.trouble)


class SlipAnswer(msgspec.Struct, frozen=True):
    """What has become of a ticket's slip and of its copies, oldest first."""

    slip: SlipState
    copies: list[CopyAnswer]


@get("/slip", sync_to_thread=True, responses=problems(400, 401, 404))
def show_slip(context: Context, ticket: TicketName) -> SlipAnswer:
    """What has become of a ticket's slip."""
    found = context.office.read(slips_of, ticket)
    return SlipAnswer(found.slip, [CopyAnswer.of(copy) for copy in found.copies])


@post(
    "/slip",
    status_code=201,
    sync_to_thread=True,
    responses=problems(400, 401, 403, 404, 409, 413, 422),
)
def print_slip(context: Context, ticket: TicketName, wish: Wish = None) -> CopyAnswer:
    """Print the slip once more, marked as a copy; the same `Idempotency-Key` prints one."""
    return CopyAnswer.of(reprint(context.office, ticket, context.now(), wish=wish))


router = Router(
    path="/tickets/{ticket:int}",
    route_handlers=[show_slip, print_slip],
    guards=[staff_only],
    security=TOKEN,
    tags=["slips"],
)
