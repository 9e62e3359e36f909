"""A console that runs: the real application in a real server, over a small town's office."""

from __future__ import annotations

import re
import ssl
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from hardware.speaker.chime import chime
from hardware.speaker.waveform import as_wav
from kiosk.console.app import bind, unbound_app
from kiosk.console.http.context import ConsoleContext, Equipment, open_context
from kiosk.console.server import Server, listen, settings
from kiosk.service import access, citizens, staff, visits
from kiosk.service.check_in import UNKNOWN_CODES
from kiosk.store import appointments, journal
from tests.ports import free_port
from tests.town import FIRST_DESK, GERMAN, JOBS, TownClock
from tests.waiting import PATIENCE_S, eventually

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from litestar import Litestar

    from kiosk.console.http.tls import Tls
    from kiosk.domain.ticket import Ticket
    from kiosk.service.access import Secrets
    from kiosk.service.office import Office

_idle_apps: list[Litestar] = []
"""To make one costs more than most tests; what belongs to a box is bound anew."""

NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # reading the machine's certificates takes long


@dataclass(frozen=True, slots=True)
class Box:
    """A running console, and ways to use it."""

    url: str
    office: Office
    clock: TownClock
    secrets: Secrets
    context: ConsoleContext
    leaving: ExitStack

    def stranger(self) -> httpx.Client:
        """A client without session, cookie or token."""
        client = httpx.Client(base_url=self.url, timeout=PATIENCE_S, verify=NO_TLS)
        return self.leaving.enter_context(client)

    def program(self) -> httpx.Client:
        """A program that has the API token."""
        client = self.stranger()
        client.headers["Authorization"] = f"Bearer {self.secrets.api_token}"
        return client

    def log_in(self, client: httpx.Client, pin: str | None = None) -> httpx.Response:
        """Send the login form."""
        return client.post("/staff/login", data={"pin": pin or self.secrets.staff_pin})

    def open_visit(self) -> None:
        """Begin a deployment at the first stop with all topics."""
        visits.open_visit(self.office, None, None, self.clock())

    def close_visit(self) -> None:
        """End the deployment, if one is open."""
        if self.office.read(visits.current_visit):
            visits.close_visit(self.office, self.clock(), expected=None)

    def reset_day(self) -> None:
        """No visit, no appointments, no wrong codes, and the wall clock as on the first day."""
        self.close_visit()
        with self.office.database.write() as connection:
            left = appointments.list_all(connection)
            appointments.delete(connection, [appointment.code for appointment in left])
            connection.execute("DELETE FROM key_value WHERE key = ?", (UNKNOWN_CODES.key,))
        self.clock.wall = TownClock().wall

    def take(self, topic: str = JOBS, language: str = GERMAN, *, priority: bool = False) -> Ticket:
        """A citizen's number."""
        taken = citizens.take_ticket(
            self.office, citizens.TicketRequest(topic, language, priority=priority), self.clock()
        )
        return taken.ticket

    def call_next(self, desk: str = FIRST_DESK) -> Ticket:
        """The next ticket; one must be waiting."""
        called = staff.call_next(self.office, desk, self.clock())
        assert called
        return called

    def problem(self, response: httpx.Response) -> dict[str, Any]:
        """The problem document of a refusal, checked for its form."""
        assert response.headers["content-type"] == "application/problem+json"
        problem: dict[str, Any] = response.json()
        assert problem["status"] == response.status_code
        assert {"type", "title", "detail"} <= problem.keys()
        return problem


@contextmanager
def running_box(
    office: Office,
    clock: TownClock,
    stand_ins: Mapping[str, str] | None = None,
    tls: Tls | None = None,
    equipment: Equipment | None = None,
) -> Iterator[Box]:
    """The console of a device that has just been set up."""
    drawn = access.set_up(office.database)
    equipment = equipment or Equipment(stand_ins or {}, chime=lambda: as_wav(chime()), tls=tls)
    context = open_context(office, clock, equipment)
    with running(context) as url, ExitStack() as leaving:
        yield Box(url, office, clock, drawn, context, leaving)


def catch_up(context: ConsoleContext) -> None:
    """Wait until the streams have read the journal: what a new one hears then comes later."""
    with context.office.database.read() as connection:
        newest = journal.newest(connection)
    eventually(lambda: context.broadcast.last >= newest, "the end of the journal")


@contextmanager
def running(context: ConsoleContext, port: int | None = None) -> Iterator[str]:
    """A server over a context, in a thread of its own; gives its address."""
    port = port or free_port()
    listener, url = listen("127.0.0.1", port), f"http://127.0.0.1:{port}"
    app, tls = _idle_apps.pop() if _idle_apps else unbound_app(), context.equipment.tls
    bind(app, context)
    server = Server(app, settings(app), listen("127.0.0.1", tls.port) if tls else None)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        eventually(lambda: server.started, "a server")
        yield url
    finally:
        server.stop()
        thread.join(PATIENCE_S)
    assert not thread.is_alive()
    _idle_apps.append(app)


def asking(client: httpx.Client, host: str) -> dict[str, str]:
    """Headers of a request of this browser that asks for the box by another name."""
    cookies = "; ".join(f"{each.name}={each.value}" for each in client.cookies.jar)
    return {"host": host, "cookie": cookies}


def csrf_of(client: httpx.Client) -> str:
    """The token that the desk's page carries."""
    page = client.get("/staff/desks/1")
    found = re.search(r'<meta name="csrf" content="([^"]+)">', page.text)
    assert found, page.status_code
    return found[1]
