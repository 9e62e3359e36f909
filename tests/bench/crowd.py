"""Staff while strangers flood the console: p50 and p99 of an action, quiet and under each flood.

With each: what the console computes from an action's beginning to its end, for itself and for
the other clients meanwhile, which a busy machine changes little; how long an answer takes on a new
line, for staff and for a person of whom the console knows nothing yet; and an empty endpoint under
the same flood, which shows what machine and protocol take. All on loopback, from addresses of their
own; each flood has a bounded number of lines and ends with the last action that is measured, after
a minute at the latest.
"""

import asyncio
import re
import ssl
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import click
import httpx
import msgspec

from kiosk.operate.setup import renew_secrets
from kiosk.service import citizens, visits
from kiosk.system.paths import Paths
from kiosk.wiring.box import Kiosk, open_kiosk
from tests.bench.phones import until_ready
from tests.bench.services import cpu_s, pss_mib
from tests.console.strangers import address_of
from tests.ports import free_port

FIRST_ACTIONS = 50
"""They load what later ones have."""

ACTIONS = 150
NEW_LINES = 30
NEWCOMER = "127.0.9.9"
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


@dataclass(frozen=True, slots=True)
class Flood:
    """Lines, from how many addresses, and what each sends over and over.

    `anew` is on a new line each time, over TLS if `tls`, after a pause.
    """

    lines: int = 0
    addresses: int = 10
    request: bytes = b""
    anew: bool = False
    tls: bool = False
    pause_s: float = AGAIN_S


def floods(code: str) -> dict[str, Flood]:
    login = get("/staff/login")
    return {
        "quiet": Flood(),
        "1,000 half-sent requests": Flood(1000, 1, get("/staff")[:-2]),
        "1,000 of them from 100 addresses": Flood(1000, 100, get("/staff")[:-2]),
        "200 lines on one ticket's page": Flood(200, request=get(f"/t/{code}")),
        "200 lines on /state": Flood(200, request=get("/api/v1/state")),
        "200 lines on the login page": Flood(200, request=login),
        "100 lines, a new one each time": Flood(100, request=login, anew=True),
        "100 lines, a new one at once": Flood(100, request=login, anew=True, pause_s=0),
        "100 TLS handshakes, over and over": Flood(100, 10, login, anew=True, tls=True, pause_s=0),
        "300 event streams": Flood(300, request=get("/api/v1/events")),
        "40 strangers with wrong PINs": Flood(40, 20, LOGIN),
        "quiet again": Flood(),
    }


def measure(data: Path) -> None:
    """Print staff's times under each flood, and what it costs the console."""
    token, port, kiosk = renew_secrets(Paths(data)).api_token, free_port(), open_kiosk(Paths(data))
    empty_port, tls_port = free_port(), free_port()
    set_tls_port(Paths(data).config, tls_port)
    command = ["kiosk", "console", "--host", "0.0.0.0", "--port", str(port), "--data", str(data)]  # noqa: S104
    with served(command) as pid, served(["tests.bench.empty_server", str(empty_port)]):
        ports = {port: tls_port, empty_port: empty_port}
        asyncio.run(run(pid, ports, token, kiosk))
    kiosk.office.database.close()


def set_tls_port(config: Path, port: int) -> None:
    """Staff pages over TLS at that port, which no other service here has."""
    text = config.read_text()
    config.write_text(re.sub(r"(?m)^tls_port = \d+$", f"tls_port = {port}", text))


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


@contextmanager
def visit(kiosk: Kiosk) -> Iterator[str]:
    """A visit with people who wait; gives the code of the last, who is never called."""
    visits.open_visit(kiosk.office, None, None, kiosk.now())
    visits.limit_topic(kiosk.office, TOPIC, None, kiosk.now())
    yield [take(kiosk) for _ in range(WAITING + ACTIONS + FIRST_ACTIONS)][-1].ticket.code
    visits.close_visit(kiosk.office, kiosk.now(), expected=None)


def take(kiosk: Kiosk) -> citizens.TakenTicket:
    return citizens.take_ticket(kiosk.office, citizens.TicketRequest(TOPIC, "de"), kiosk.now())


async def run(pid: int, ports: dict[int, int], token: str, kiosk: Kiosk) -> None:
    """Every flood in turn, over the console and over the empty endpoint, which has no TLS."""
    quiet_ms: dict[int, float] = {}
    for name in floods(""):
        told: list[str] = []
        for port, tls_port in ports.items():
            with visit(kiosk) as code:
                crowd = floods(code)[name]
                tls = crowd.tls and port != tls_port
                with flood(tls_port if tls else port, replace(crowd, tls=tls)):
                    times, core = await measured(pid, port, token)
                    came_in = await new_lines(port, token) if port != tls_port else ""
            p50_ms, p99_ms = spread([took_ms for took_ms, _ in times])
            quiet = quiet_ms.setdefault(port, p50_ms)
            told.append(
                f"p50 {p50_ms:.1f} ms ({p50_ms / quiet:.1f} x quiet),"
                f" p99 {p99_ms:.0f} ms ({p99_ms / quiet:.1f} x the quiet p50)"
            )
            if port != tls_port:
                work_ms, most_ms = spread([worked_ms for _, worked_ms in times])
                told.append(
                    f"console meanwhile {work_ms:.1f} ms CPU (p99 {most_ms:.0f}),"
                    f" {core:.0%} of a core, {pss_mib(pid):.0f} MiB; {came_in}"
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


async def new_lines(port: int, token: str) -> str:
    """How long an answer takes on a new line: to staff, and to a stranger who comes but once."""
    request = get("/api/v1/state")
    of_staff = request[:-2] + f"Authorization: Bearer {token}\r\n\r\n".encode()
    told = []
    for who, address, sent in (
        ("staff", "127.0.0.1", of_staff),
        ("a newcomer", NEWCOMER, request),
    ):
        times_ms = [await answered_ms(port, address, sent) for _ in range(NEW_LINES)]
        told.append(f"{who} p50 {statistics.median(times_ms):.0f} ms, longest {max(times_ms):.0f}")
    return f"on a new line {'; '.join(told)}"


async def answered_ms(port: int, address: str, request: bytes) -> float:
    await asyncio.sleep(0.02)
    began = time.monotonic()
    async with line(port, address, None) as (reader, writer):
        writer.write(request)
        await reader.readuntil(b"\r\n\r\n")
        return (time.monotonic() - began) * 1000


def spread(times_ms: list[float]) -> tuple[float, float]:
    """p50 and p99."""
    return statistics.median(times_ms), statistics.quantiles(times_ms, n=100)[98]


async def act(pid: int, clerk: httpx.AsyncClient, times: int) -> list[tuple[float, float]]:
    """Call a person, who comes, over and over; the milliseconds of each, and of the CPU."""
    times_ms = []
    for turn in range(times):
        worked, began = process_time(pid), time.monotonic()
        action = "start" if turn % 2 else "next"
        (await clerk.post(f"/desks/{DESK}/{action}")).raise_for_status()
        took = time.monotonic() - began
        times_ms.append((took * 1000, (process_time(pid) - worked) * 1000))
        await asyncio.sleep(0.01)
    return times_ms


def process_time(pid: int) -> float:
    """CPU seconds of another process, to the microsecond: its clock, as Linux numbers them."""
    return time.clock_gettime((~pid << 3) | 2)


@contextmanager
def flood(port: int, crowd: Flood) -> Iterator[None]:
    """Strangers in a process of their own, while the block runs."""
    if not crowd.lines:
        yield
        return
    # Phones do not take the box's processor.
    command = ["nice", "-n", "19", sys.executable, "-m", "tests.bench.crowd", str(port)]
    command.append(msgspec.json.encode(crowd).decode())
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout
            process.stdout.readline()  # they are all there
            yield
        finally:
            process.kill()


async def strangers(port: int, crowd: Flood) -> None:
    """All lines at once, until a person ends this, or after a minute."""
    there = asyncio.Semaphore(0)
    with suppress(TimeoutError):
        async with asyncio.timeout(LONGEST_S), asyncio.TaskGroup() as lines:
            for n in range(crowd.lines):
                lines.create_task(ask(port, address_of(n % crowd.addresses), crowd, there))
            for _ in range(crowd.lines):
                await there.acquire()
            print("all there", flush=True)  # noqa: T201 - to the benchmark


async def ask(port: int, address: str, crowd: Flood, there: asyncio.Semaphore) -> None:
    """One line: ask, read, ask again; when it is cut, another one."""
    while True:
        there.release()
        with suppress(OSError, asyncio.IncompleteReadError):
            async with line(port, address, BELIEVING if crowd.tls else None) as (reader, writer):
                while True:
                    writer.write(crowd.request)
                    await reader.readuntil(b"\r\n\r\n")
                    if crowd.anew:
                        break
                    await reader.read(65536)
        await asyncio.sleep(crowd.pause_s)


@asynccontextmanager
async def line(
    port: int, address: str, tls: ssl.SSLContext | None
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, local_addr=(address, 0), ssl=tls
    )
    try:
        yield reader, writer
    finally:
        writer.close()


BELIEVING = ssl.create_default_context()
BELIEVING.check_hostname, BELIEVING.verify_mode = False, ssl.CERT_NONE

if __name__ == "__main__":
    asyncio.run(strangers(int(sys.argv[1]), msgspec.json.decode(sys.argv[2], type=Flood)))
