"""A backlog on open connections: staff are read past it, the crowd by turns of address."""

import asyncio
import socket
from collections.abc import Callable, Coroutine, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import uvicorn

from kiosk.console.events.fair_share import FairShare
from kiosk.console.events.staff_work import StaffWork
from kiosk.console.http.acceptor import Acceptor
from kiosk.console.http.connections import MOST_OF_ONE, ConnectionTable, HttpConnection
from kiosk.console.http.reading_turns import ReadingTurns
from kiosk.console.server import listen
from tests.console.strangers import address_of
from tests.waiting import PATIENCE_S

STAFF = "127.0.0.7"
HEADER = b"POST / HTTP/1.1\r\nHost: bus\r\nContent-Length: %d\r\n\r\n"
HELLO = HEADER % 0
CROWD = 100


class Site:
    """A small application behind the console's connections, and who was answered, in this order."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.work = StaffWork()
        share = FairShare(self.work)
        config = uvicorn.Config(self.answer, log_config=None, lifespan="off", interface="asgi3")
        config.load()
        self.table = ConnectionTable()
        turns, loop = ReadingTurns(self.work, share), asyncio.get_running_loop()
        self.acceptor = Acceptor(self.table, self.work, share)
        self.acceptor.listen(listener, partial(HttpConnection, turns, config, self.table, {}, loop))
        self.answered: list[str] = []
        self.bodies: list[bytes] = []
        self.lines: list[socket.socket] = []

    async def answer(
        self, scope: MutableMapping[str, Any], receive: Callable[..., Any], send: Callable[..., Any]
    ) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body += message["body"]
            more = message["more_body"]
        self.answered.append(scope["client"][0])
        self.bodies.append(body)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def connect(self, address: str) -> socket.socket:
        """An open connection that has had an answer already."""
        line = socket.create_connection(
            self.listener.getsockname(), PATIENCE_S, source_address=(address, 0)
        )
        self.lines.append(line)
        before = len(self.answered)
        line.sendall(HELLO)
        await self.expect(lambda: len(self.answered) > before)
        return line

    async def expect(self, so: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not so():  # noqa: ASYNC110 - a list tells of no change
                await asyncio.sleep(0.001)

    async def close(self) -> None:
        for line in [*self.lines, self.listener]:
            line.close()
        self.table.close()
        await self.acceptor.close()
        await self.expect(lambda: not self.table.of_address)


async def received() -> None:
    """What was sent on the loopback is handed over in the next round of the event loop."""
    for _ in range(3):
        await asyncio.sleep(0)


def play(scene: Callable[[Site], Coroutine[None, None, None]]) -> None:
    """In a thread of its own: a browser of other tests keeps a loop running in this one."""

    async def opened_and_closed() -> None:
        site = Site(listen("127.0.0.1", 0))
        try:
            await scene(site)
        finally:
            await site.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(opened_and_closed())).result()


def test_while_staff_are_answered_staff_are_read_past_a_crowd_and_no_stranger_is() -> None:
    async def scene(site: Site) -> None:
        crowd = [await site.connect(address_of(n)) for n in range(CROWD)]
        with site.work.under_way(STAFF):
            staff = await site.connect(STAFF)
            site.answered.clear()
            for line in crowd:
                line.sendall(HELLO)
            staff.sendall(HELLO)
            await site.expect(lambda: bool(site.answered))
            assert site.answered == [STAFF], "its bytes came behind those of all others"
        await site.expect(lambda: len(site.answered) == CROWD + 1)

    play(scene)


def test_one_connection_is_read_behind_one_of_each_other_address() -> None:
    async def scene(site: Site) -> None:
        many = [await site.connect(address_of(0)) for _ in range(MOST_OF_ONE)]
        one = await site.connect(address_of(1))
        site.answered.clear()
        with site.work.under_way(STAFF):
            for line in (*many, one):
                line.sendall(HELLO)
            await received()
        await site.expect(lambda: len(site.answered) == MOST_OF_ONE + 1)
        assert address_of(1) in site.answered[:3], site.answered

    play(scene)


def test_a_request_in_many_pieces_arrives_whole() -> None:
    async def scene(site: Site) -> None:
        body = bytes(range(256)) * 1200
        line = await site.connect(address_of(0))
        line.sendall(HEADER % len(body))
        for start in range(0, len(body), 60_000):
            await asyncio.to_thread(line.sendall, body[start : start + 60_000])
            await asyncio.sleep(0)
        await site.expect(lambda: site.bodies[-1] == body)
        line.sendall(HELLO + HELLO)
        await site.expect(lambda: site.bodies[-2:] == [b"", b""])

    play(scene)


def test_a_stranger_who_leaves_before_the_turn_gives_the_place_back() -> None:
    async def scene(site: Site) -> None:
        line = await site.connect(address_of(0))
        with site.work.under_way(STAFF):
            line.sendall(HELLO)
            line.close()
            await received()
        await site.expect(lambda: not site.table.of_address[address_of(0)])

    play(scene)
