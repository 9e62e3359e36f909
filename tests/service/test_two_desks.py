"""Two desks, each a process of its own, press Next a thousand times at once."""

import subprocess
import sys

from kiosk.domain.ticket import TicketState
from kiosk.service import front_desk, service_day
from kiosk.service.office import Office
from kiosk.service.queue_view import queue_view
from tests.town import GERMAN, JOBS, RENT, TownClock

PEOPLE = 1000

CLERK = """
import sys
from pathlib import Path
from kiosk.service import back_office
from kiosk.service.office import Office
from kiosk.store.database import Database
from tests.town import TOWN, TownClock

office, clock, desk = Office(Database.open(Path(sys.argv[1])), TOWN), TownClock(), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
while called := back_office.call_next(office, desk, clock()):
    print(called.number, flush=True)
"""


def clerk(office: Office, desk: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CLERK, str(office.database.path), desk],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_desks_never_call_the_same_person_and_never_fail(
    office: Office, clock: TownClock
) -> None:
    service_day.open_visit(office, None, None, clock())
    for person in range(PEOPLE):
        front_desk.take_ticket(office, RENT if person % 2 else JOBS, GERMAN, clock())
    clerks = [clerk(office, "1"), clerk(office, "2")]
    for process in clerks:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in clerks:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=120) for process in clerks]
    assert [stderr for _, stderr in answers] == ["", ""]
    called = [number for numbers, _ in answers for number in numbers.split()]
    assert len(called) == len(set(called)) == PEOPLE
    states = {ticket.state for ticket in queue_view(office).tickets}
    assert states <= {TicketState.FINISHED, TicketState.CALLED}
