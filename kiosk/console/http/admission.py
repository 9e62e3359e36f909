"""Admission control: staff are answered at once, everybody else one after the other, behind them.

One request costs a crowd no more than it costs one phone, and staff wait for one of them at most.
The turn is over when the answer begins: a slow reader, and whoever listens to events, holds none.
"""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Final, Literal

from litestar.enums import ScopeType

if TYPE_CHECKING:
    from collections.abc import Callable

    from litestar.types import ASGIApp, Message, Receive, Scope, Send

    from kiosk.console.events.staff_work import StaffWork

LONGEST_WAIT_S: Final = 10.0
LARGEST_BODY_BYTES: Final = 64 * 1024
LOGIN: Final = "/staff/login"

STAFF, KNOWN, STRANGER = "staff", "known", "stranger"
"""Who asks: somebody logged in, a browser that was logged in before, anybody."""

_BEHIND: Final = (KNOWN, STRANGER)


@dataclass(frozen=True, slots=True)
class Request:
    """One request with its body, read before it waits for its turn."""

    scope: Scope
    body: bytes
    whole: bool
    receive: Receive

    def again(self) -> Receive:
        """A `receive` that begins with the body."""
        unread = [{"type": "http.request", "body": self.body, "more_body": not self.whole}]

        async def receive() -> Any:  # noqa: ANN401 - a message of ASGI
            return unread.pop() if unread else await self.receive()

        return receive


class Admission:
    """Wraps the application. `who_asks` sorts requests into the three kinds."""

    def __init__(self, app: ASGIApp, work: StaffWork, who_asks: Callable[[Scope], str]) -> None:
        self._app, self._work, self._who_asks = app, work, who_asks
        self._turns = {kind: asyncio.Lock() for kind in product(_BEHIND, (False, True))}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, sooner or later."""
        if scope["type"] != ScopeType.HTTP:  # it begins, or ends
            await self._app(scope, receive, send)
        elif (who := self._who_asks(scope)) == STAFF:
            with ExitStack() as held:
                held.enter_context(self._work.under_way())
                await self._app(scope, receive, _closing(held, send))
        else:
            login = scope["method"] == "POST" and scope["path"] == LOGIN
            await self._in_turn(self._turns[who, login], scope, receive, send)

    async def _in_turn(
        self, turn: asyncio.Lock, scope: Scope, receive: Receive, send: Send
    ) -> None:
        request = await _read(scope, receive)
        if request is None:
            return
        with ExitStack() as held:
            if not await _acquired(turn, receive):
                await _refuse(send)
                return
            held.callback(turn.release)
            await self._work.calm()
            await self._app(scope, request.again(), _closing(held, send))


async def _acquired(turn: asyncio.Lock, receive: Receive) -> bool:
    """Wait for the turn; False when it takes too long, or the other side has left."""
    if not turn.locked():
        return await turn.acquire()
    mine, left = asyncio.ensure_future(turn.acquire()), asyncio.ensure_future(_left(receive))
    try:
        await asyncio.wait(
            {mine, left}, timeout=LONGEST_WAIT_S, return_when=asyncio.FIRST_COMPLETED
        )
        if mine.done() and not left.done():
            return True
    except asyncio.CancelledError:
        _give_up(mine, turn)
        raise
    finally:
        left.cancel()
    _give_up(mine, turn)
    return False


def _give_up(mine: asyncio.Future[Literal[True]], turn: asyncio.Lock) -> None:
    if mine.done():
        turn.release()
    else:
        mine.cancel()


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _read(scope: Scope, receive: Receive) -> Request | None:
    """The request with as much of its body as the application takes; None when nobody is there."""
    body, more = bytearray(), True
    while more and len(body) <= LARGEST_BODY_BYTES:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message["body"]
        more = message["more_body"]
    return Request(scope, bytes(body), not more, receive)


def _closing(held: ExitStack, send: Send) -> Send:
    """A `send` that lets the next one begin when the answer does."""

    async def send_on(message: Message) -> None:
        if message["type"] == "http.response.start":
            held.close()
        await send(message)

    return send_on


async def _refuse(send: Send) -> None:
    headers = [(b"retry-after", b"5"), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
