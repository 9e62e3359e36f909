"""What anybody on the bus's network may ask: state, events, health, metrics."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Annotated, Any, TypeGuard

from litestar import Request, Response, get
from litestar.exceptions import ServiceUnavailableException
from litestar.params import HeaderParameter
from litestar.response import Stream

from kiosk.console.api.health import checks
from kiosk.console.api.metrics import metrics_text
from kiosk.console.api.shapes import HealthAnswer, StateAnswer
from kiosk.console.api.state import public_state
from kiosk.console.events.broadcast import ALIVE, ALIVE_EVERY_S, RETRY, Broadcast
from kiosk.console.events.public_events import changed
from kiosk.console.http.context import Context

MOST_STREAMS = 200
MOST_OF_ONE = 40
"""From one address, so that no single device on the network takes the lines of staff."""

OF_THIS_BOX = ("127.0.0.1", "::1")  # a proxy speaks for many


@get("/state", sync_to_thread=True)
def state(context: Context) -> StateAnswer:
    """The open visit, how many wait for which topic, and which numbers are called."""
    return public_state(context)


@get("/events", media_type="text/event-stream")
async def events(
    request: Request[Any, Any, Any],
    context: Context,
    last_event_id: Annotated[str | None, HeaderParameter(name="Last-Event-ID")] = None,
) -> Stream:
    """Server-sent events `called`, `changed`, `alive`; resumes from `Last-Event-ID`."""
    broadcast = context.broadcast
    address = request.client.host if request.client else ""
    mine = 0 if address in OF_THIS_BOX else broadcast.listening[address]
    if broadcast.listeners >= MOST_STREAMS or mine >= MOST_OF_ONE:
        raise ServiceUnavailableException("Too many browsers listen already.")
    last = int(last_event_id) if _is_id(last_event_id) else broadcast.last
    return Stream(_listen(broadcast, address, last), media_type="text/event-stream")


def _is_id(text: str | None) -> TypeGuard[str]:
    return text is not None and re.fullmatch(r"[0-9]{1,18}", text) is not None


async def _listen(broadcast: Broadcast, address: str, last: int) -> AsyncIterator[bytes]:
    clock = asyncio.get_running_loop().time
    broadcast.listening[address] += 1
    try:
        yield RETRY
        alive_at = clock()
        while not broadcast.closed:
            messages = broadcast.since(last)
            last = broadcast.last
            if messages is None:
                messages = [changed(last)]
            if messages:
                yield b"".join(message.text for message in messages)
            elif clock() >= alive_at:
                yield ALIVE
                alive_at = clock() + ALIVE_EVERY_S
            else:
                await broadcast.news(alive_at - clock())
    finally:
        broadcast.listening[address] -= 1


@get("/health", sync_to_thread=True)
def health(context: Context) -> Response[HealthAnswer]:
    """200 when this process can do its work, else 503 with the check that fails."""
    found = checks(context)
    well = all(check.ok for check in found)
    return Response(HealthAnswer(well, found), status_code=200 if well else 503)


@get("/metrics", media_type="text/plain; version=0.0.4; charset=utf-8", sync_to_thread=True)
def metrics(context: Context) -> str:
    """A few gauges in the text format of Prometheus."""
    return metrics_text(context)
