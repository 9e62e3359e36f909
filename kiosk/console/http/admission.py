"""Admission control: requests of staff are answered at once, all others in turn, behind them.

One request costs a crowd no more than it costs one phone, and staff wait for one of them at most.
The turn is over when the answer begins: a slow reader, or a client of an event stream, holds none.
"""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from litestar.enums import ScopeType

from kiosk.console.http.fair_queue import FairQueue

if TYPE_CHECKING:
    from collections.abc import Callable

    from litestar.types import ASGIApp, Message, Receive, Scope, Send

    from kiosk.console.events.fair_share import FairShare
    from kiosk.console.events.staff_work import StaffWork

LONGEST_WAIT_S: Final = 10.0
LARGEST_BODY_BYTES: Final = 64 * 1024
LOGIN: Final = "/staff/login"

STAFF, KNOWN, STRANGER = "staff", "known", "stranger"
"""Classes of clients: with a session or token, a browser with a device cookie, all others."""


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


@dataclass(frozen=True, slots=True)
class Gate:
    """Where requests of one class queue; `paced` ones keep to the fair share of strangers."""

    paced: bool
    queue: FairQueue = field(default_factory=FairQueue)


class Admission:
    """ASGI middleware. `client_class` tells STAFF, KNOWN or STRANGER of a request."""

    def __init__(
        self, app: ASGIApp, work: StaffWork, share: FairShare, client_class: Callable[[Scope], str]
    ) -> None:
        self._app, self._work, self._share, self._client_class = app, work, share, client_class
        self._of_known, self._of_strangers = Gate(paced=False), Gate(paced=True)
        # The hash of a PIN is slow, in a thread of its own: logins are not measured by their time.
        self._logins = {KNOWN: Gate(paced=False), STRANGER: Gate(paced=False)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, sooner or later."""
        if scope["type"] != ScopeType.HTTP:  # it begins, or ends
            await self._app(scope, receive, send)
        elif (who := self._client_class(scope)) == STAFF:
            with ExitStack() as held:
                held.enter_context(self._work.under_way(_address(scope)))
                await self._app(scope, receive, _closing(held, send))
        elif scope["method"] == "POST" and scope["path"] == LOGIN:
            await self._in_turn(self._logins[who], scope, receive, send)
        else:
            gate = self._of_known if who == KNOWN else self._of_strangers
            await self._in_turn(gate, scope, receive, send)

    async def _in_turn(self, gate: Gate, scope: Scope, receive: Receive, send: Send) -> None:
        request = await _read(scope, receive)
        if request is None:
            return
        try:
            async with asyncio.timeout(LONGEST_WAIT_S):
                await gate.queue.acquire(_address(scope))
        except TimeoutError:
            await _refuse(send)
            return
        with ExitStack() as held:
            held.callback(gate.queue.release)
            if request.whole and _has_left(receive):
                return
            if gate.paced:
                held.callback(self._share.release, await self._share.acquire())
            else:
                await self._work.wait_until_idle()
            await self._app(scope, request.again(), _closing(held, send))


def _address(scope: Scope) -> str:
    client = scope["client"]
    return client[0] if client else ""


def _has_left(receive: Receive) -> bool:
    """Whether the other side is gone, asked without waiting for it to say something."""
    saying = receive().__await__()
    try:
        next(saying)
    except StopIteration as said:
        return bool(said.value["type"] == "http.disconnect")
    saying.close()
    return False


async def _read(scope: Scope, receive: Receive) -> Request | None:
    """The request with as much of its body as the application takes; None after a disconnect."""
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
