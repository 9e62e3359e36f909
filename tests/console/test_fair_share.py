"""Streams of strangers wake one after the other, behind staff, and for half of the time at most."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from kiosk.console.events.fair_share import FairShare
from kiosk.console.events.paced_wakeups import PacedWakeups
from kiosk.console.events.staff_work import StaffWork

STREAMS = 100
WORK_S = 0.002
LONG_S = 3600.0
ROUNDS = 20


class Crowd:
    """Streams that wait for news, and note who has heard when."""

    def __init__(self) -> None:
        self.work = StaffWork()
        self.wakeups = PacedWakeups(FairShare(self.work))
        self.heard: list[int] = []
        self.first = asyncio.Event()

    async def listen(self, stream: int, timeout_s: float = LONG_S, work_s: float = 0.0) -> None:
        await self.wakeups.wait(timeout_s)
        self.heard.append(stream)
        self.first.set()
        time.sleep(work_s)  # noqa: ASYNC251 - it stands for the processor that an answer takes

    @asynccontextmanager
    async def listening(
        self, timeout_s: float = LONG_S, work_s: float = 0.0
    ) -> AsyncIterator[None]:
        """All of them wait; the block ends when all have heard."""
        async with asyncio.TaskGroup() as streams:
            for stream in range(STREAMS):
                streams.create_task(self.listen(stream, timeout_s, work_s))
            await asyncio.sleep(0)
            yield


def play(scene: Callable[[Crowd], Coroutine[None, None, None]]) -> None:
    """In a thread of its own: a browser of other tests keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(scene(Crowd()))).result()


async def rounds() -> None:
    for _ in range(ROUNDS):
        await asyncio.sleep(0)


def test_while_staff_are_answered_no_stranger_is_woken() -> None:
    async def scene(crowd: Crowd) -> None:
        async with crowd.listening():
            with crowd.work.under_way("10.0.0.7"):
                crowd.wakeups.wake()
                await rounds()
                assert crowd.heard == []
        assert crowd.heard == list(range(STREAMS)), "in the order in which they came"

    play(scene)


def test_staff_who_come_meanwhile_wait_for_one_stranger() -> None:
    async def scene(crowd: Crowd) -> None:
        async with crowd.listening():
            crowd.wakeups.wake()
            await crowd.first.wait()
            with crowd.work.under_way("10.0.0.7"):
                before = len(crowd.heard)
                await rounds()
                assert len(crowd.heard) <= before + 1

    play(scene)


def test_half_of_the_time_is_left_to_staff() -> None:
    async def scene(crowd: Crowd) -> None:
        began_s = time.monotonic()
        async with crowd.listening(work_s=WORK_S):
            crowd.wakeups.wake()
        took_s = time.monotonic() - began_s
        assert took_s >= 1.9 * STREAMS * WORK_S

    play(scene)


def test_streams_that_are_due_at_the_same_time_take_turns_too() -> None:
    async def scene(crowd: Crowd) -> None:
        with crowd.work.under_way("10.0.0.7"):
            streams = asyncio.create_task(_all_of(crowd))
            await asyncio.sleep(0.01)
            assert crowd.heard == [], "their time was over"
        await streams
        assert sorted(crowd.heard) == list(range(STREAMS))

    async def _all_of(crowd: Crowd) -> None:
        async with crowd.listening(timeout_s=0.001):
            pass

    play(scene)


def test_a_listener_that_leaves_delays_no_other() -> None:
    async def scene(crowd: Crowd) -> None:
        gone = asyncio.create_task(crowd.listen(-1))
        await asyncio.sleep(0)
        async with crowd.listening():
            crowd.wakeups.wake()
            gone.cancel()
        assert crowd.heard == list(range(STREAMS))

    play(scene)
