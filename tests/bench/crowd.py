"""Staff while strangers flood the console: p50 and p99 of an action, quiet and under each flood.

All on loopback, from addresses of their own; each flood has a bounded number of lines and ends with
the last action that is measured, after a minute at the latest.
"""

import asyncio
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
    console = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "console", "--port", str(port), "--data", str(data)],
        stderr=subprocess.DEVNULL,
    )
    try:
        code = wait_in_line(kiosk)
        asyncio.run(run(console.pid, port, token, code))
        visits.close_visit(kiosk.office, kiosk.now(), force=True)
    finally:
        console.terminate()
        console.wait(PATIENCE_S)
        kiosk.office.database.close()


def wait_in_line(kiosk: Kiosk) -> str:
    """Open a visit with people; gives the code of the last, who is never called."""
    visits.open_visit(kiosk.office, None, None, kiosk.now())
    visits.limit_topic(kiosk.office, TOPIC, None, kiosk.now())
    request = citizens.TicketRequest(TOPIC, "de")
    taken = [citizens.take_ticket(kiosk.office, request, kiosk.now()) for _ in range(WAITING)]
    return taken[-1].ticket.code


async def run(pid: int, port: int, token: str, code: str) -> None:
    """Every flood in turn."""
    headers = {"Authorization": f"Bearer {token}"}
    url = f"http://127.0.0.1:{port}/api/v1"
    quiet_ms = 0.0
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=PATIENCE_S) as clerk:
        await until_ready(clerk)
        await act(clerk, ACTIONS)  # the first ones load what later ones have
        for name, (lines, addresses, request, anew) in floods(code).items():
            with flood(port, lines, addresses, request, anew=anew):
                await asyncio.sleep(SETTLED_S)
                began_s, began = cpu_s(pid), time.monotonic()
                times_ms = sorted(await act(clerk, ACTIONS))
                core = (cpu_s(pid) - began_s) / (time.monotonic() - began)
            p50, p99 = times_ms[len(times_ms) // 2], times_ms[int(len(times_ms) * 0.99)]
            quiet_ms = quiet_ms or p99
            click.echo(
                f"{name}: action p50 {p50:.0f} ms, p99 {p99:.0f} ms ({p99 / quiet_ms:.1f} x quiet);"
                f" console {core:.0%} of a core, {pss_mib(pid):.0f} MiB"
            )


async def act(clerk: httpx.AsyncClient, times: int) -> list[float]:
    """Call somebody and take it back, over and over; the milliseconds of each."""
    times_ms = []
    for turn in range(times):
        began = time.monotonic()
        action = "undo" if turn % 2 else "next"
        (await clerk.post(f"/desks/{DESK}/{action}")).raise_for_status()
        times_ms.append((time.monotonic() - began) * 1000)
        await asyncio.sleep(0.01)
    return times_ms


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
