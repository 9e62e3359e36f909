"""What a ticket costs above a bare SQLite insert with the same durability."""

import sqlite3
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import click

from kiosk.service import citizens, visits
from kiosk.store.database import connect
from kiosk.system.paths import Paths
from kiosk.wiring import open_kiosk

TIMES = 300


def measure(data: Path) -> None:
    """Print the medians and their ratio; both take turns, so that noise meets both."""
    kiosk = open_kiosk(Paths(data))
    bare = bare_database(data / "bare.db")
    visits.open_visit(kiosk.office, None, None, kiosk.now())

    def ticket() -> None:
        citizens.take_ticket(kiosk.office, citizens.TicketRequest("schulsystem", "de"), kiosk.now())

    def insert() -> None:
        bare.execute("INSERT INTO bare (number) VALUES ('A-017')")

    pairs = [(seconds(insert), seconds(ticket)) for _ in range(TIMES)]
    bare_ms, ticket_ms = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
    click.echo(
        f"ticket issue: {ticket_ms:.2f} ms, bare synced insert: {bare_ms:.2f} ms,"
        f" ratio {ticket_ms / bare_ms:.2f} (medians of {TIMES}, up to {TIMES} waiting)"
    )
    visits.close_visit(kiosk.office, kiosk.now(), force=True)
    bare.close()


def bare_database(path: Path) -> sqlite3.Connection:
    connection = connect(path)
    connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, number TEXT)")
    return connection


def seconds(action: Callable[[], None]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began
