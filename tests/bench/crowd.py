"""Staff while strangers flood the console: p50 and p99 of an action, quiet and under each flood.

With each: what the console computes from an action's beginning to its end, for itself and for
whoever else asks meanwhile, which a busy machine changes little; and an empty endpoint under the
same flood, which shows what machine and protocol take. All on loopback, from addresses of their
own; each flood has a bounded number of lines and ends with the last action that is measured, after
a minute at the latest.
"""

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import click
import httpx

from kiosk.operate.setup import renew_secrets
from kiosk.service import citizens, visits
from kiosk.system.paths import Paths
from kiosk.wiring import Kiosk, open_kiosk
from tests.bench.phones import until_ready
from tests.bench.services import cpu_s, pss_mib
from tests.console.strangers import address_of
from tests.system.bus import free_port

FIRST_ACTIONS = 50
"""They load what later ones have."""

ACTIONS = 150
WAITING = 200
LONGEST_S = 60.0
SETTLED_S = 1.0
AGAIN_S = 0.5
PATIENCE_S = 30.0
TOPIC, DESK = "wohngeld", "1"

LOGIN = b"POST /staff/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n"
LOGIN += b"Content-Type: application/x-www-form-urlencoded\r\n\r\npin=000000"


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def floods(code: str) -> dict[str, tuple[int, int, bytes, bool]]:
    """Lines, addresses, what each sends over and over, and whether on a new line each time."""
    return {
        "quiet": (0, 1, b"", False),
        "1,000 half-sent requests": (1000, 1, get("/staff")[:-2], False),
        "1,000 of them from 100 addresses": (1000, 100, get("/staff")[:-2], False),
        "200 lines on one ticket's page": (200, 10, get(f"/t/{code}"), False),
        "200 lines on /state": (200, 10, get("/api/v1/state"), False),
        "200 lines on the login page": (200, 10, get("/staff/login"), False),
        "100 lines, a new one each time": (100, 10, get("/staff/login"), True),
        "300 event streams": (300, 10, get("/api/v1/events"), False),
        "40 strangers with wrong PINs": (40, 20, LOGIN, False),
        "quiet again": (0, 1, b"", False),
    }


def measure(data: Path) -> None:
    """Print staff's times under each flood, and what it costs the console."""
    token, port, kiosk = renew_secrets(Paths(data)).api_token, free_port(), open_kiosk(Paths(data))
    empty_port = free_port()
    command = ["kiosk", "console", "--port", str(port), "--data", str(data)]
    with served(command) as pid, served(["tests.bench.empty_server", str(empty_port)]):
        code = wait_in_line(kiosk)
        asyncio.run(run(pid, (port, empty_port), token, code))
        visits.close_visit(kiosk.office, kiosk.now(), force=True)
    kiosk.office.database.close()


@contextmanager
def served(command: list[str]) -> Iterator[int]:
    """A server's process; gives its pid."""
    words = [sys.executable, "-m", *command]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL) as process:
        try:
            yield process.pid
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


def wait_in_line(kiosk: Kiosk) -> str:
    """Open a visit with people; gives the code of the last, who is never called."""
    visits.open_visit(kiosk.office, None, None, kiosk.now())
    visits.limit_topic(kiosk.office, TOPIC, None, kiosk.now())
    request = citizens.TicketRequest(TOPIC, "de")
    taken = [citizens.take_ticket(kiosk.office, request, kiosk.now()) for _ in range(WAITING)]
    return taken[-1].ticket.code


async def run(pid: int, ports: tuple[int, int], token: str, code: str) -> None:
    """Every flood in turn, over the console and over the empty endpoint."""
    quiet_ms: dict[int, float] = {}
    for name, (lines, addresses, request, anew) in floods(code).items():
        told = []
        for port in ports:
            with flood(port, lines, addresses, request, anew=anew):
                times, core = await measured(pid, port, token)
            p50_ms, p99_ms = spread([took_ms for took_ms, _ in times])
            quiet = quiet_ms.setdefault(port, p50_ms)
            told.append(
                f"p50 {p50_ms:.1f} ms ({p50_ms / quiet:.1f} x quiet),"
                f" p99 {p99_ms:.0f} ms ({p99_ms / quiet:.1f} x the quiet p50)"
            )
            if port == ports[0]:
                work_ms, most_ms = spread([worked_ms for _, worked_ms in times])
                told.append(
                    f"console meanwhile {work_ms:.1f} ms CPU (p99 {most_ms:.0f}),"
                    f" {core:.0%} of a core, {pss_mib(pid):.0f} MiB"
                )
        click.echo(f"{name}: action {'; '.join(told[:-1])}; empty endpoint {told[-1]}")


async def measured(pid: int, port: int, token: str) -> tuple[list[tuple[float, float]], float]:
    """The times of actions, and how much of a core the console took."""
    headers, url = {"Authorization": f"Bearer {token}"}, f"http://127.0.0.1:{port}/api/v1"
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=PATIENCE_S) as clerk:
        await until_ready(clerk)
        await act(pid, clerk, FIRST_ACTIONS)
        await asyncio.sleep(SETTLED_S)
        began_s, began = cpu_s(pid), time.monotonic()
        times = await act(pid, clerk, ACTIONS)
        return times, (cpu_s(pid) - began_s) / (time.monotonic() - began)


def spread(times_ms: list[float]) -> tuple[float, float]:
    """p50 and p99."""
    return statistics.median(times_ms), statistics.quantiles(times_ms, n=100)[98]


async def act(pid: int, clerk: httpx.AsyncClient, times: int) -> list[tuple[float, float]]:
    """Call somebody and take it back, over and over; the milliseconds of each, and of the CPU."""
    times_ms = []
    for turn in range(times):
        worked, began = process_time(pid), time.monotonic()
        action = "undo" if turn % 2 else "next"
        (await clerk.post(f"/desks/{DESK}/{action}")).raise_for_status()
        took = time.monotonic() - began
        times_ms.append((took * 1000, (process_time(pid) - worked) * 1000))
        await asyncio.sleep(0.01)
    return times_ms


def process_time(pid: int) -> float:
    """CPU seconds of another process, to the microsecond: its clock, as Linux numbers them."""
    return time.clock_gettime((~pid << 3) | 2)


@contextmanager
def flood(port: int, lines: int, addresses: int, request: bytes, *, anew: bool) -> Iterator[None]:
    """Strangers in a process of their own, while the block runs."""
    if not lines:
        yield
        return
    command = [sys.executable, "-m", "tests.bench.crowd", str(port), str(lines), str(addresses)]
    command = ["nice", "-n", "19", *command]  # phones do not take the box's processor
    with subprocess.Popen([*command, request.hex(), "anew" if anew else ""]) as process:
        try:
            yield
        finally:
            process.kill()


async def strangers(port: int, lines: int, addresses: int, request: bytes, anew: str) -> None:
    """All lines at once, until somebody ends this, or after a minute."""
    everybody = [ask(port, address_of(n % addresses), request, anew) for n in range(lines)]
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.gather(*everybody), LONGEST_S)


async def ask(port: int, address: str, request: bytes, anew: str) -> None:
    """One line: ask, read, ask again; when it is cut, another one."""
    while True:
        with suppress(OSError, asyncio.IncompleteReadError):
            async with line(port, address) as (reader, writer):
                while True:
                    writer.write(request)
                    await reader.readuntil(b"\r\n\r\n")
                    if anew:
                        break
                    await reader.read(65536)
        await asyncio.sleep(AGAIN_S)


@asynccontextmanager
async def line(
    port: int, address: str
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    try:
        yield reader, writer
    finally:
        writer.close()


if __name__ == "__main__":
    _, on_port, how_many, of_addresses, sent, new_lines = sys.argv
    asyncio.run(
        strangers(int(on_port), int(how_many), int(of_addresses), bytes.fromhex(sent), new_lines)
    )
