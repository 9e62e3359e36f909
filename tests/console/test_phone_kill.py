"""The console dies while a phone draws: sent again, the form leads to the one number."""

from __future__ import annotations

import os
import random
import socket
import sys
import time
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import httpx
import pytest

from kiosk.service import access, citizens, visits
from tests.console.box import NO_TLS
from tests.town import JOBS
from tests.waiting import PATIENCE_S
from tests.zygote import Zygote

if TYPE_CHECKING:
    from kiosk.service.office import Office
    from tests.town import TownClock

pytestmark = pytest.mark.slow  # processes of their own

KILLS: Final = int(os.environ.get("RADHAUS_PHONE_KILLS", "6"))
LONGEST_S: Final = 0.02
WISH: Final = "the-wish-number-"

PROGRAM: Final = """
import threading
from dataclasses import replace
from pathlib import Path
from kiosk.console.http.context import open_context
from kiosk.service.office import Office
from kiosk.store.database import Database
from kiosk.console.app import unbound_app
from tests.console import box
from tests.console.box import running
from tests.town import TOWN, TownClock

box._idle_apps.append(unbound_app())  # once for all lives

PHONES = replace(TOWN, numbers_by_phone=True)

def main(path):
    office = Office(Database.open(Path(path)), PHONES)
    with running(open_context(office, TownClock())) as url:
        print(url, flush=True)
        threading.Event().wait()
"""


def send(url: str, wish: str) -> None:
    """Send the form without waiting for its answer."""
    body = f"topic={JOBS}"
    place = urlsplit(url)
    head = (
        f"POST /n/{wish}/in/de HTTP/1.1\r\nHost: {place.netloc}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection((place.hostname, place.port), PATIENCE_S) as line:
        line.sendall(f"{head}{body}".encode())


def test_a_form_sent_again_after_a_kill_is_one_number(office: Office, clock: TownClock) -> None:
    seed = time.time_ns()
    sys.stdout.write(f"seed {seed}\n")  # pytest shows it when the test fails
    chance = random.Random(seed)
    access.set_up(office.database)
    visits.open_visit(office, None, None, clock())
    sent = ""
    with Zygote(PROGRAM) as zygote:
        for kill in range(KILLS + 1):
            with zygote.life(office.database.path) as life:
                url = life.next_line()
                if sent:
                    send_again(url, sent)
                    tickets = office.read(lambda snapshot: snapshot.tickets)
                    assert len(tickets) == kill
                    citizens.give_back(office, tickets[-1].id, clock())  # phones have a share
                sent = f"{WISH[: 16 - len(str(kill))]}{kill}"
                send(url, sent)
                time.sleep(chance.uniform(0.0, LONGEST_S))  # the moment of the kill is the point
                life.kill()


def send_again(url: str, wish: str) -> None:
    """As a phone does whose page did not come."""
    address = f"{url}/n/{wish}/in/de"
    answer = httpx.post(address, data={"topic": JOBS}, timeout=PATIENCE_S, verify=NO_TLS)
    assert answer.headers["location"] == f"/n/{wish}"
