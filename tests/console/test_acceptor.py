"""A flood of new connections: staff are accepted past it, the flood by turns of address."""

import asyncio
import errno
import socket
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor

import pytest

from kiosk.console.events.fair_share import FairShare
from kiosk.console.events.staff_work import StaffWork
from kiosk.console.http import acceptor
from kiosk.console.http.acceptor import ACCEPTED_AT_ONCE, Acceptor
from kiosk.console.http.connections import MOST_OF_ONE, ConnectionTable
from kiosk.console.server import BACKLOG, listen
from tests.console.strangers import WHOLE, address_of
from tests.waiting import PATIENCE_S

STAFF = "127.0.0.7"
CROWD = BACKLOG - 10


class FewFiles(socket.socket):
    """A listening socket of a process that has no file left for some accepts."""

    lacking = 2

    def accept(self) -> tuple[socket.socket, object]:
        if self.lacking:
            self.lacking -= 1
            raise OSError(errno.EMFILE, "Too many open files")
        return super().accept()


class Entrance:
    """A listening socket, and who has come in through it and been read, in this order."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.work, self.table = StaffWork(), ConnectionTable()
        self.acceptor = Acceptor(self.table, self.work, FairShare(self.work))
        self.read: list[str] = []
        self.acceptor.listen(self.listener, lambda: Visitor(self))
        self.lines: list[socket.socket] = []

    def connect(self, address: str) -> socket.socket:
        """A person connects and sends a whole request at once."""
        line = socket.create_connection(
            self.listener.getsockname(), PATIENCE_S, source_address=(address, 0)
        )
        line.sendall(WHOLE)
        self.lines.append(line)
        return line

    async def expect(self, so: Callable[[], bool]) -> None:
        """Until that is so."""
        async with asyncio.timeout(PATIENCE_S):
            while not so():  # noqa: ASYNC110 - the table announces no change
                await asyncio.sleep(0.001)

    async def expect_accepted(self, address: str) -> None:
        """Until a client is accepted, and with it all before it."""
        await self.expect(lambda: self.table.of_address[address] > 0)

    async def end(self) -> None:
        """As the console does when it stops."""
        self.table.close()
        await self.acceptor.close()

    async def close(self) -> None:
        await self.end()
        for line in [*self.lines, self.listener]:
            line.close()


class Visitor(asyncio.Protocol):
    """Notes who sends something, and closes the connection."""

    def __init__(self, entrance: Entrance) -> None:
        self._entrance = entrance

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # TCP
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        assert data == WHOLE
        self._entrance.read.append(self._transport.get_extra_info("peername")[0])
        self._transport.close()


def play(
    scene: Callable[[Entrance], Coroutine[None, None, None]],
    listener: Callable[[], socket.socket] = lambda: listen("127.0.0.1", 0),
) -> None:
    """In a thread of its own: a browser of other tests keeps a loop running in this one."""

    async def opened_and_closed() -> None:
        entrance = Entrance(listener())
        try:
            await scene(entrance)
        finally:
            await entrance.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(opened_and_closed())).result()


def test_while_staff_are_answered_staff_come_in_past_a_crowd_and_no_stranger_does() -> None:
    async def scene(entrance: Entrance) -> None:
        with entrance.work.under_way(STAFF):
            for n in range(CROWD):
                entrance.connect(address_of(n % 10))
            entrance.connect(STAFF)
            await entrance.expect(lambda: bool(entrance.read))
            assert entrance.read == [STAFF], "it was behind all of them in the kernel"
        await entrance.expect(lambda: len(entrance.read) == CROWD + 1)
        assert not entrance.table.of_address, "each has given its place back"

    assert CROWD > ACCEPTED_AT_ONCE
    play(scene)


def test_one_connection_waits_for_one_of_each_other_address() -> None:
    async def scene(entrance: Entrance) -> None:
        with entrance.work.under_way(STAFF):
            for _ in range(MOST_OF_ONE):
                entrance.connect(address_of(0))
            entrance.connect(address_of(1))
            await entrance.expect_accepted(address_of(1))
        await entrance.expect(lambda: len(entrance.read) == MOST_OF_ONE + 1)
        assert address_of(1) in entrance.read[:3], entrance.read

    play(scene)


def test_staff_who_come_amid_a_crowd_wait_for_one_stranger() -> None:
    async def scene(entrance: Entrance) -> None:
        for n in range(CROWD):
            entrance.connect(address_of(n % 10))
        await entrance.expect(lambda: bool(entrance.read))
        with entrance.work.under_way(STAFF):
            before = len(entrance.read)
            for _ in range(20):
                await asyncio.sleep(0)
            assert len(entrance.read) <= before + 1

    play(scene)


def test_a_crowd_of_one_address_evicts_its_own() -> None:
    async def scene(entrance: Entrance) -> None:
        address = address_of(0)
        with entrance.work.under_way(STAFF):
            first = entrance.connect(address)
            await entrance.expect_accepted(address)
            for _ in range(MOST_OF_ONE):
                entrance.connect(address)
            entrance.connect(address_of(1))
            await entrance.expect_accepted(address_of(1))
            assert entrance.table.of_address[address] == MOST_OF_ONE
        await entrance.expect(lambda: len(entrance.read) == MOST_OF_ONE + 1)
        assert ended(first), "it was silent longest"

    play(scene)


def test_waiting_connections_are_cut_at_shutdown() -> None:
    async def scene(entrance: Entrance) -> None:
        with entrance.work.under_way(STAFF):
            line = entrance.connect(address_of(0))
            await entrance.expect_accepted(address_of(0))
            await entrance.end()
        assert ended(line)
        assert entrance.read == []
        assert not entrance.table.of_address

    play(scene)


def test_without_file_descriptors_accepting_resumes_later(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(entrance: Entrance) -> None:
        entrance.connect(address_of(0))
        await entrance.expect(lambda: bool(entrance.read))

    def listener() -> socket.socket:
        made = FewFiles(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        made.bind(("127.0.0.1", 0))
        made.listen(BACKLOG)
        return made

    monkeypatch.setattr(acceptor, "NO_FILE_LEFT_S", 0.0)
    play(scene, listener)


def ended(line: socket.socket) -> bool:
    """Whether the box has cut the line."""
    try:
        return not line.recv(1)
    except ConnectionError:
        return True
