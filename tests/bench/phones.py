"""What the phones of a waiting crowd cost the console, and whether staff notice them."""

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import click
import httpx
import msgspec

from kiosk.operate.setup import renew_secrets
from kiosk.service import citizens, visits
from kiosk.system.paths import Paths
from kiosk.wiring.box import Kiosk, open_kiosk
from tests.bench.services import cpu_s, pss_mib
from tests.ports import free_port

CROWDS = (0, 50, 200)
WAITING = 200
CALLS = 20
PAUSE_S = 1.0
REST_S = 10.0
PATIENCE_S = 30.0
TOPIC, DESK = "wohngeld", "1"


@dataclass
class Phone:
    """One page's stream, without the page: when each state came."""

    code: str
    states: list[tuple[float, str]] = field(default_factory=list)

    async def listen(self, port: int) -> None:
        """Keep what the box tells until the line is cut."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET /t/{self.code}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        with closing(writer):
            while line := await reader.readline():
                if line.startswith(b'data: {"number"'):
                    state = msgspec.json.decode(line.removeprefix(b"data: "))["state"]
                    self.states.append((time.monotonic(), state))


@dataclass
class Latencies:
    """Milliseconds from a clerk's call to its answer, to the called phone, and to all phones."""

    answer: list[float] = field(default_factory=list)
    called: list[float] = field(default_factory=list)
    all_phones: list[float] = field(default_factory=list)


def measure(data: Path) -> None:
    """Print how long staff and citizens wait, and what the console works, by size of the crowd."""
    token, port, kiosk = renew_secrets(Paths(data)).api_token, free_port(), open_kiosk(Paths(data))
    console = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "console", "--port", str(port), "--data", str(data)],
        stderr=subprocess.DEVNULL,
    )
    try:
        for phones in CROWDS:
            codes = wait_in_line(kiosk)
            asyncio.run(run(console.pid, port, token, codes[:phones]))
            visits.close_visit(kiosk.office, kiosk.now(), expected=None)
    finally:
        console.terminate()
        console.wait(PATIENCE_S)
        kiosk.office.database.close()


def wait_in_line(kiosk: Kiosk) -> list[str]:
    """Open a visit, and let people take numbers; gives the codes of their pages."""
    visits.open_visit(kiosk.office, None, None, kiosk.now())
    visits.limit_topic(kiosk.office, TOPIC, None, kiosk.now())
    taken = [
        citizens.take_ticket(kiosk.office, citizens.TicketRequest(TOPIC, "de"), kiosk.now())
        for _ in range(WAITING)
    ]
    return [one.ticket.code for one in taken]


async def run(pid: int, port: int, token: str, codes: list[str]) -> None:
    """One crowd: a rest, then the calls."""
    headers = {"Authorization": f"Bearer {token}"}
    url = f"http://127.0.0.1:{port}/api/v1"
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=PATIENCE_S) as clerk:
        await until_ready(clerk)
        phones = [Phone(code) for code in codes]
        lines = [asyncio.create_task(phone.listen(port)) for phone in phones]
        await until(lambda: all(phone.states for phone in phones))
        began_s = cpu_s(pid)
        await asyncio.sleep(REST_S)
        rest = (cpu_s(pid) - began_s) / REST_S
        began_s, told = cpu_s(pid), Latencies()
        for turn in range(CALLS):
            await call(clerk, phones, turn, told)
        work_ms = (cpu_s(pid) - began_s) * 1000 / CALLS
        for line in lines:
            line.cancel()
    click.echo(
        f"{len(codes)} phones, {WAITING} waiting: next {spread(told.answer)},"
        f" called phone {spread(told.called)}, all phones {spread(told.all_phones)};"
        f" {work_ms:.0f} ms of a core a call, {rest:.1%} at rest, {pss_mib(pid):.0f} MiB"
    )


async def call(clerk: httpx.AsyncClient, phones: list[Phone], turn: int, told: Latencies) -> None:
    """Call the next person and watch who learns it when."""
    await asyncio.sleep(PAUSE_S)
    began = time.monotonic()
    (await clerk.post(f"/desks/{DESK}/next")).raise_for_status()
    told.answer.append((time.monotonic() - began) * 1000)
    (await clerk.post(f"/desks/{DESK}/start")).raise_for_status()
    still_in_line = phones[turn:]
    if turn >= len(phones):
        return

    def all_told() -> bool:
        return all(phone.states[-1][0] > began for phone in still_in_line)

    await until(all_told)
    told.called.append((phones[turn].states[-1][0] - began) * 1000)
    told.all_phones.append((max(phone.states[-1][0] for phone in still_in_line) - began) * 1000)


async def until_ready(clerk: httpx.AsyncClient) -> None:
    """The console has started."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            await clerk.get("/state")
        except httpx.TransportError:
            await asyncio.sleep(0.1)
        else:
            return
    message = "The console did not start."
    raise AssertionError(message)


async def until(look: Callable[[], bool]) -> None:
    """Look again until it is so."""
    deadline = time.monotonic() + PATIENCE_S
    while not look():
        assert time.monotonic() < deadline, "a phone was never told"
        await asyncio.sleep(0.005)


def spread(times_ms: list[float]) -> str:
    """The median and the longest."""
    if not times_ms:
        return "-"
    return f"{statistics.median(times_ms):.0f} ms (longest {max(times_ms):.0f})"
