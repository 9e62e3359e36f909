"""A box with TLS, and clients that believe it."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk.console.http.tls import IssuedContexts, Tls
from kiosk.service.office import Office
from kiosk.store.database import Database
from kiosk.system import clock as machine_clock
from kiosk.system.box_authority import Authority
from tests.console.box import Box, running_box
from tests.ports import free_port
from tests.town import TOWN, TownClock
from tests.waiting import PATIENCE_S


@contextmanager
def box_of(authority: Authority, folder: Path) -> Iterator[Box]:
    database = Database.create(folder / "kiosk.db")
    clock = TownClock(tick_s=0.02)
    now = partial(machine_clock.now, trust_always=True)  # as the clients have it
    tls = Tls(free_port(), IssuedContexts(authority, [], now), authority.certificate)
    with running_box(Office(database, TOWN), clock, tls=tls) as box:
        yield box
    database.close()


def port_of(box: Box) -> int:
    assert box.context.equipment.tls
    return box.context.equipment.tls.port


def trusting(certificate: x509.Certificate) -> ssl.SSLContext:
    """A client that believes this authority and no other."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=certificate.public_bytes(Encoding.DER))
    return context


def laptop(box: Box, authority: Authority) -> httpx.Client:
    """A browser that trusts the box."""
    client = httpx.Client(
        base_url=f"https://127.0.0.1:{port_of(box)}",
        verify=trusting(authority.certificate),
        timeout=PATIENCE_S,
    )
    return box.leaving.enter_context(client)


def connected(box: Box, context: ssl.SSLContext, name: str) -> ssl.SSLSocket:
    """A TLS connection to whom the client takes for the box."""
    line = socket.create_connection(("127.0.0.1", port_of(box)), PATIENCE_S)
    return context.wrap_socket(line, server_hostname=name)
