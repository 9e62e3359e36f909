"""Public endpoints: state, event stream, health, metrics; staff get more of each."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any, Final

from litestar import MediaType, Request, Response, get
from litestar.params import HeaderParameter
from litestar.response import Stream

from kiosk.console.api.answer_schemas import HealthAnswer, QueueAnswer, StateAnswer
from kiosk.console.api.health import checks
from kiosk.console.api.metrics import metrics_text
from kiosk.console.api.state import encoded_state, staff_queue
from kiosk.console.events.broadcast import ALIVE, ALIVE_EVERY_S, ENDED, RETRY, Broadcast
from kiosk.console.events.event_ids import EventIds
from kiosk.console.events.messages import Message
from kiosk.console.http.authentication import is_staff, known_browser, session_of, staff_only
from kiosk.console.http.context import ConsoleContext, Context
from kiosk.console.http.problem_responses import TOKEN, problems
from kiosk.console.http.sessions import Session
from kiosk.console.http.stream_caps import BrowserCap

UNKNOWN: Final = -1
"""An id that leads to a fresh look."""


@get("/state")
async def state(context: Context) -> Response[StateAnswer]:
    """The open visit, what it offers, how many wait in all, and which numbers are called."""
    answer: Response[Any] = Response(await encoded_state(context), media_type=MediaType.JSON)
    return answer


@get(
    "/queue",
    guards=[staff_only],
    security=TOKEN,
    responses=problems(401),
    tags=["day"],
    sync_to_thread=True,
)
def queue(context: Context) -> QueueAnswer:
    """`/state` with the number waiting by topic, and the desks."""
    return staff_queue(context)


@get("/events", media_type="text/event-stream", middleware=[BrowserCap()], responses=problems(503))
async def events(
    request: Request[Any, Any, Any],
    context: Context,
    last_event_id: Annotated[str | None, HeaderParameter(name="Last-Event-ID")] = None,
) -> Stream:
    """Server-sent events `called`, `changed`, `doors`, `alive`, `ended`.

    Resumes from `Last-Event-ID`.

    Staff hear of all that concerns their pages, others of what `/state` tells.
    """
    broadcast, listener = context.broadcast, _listener_of(request, context)
    last = broadcast.last if last_event_id is None else listener.entry_of(last_event_id)
    return Stream(_listen(broadcast, listener, last), media_type="text/event-stream")


@dataclass(frozen=True, slots=True)
class StaffListener:
    """A client of staff: hears every message, with the journal's ids, until its session ends.

    New secrets have another `key`: then it ends too.
    """

    context: ConsoleContext
    session: Session | None
    key: bytes

    @property
    def may_listen(self) -> bool:
        if self.context.sessions.key() != self.key:
            return False
        if self.session is None:  # a program, with the token
            return True
        return self.context.sessions.is_in_use(self.session, self.context.now())

    def entry_of(self, event_id: str) -> int:
        return int(event_id) if re.fullmatch(r"[0-9]{1,18}", event_id) else UNKNOWN

    def text(self, message: Message) -> bytes:
        return message.staff

    async def wait_for_news(self, broadcast: Broadcast, timeout_s: float) -> None:
        """Woken at once."""
        await broadcast.wait_for_news(timeout_s)


@dataclass(frozen=True, slots=True)
class PublicListener:
    """A client without a login: hears what `/state` tells, with opaque ids.

    A browser in which staff have logged in before may be the call display: it hears at once too.
    """

    ids: EventIds
    known: bool
    may_listen: bool = True

    def entry_of(self, event_id: str) -> int:
        entry = self.ids.unseal(event_id)
        return UNKNOWN if entry is None else entry

    def text(self, message: Message) -> bytes:
        return message.public

    async def wait_for_news(self, broadcast: Broadcast, timeout_s: float) -> None:
        """Woken in turn, behind the requests of staff, unless the browser is a known one."""
        await (broadcast.wait_for_news if self.known else broadcast.wait_for_news_paced)(timeout_s)


def _listener_of(
    request: Request[Any, Any, Any], context: ConsoleContext
) -> StaffListener | PublicListener:
    if is_staff(request):
        return StaffListener(context, session_of(request), context.sessions.key())
    known = known_browser(request) is not None
    return PublicListener(context.broadcast.ids, known)


async def _listen(
    broadcast: Broadcast, listener: StaffListener | PublicListener, last: int
) -> AsyncIterator[bytes]:
    clock = asyncio.get_running_loop().time
    yield RETRY
    alive_at, door_changes = clock(), broadcast.door_changes
    while not broadcast.closed:
        if not listener.may_listen:
            yield ENDED
            return
        messages = broadcast.messages_since(last)
        last = broadcast.last
        if messages is None:
            messages = broadcast.resync()
        if door_changes != broadcast.door_changes:
            door_changes = broadcast.door_changes
            messages.append(broadcast.door_message())
        if text := b"".join(map(listener.text, messages)):
            yield text
        elif clock() >= alive_at:
            yield ALIVE
            alive_at = clock() + ALIVE_EVERY_S
        else:
            await listener.wait_for_news(broadcast, alive_at - clock())


@get("/health", sync_to_thread=True)
def health(context: Context) -> Response[HealthAnswer]:
    """200 when this process can do its work, else 503 with the check that fails."""
    found = checks(context)
    well = all(check.ok for check in found)
    return Response(HealthAnswer(well, found), status_code=200 if well else 503)


@get(
    "/metrics",
    media_type="text/plain; version=0.0.4; charset=utf-8",
    guards=[staff_only],
    security=TOKEN,
    responses=problems(401),
    sync_to_thread=True,
)
def metrics(context: Context) -> str:
    """A few gauges in the text format of Prometheus."""
    return metrics_text(context)
