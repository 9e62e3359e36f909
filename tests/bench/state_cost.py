"""What `GET /state` costs on a crowded day: a question while nothing has changed, and one after.

Statements and CPU in process, the latter over HTTP too, where the console's process is asked.
"""

from __future__ import annotations

import itertools
import statistics
import time
from typing import TYPE_CHECKING

import click
import msgspec

from kiosk.console.api.state import public_state
from kiosk.console.http.context import open_context
from kiosk.operate.setup import renew_secrets
from kiosk.service import citizens, visits
from kiosk.service.citizens import TicketRequest
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.bench.services import cpu_s
from tests.bench.ticket_cost import Client, console, serve, statements, waiting
from tests.console.box import catch_up, running
from tests.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LINE = 1000
CHANGES = 30
QUESTIONS = 300


def measure(data: Path) -> None:
    """Print it."""
    token, kiosk = renew_secrets(Paths(data)).api_token, open_kiosk(Paths(data))
    visits.open_visit(kiosk.office, None, None, kiosk.now())
    topics = itertools.cycle(t.id for t in kiosk.office.profile.topics if t.contingent is None)

    def take() -> None:
        citizens.take_ticket(kiosk.office, TicketRequest(next(topics), "de"), kiosk.now())

    serve(kiosk, take)
    while waiting(kiosk) < LINE:
        take()
    context = open_context(kiosk.office, kiosk.now)

    def question() -> None:
        msgspec.json.encode(public_state(context))

    quiet_ms, changed_ms = [], []
    with running(context):
        for _ in range(CHANGES):
            take()
            catch_up(context)
            changed_ms.append(_cpu_ms(question))
            quiet_ms.append(_cpu_ms(question))
        quiet = len(statements(kiosk, question))
        take()
        catch_up(context)
        changed = len(statements(kiosk, question))
    click.echo(
        f"/state, {LINE} waiting: {quiet} statements and {statistics.median(quiet_ms):.2f} ms CPU"
        f" a question, {changed} statements and {statistics.median(changed_ms):.1f} ms CPU"
        f" a change (medians of {CHANGES})"
    )
    _over_http(data, token)
    visits.close_visit(kiosk.office, kiosk.now(), expected=None)
    kiosk.office.database.close()


def _over_http(data: Path, token: str) -> None:
    with console(data) as (pid, port):
        client = Client(port, token)
        eventually(client.answers, "a console")
        began_s = cpu_s(pid)
        for _ in range(QUESTIONS):
            client.answers()
        told_ms = (cpu_s(pid) - began_s) * 1000 / QUESTIONS
    click.echo(f"  over HTTP, console: {told_ms:.1f} ms CPU a question ({QUESTIONS})")


def _cpu_ms(question: Callable[[], None]) -> float:
    """Of this thread alone: the console's follows the journal meanwhile."""
    began_s = time.thread_time()
    question()
    return (time.thread_time() - began_s) * 1000
