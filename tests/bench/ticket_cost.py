"""What a ticket costs above a bare SQLite insert with the same durability, and where it goes.

CPU, statements and ratios with few and many waiting, while two desks are at work and people have
been served: only then is the wait worked out. In process and over HTTP the bare insert takes turns
with the ticket, so that noise meets both.
"""

from __future__ import annotations

import http.client
import itertools
import json
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kiosk.operate.setup import renew_secrets
from kiosk.service import citizens, queue_view, staff, visits
from kiosk.service.citizens import TicketRequest
from kiosk.store.database import connect
from kiosk.system.paths import Paths
from kiosk.wiring.box import Kiosk, open_kiosk
from tests.bench.services import cpu_s
from tests.ports import free_port
from tests.waiting import eventually

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

LINES = (0, 50, 150, 300)
DESKS = ("1", "2")
SERVED = 10
TIMES = 60
TOPIC = "schulsystem"


def measure(data: Path) -> None:
    """Print them for each length of the line."""
    token, kiosk = renew_secrets(Paths(data)).api_token, open_kiosk(Paths(data))
    bare = bare_database(data / "bare.db")
    visits.open_visit(kiosk.office, None, None, kiosk.now())
    topics = itertools.cycle(t.id for t in kiosk.office.profile.topics if t.contingent is None)

    def take() -> object:
        return citizens.take_ticket(kiosk.office, TicketRequest(next(topics), "de"), kiosk.now())

    def insert() -> None:
        bare.execute("INSERT INTO bare (number) VALUES ('A-017')")

    serve(kiosk, take)
    with console(data) as (pid, port):
        client = Client(port, token)
        eventually(client.answers, "a console")
        for line in LINES:
            while waiting(kiosk) < line:
                take()
            click.echo(
                medians(f"{line} waiting: ticket in process", insert, take, kept(kiosk, line))
            )
            click.echo(medians("  ticket over HTTP", insert, client.take, kept(kiosk, line)))
            began_s = cpu_s(pid)
            for _ in range(TIMES):
                client.take()
            click.echo(f"  console, CPU a ticket: {(cpu_s(pid) - began_s) * 1000 / TIMES:.1f} ms")
            kept(kiosk, line)()
    for name, action in {
        "ticket": take,
        "next": lambda: staff.call_next(kiosk.office, "1", kiosk.now()),
        "smiley": lambda: citizens.give_feedback(kiosk.office, 5, kiosk.now()),
    }.items():
        click.echo(f"{name}: {len(statements(kiosk, action))} statements")
    visits.close_visit(kiosk.office, kiosk.now(), expected=None)
    bare.close()
    kiosk.office.database.close()


class Client:
    """A program with a line that stays open: what it costs itself is little."""

    def __init__(self, port: int, token: str) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port)
        self._head = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._topic = json.dumps({"topic": TOPIC})

    def answers(self) -> bool:
        try:
            return self._ask("GET", "/api/v1/state") == http.HTTPStatus.OK
        except OSError:
            self._line.close()
            return False

    def take(self) -> None:
        assert self._ask("POST", "/api/v1/tickets", self._topic) == http.HTTPStatus.CREATED

    def _ask(self, method: str, path: str, body: str | None = None) -> int:
        self._line.request(method, path, body, self._head)
        answer = self._line.getresponse()
        answer.read()
        return answer.status


@contextmanager
def console(data: Path) -> Iterator[tuple[int, int]]:
    """Its process; gives its pid and port."""
    port = free_port()
    words = [sys.executable, "-m", "kiosk", "console", "--port", str(port), "--data", str(data)]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL) as process:
        try:
            yield process.pid, port
        finally:
            process.terminate()


def bare_database(path: Path) -> sqlite3.Connection:
    connection = connect(path)
    connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, number TEXT)")
    return connection


def serve(kiosk: Kiosk, take: Callable[[], object]) -> None:
    """Some people have been served at each desk, and one sits there."""
    for _ in range(SERVED * len(DESKS)):
        take()
    for _ in range(SERVED):
        for desk in DESKS:
            call(kiosk, desk)
    while waiting(kiosk):
        call(kiosk, DESKS[0])


def call(kiosk: Kiosk, desk: str) -> None:
    """The next person is called and comes; the one before is done."""
    if staff.call_next(kiosk.office, desk, kiosk.now()):
        staff.start(kiosk.office, desk, kiosk.now())


def waiting(kiosk: Kiosk) -> int:
    return len(kiosk.office.read(queue_view.queue_view).waiting(kiosk.now()))


def kept(kiosk: Kiosk, line: int) -> Callable[[], None]:
    """Call the tickets beyond so many."""

    def shorten() -> None:
        for desk in itertools.cycle(DESKS):
            if waiting(kiosk) <= line:
                return
            call(kiosk, desk)

    return shorten


def medians(
    what: str, insert: Callable[[], None], take: Callable[[], object], after: Callable[[], None]
) -> str:
    """Medians, and their ratio."""
    bare_s, ticket_s, work_s = [], [], []
    for _ in range(TIMES):
        bare_s.append(seconds(insert))
        began_s = time.process_time()
        ticket_s.append(seconds(take))
        work_s.append(time.process_time() - began_s)
        after()
    bare_ms, ticket_ms, work_ms = (
        statistics.median(column) * 1000 for column in (bare_s, ticket_s, work_s)
    )
    return (
        f"{what} {ticket_ms:.2f} ms, bare synced insert {bare_ms:.2f} ms,"
        f" ratio {ticket_ms / bare_ms:.1f}, CPU here {work_ms:.2f} ms (medians of {TIMES})"
    )


def statements(kiosk: Kiosk, action: Callable[[], object]) -> list[str]:
    """What SQLite is asked to do."""
    seen: list[str] = []
    with kiosk.office.database.read() as connection:
        pass
    connection.set_trace_callback(seen.append)
    action()
    connection.set_trace_callback(None)
    return seen


def seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began
