"""A commit of the console wakes the other doors once its answer is out, and never not at all."""

import asyncio
import socket
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kiosk.console.events.staff_work import LateNotification
from kiosk.store import key_values
from kiosk.store.database import Database
from tests.waiting import PATIENCE_S


@pytest.fixture
def follower(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """What wakes another door."""
    folder = Path(f"{database.path}-followers")
    folder.mkdir()
    monkeypatch.chdir(folder)  # an address is short
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bound:
        bound.settimeout(0)
        bound.bind("door")
        yield bound


def commit(database: Database, value: str) -> None:
    with database.write() as connection:
        key_values.put(connection, "test", value)


def run(scene: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: the browser of other tests has the event loop of this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, scene).result()


def woken(follower: socket.socket) -> int:
    """How often it was, since it was asked last."""
    times = 0
    with suppress(BlockingIOError):
        while follower.recv(1):
            times += 1
    return times


def test_two_commits_of_one_moment_wake_the_other_doors_once_and_later(
    database: Database, follower: socket.socket
) -> None:
    async def act() -> None:
        with LateNotification(database).running():
            commit(database, "one")
            commit(database, "two")
            assert woken(follower) == 0
            async with asyncio.timeout(PATIENCE_S):
                await asyncio.get_running_loop().sock_recv(follower, 1)
            assert woken(follower) == 0
            commit(database, "three")
            async with asyncio.timeout(PATIENCE_S):
                await asyncio.get_running_loop().sock_recv(follower, 1)

    run(act())


def test_a_commit_before_the_end_is_not_left_to_the_slow_poll(
    database: Database, follower: socket.socket
) -> None:
    async def act() -> None:
        with LateNotification(database).running():
            await asyncio.to_thread(commit, database, "last")
        assert woken(follower) == 1

    run(act())
    commit(database, "after the end")
    assert woken(follower) == 1
