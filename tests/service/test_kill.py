"""`kill -9` in the middle of work: what was acknowledged is there, and nothing is there by half."""

import os
import random
import sys
import time
from collections import Counter

import pytest

from kiosk.domain.ticket import OPEN, Ticket
from kiosk.service import citizens, visits
from kiosk.service.office import Office
from kiosk.service.queue_view import queue_view
from tests.town import GERMAN, JOBS, TownClock
from tests.zygote import Zygote

pytestmark = pytest.mark.slow  # processes of their own

KILLS = int(os.environ.get("RADHAUS_SERVICE_KILLS", "12"))
MOST_WORDS, LONGEST_S = 40, 0.01

BUSY_BUS = """
from pathlib import Path
from kiosk.domain.outcome import RESOLVED
from kiosk.domain.record import Record
from kiosk.service import staff, citizens
from kiosk.service.citizens import TicketRequest
from kiosk.service.office import Office
from kiosk.store.database import Database
from tests.town import TOWN, TownClock

def main(path):
    office, clock = Office(Database.open(Path(path)), TOWN), TownClock()
    while True:
        taken = citizens.take_ticket(office, TicketRequest("jobs", "de"), clock())
        print("taken", taken.ticket.id, flush=True)
        called = staff.call_next(office, "1", clock())
        print("called", called.id, flush=True)
        if called.sequence % 3:
            staff.finish(office, "1", Record(RESOLVED), clock())
            print("resolved", called.id, flush=True)
"""


def acknowledged(zygote: Zygote, office: Office, chance: random.Random) -> list[tuple[str, int]]:
    """What a busy process said until it was killed, a moment after some word."""
    with zygote.life(office.database.path) as life:
        lines = [life.next_line() for _ in range(chance.randint(0, MOST_WORDS))]
        time.sleep(chance.uniform(0.0, LONGEST_S))  # the moment of the kill is the point
        lines += life.kill()
    return [(what, int(ticket)) for what, ticket in map(str.split, lines)]


def test_nothing_acknowledged_is_missing_after_a_kill(office: Office, clock: TownClock) -> None:
    seed = time.time_ns()
    sys.stdout.write(f"seed {seed}\n")  # pytest shows it when the test fails
    chance = random.Random(seed)
    visits.open_visit(office, None, None, clock())
    said: dict[str, set[int]] = {"taken": set(), "called": set(), "resolved": set()}
    with Zygote(BUSY_BUS) as zygote:
        for _ in range(KILLS):
            for what, ticket in acknowledged(zygote, office, chance):
                said[what].add(ticket)
            assert_kept(office, said)
    assert said["resolved"], "the test saw no work at all"
    following = citizens.take_ticket(office, citizens.TicketRequest(JOBS, GERMAN), clock()).ticket
    assert following.id not in said["taken"]


def assert_kept(office: Office, said: dict[str, set[int]]) -> None:
    """All that was said is so, and no number is with two people."""
    tickets: dict[int, Ticket] = {ticket.id: ticket for ticket in office.read(queue_view).tickets}
    assert said["taken"] <= tickets.keys()
    assert all(tickets[one].first_call for one in said["called"])
    assert all(tickets[one].outcome == "resolved" for one in said["resolved"])
    open_numbers = Counter(t.number for t in tickets.values() if t.state in OPEN)
    assert all(count == 1 for count in open_numbers.values())
