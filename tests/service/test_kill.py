"""`kill -9` in the middle of work: what was acknowledged is there, and nothing is there by half."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

from kiosk.domain.ticket import OPEN, Ticket
from kiosk.service import citizens, visits
from kiosk.service.office import Office
from kiosk.service.queue_view import queue_view
from tests.town import GERMAN, JOBS, TownClock

pytestmark = pytest.mark.slow  # processes of their own

KILLS = 12

BUSY_BUS = """
import sys
from pathlib import Path
from kiosk.domain.record import Outcome, Record
from kiosk.service import staff, citizens
from kiosk.service.citizens import TicketRequest
from kiosk.service.office import Office
from kiosk.store.database import Database
from tests.town import TOWN, TownClock

office, clock = Office(Database.open(Path(sys.argv[1])), TOWN), TownClock()
print("ready", flush=True)
while True:
    taken = citizens.take_ticket(office, TicketRequest("jobs", "de"), clock())
    print("taken", taken.ticket.id, flush=True)
    called = staff.call_next(office, "1", clock())
    print("called", called.id, flush=True)
    if called.sequence % 3:
        staff.finish(office, "1", Record(Outcome.RESOLVED), clock())
        print("resolved", called.id, flush=True)
"""


def acknowledged(office: Office, seconds: float) -> list[tuple[str, int]]:
    """What a busy process said before it was killed after that time."""
    with subprocess.Popen(
        [sys.executable, "-c", BUSY_BUS, str(office.database.path)],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)  # the moment of the kill is the point of this test, not a wait
        process.send_signal(signal.SIGKILL)
        lines = process.stdout.read().splitlines(keepends=True)
    whole = [line.split() for line in lines if line.endswith("\n")]
    return [(what, int(ticket)) for what, ticket in whole]


def test_nothing_acknowledged_is_missing_after_a_kill(office: Office, clock: TownClock) -> None:
    seed = time.time_ns()
    sys.stdout.write(f"seed {seed}\n")  # pytest shows it when the test fails
    chance = random.Random(seed)
    visits.open_visit(office, None, None, clock())
    said: dict[str, set[int]] = {"taken": set(), "called": set(), "resolved": set()}
    for _ in range(KILLS):
        for what, ticket in acknowledged(office, chance.uniform(0.0, 0.2)):
            said[what].add(ticket)
        tickets: dict[int, Ticket] = {
            ticket.id: ticket for ticket in office.read(queue_view).tickets
        }
        assert said["taken"] <= tickets.keys()
        assert all(tickets[one].first_call for one in said["called"])
        assert all(tickets[one].outcome == "resolved" for one in said["resolved"])
        open_numbers = Counter(t.number for t in tickets.values() if t.state in OPEN)
        assert all(count == 1 for count in open_numbers.values())
    assert said["resolved"], "the test saw no work at all"
    following = citizens.take_ticket(office, citizens.TicketRequest(JOBS, GERMAN), clock()).ticket
    assert following.id not in said["taken"]
