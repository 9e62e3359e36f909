"""One code never leads to two tickets: not in any order, not from two processes at once."""

from __future__ import annotations

import random
import subprocess
import sys
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.errors import Refused
from kiosk.domain.record import NO_RECORD
from kiosk.service import staff, undo_log, visits
from kiosk.service.appointment_import import import_appointments
from kiosk.service.check_in import CheckInRequest, check_in
from kiosk.service.office import Office
from kiosk.service.queue_view import queue_view
from tests.files.appointments.booked import booking
from tests.hypothesis_checks import SHARED_FIXTURE
from tests.prepared import new_database
from tests.town import FIRST_DESK, GERMAN, TOWN, TownClock
from tests.waiting import PATIENCE_S

CODES = ("1111", "2222", "3333")
STEPS = ("check_in", "check_in", "desk", "wish", "next", "miss", "finish", "undo", "move", "leave")
TIMES = ("2026-11-22 08:00", "2026-11-22 10:00", "2026-11-22 18:00")


def step(office: Office, clock: TownClock, what: str, code: str, pick: int) -> None:
    now = clock()
    match what:
        case "check_in":
            check_in(office, CheckInRequest(code, GERMAN), now)
        case "desk":
            check_in(office, CheckInRequest(code, GERMAN, desk=FIRST_DESK), now)
        case "wish":
            check_in(office, CheckInRequest(code, GERMAN, wish=f"w{pick}"), now)
        case "next":
            staff.call_next(office, FIRST_DESK, now)
        case "miss":
            staff.miss(office, FIRST_DESK, now)
        case "finish":
            staff.finish(office, FIRST_DESK, NO_RECORD, now)
        case "undo":
            undo_log.undo(office, FIRST_DESK, now)
        case "move":
            import_appointments(office, [booking(TIMES[pick], code)], now)
        case "leave":
            tickets = office.read(queue_view).tickets
            staff.withdraw(office, tickets[pick % len(tickets)].id, now)


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=SHARED_FIXTURE)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(STEPS), st.sampled_from(CODES), st.integers(0, 2)), max_size=25
    )
)
def test_whatever_people_and_staff_do(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, int]]
) -> None:
    file = tmp_path_factory.mktemp("day") / "kiosk.db"
    office, clock = Office(new_database(file), TOWN), TownClock()
    visits.open_visit(office, None, None, clock())
    import_appointments(office, [booking(TIMES[1], code) for code in CODES], clock())
    for what, code, pick in steps:
        with suppress(Refused, ZeroDivisionError):
            step(office, clock, what, code, pick)
        tickets = office.read(queue_view).tickets
        with office.database.read() as connection:
            led = connection.execute(
                "SELECT count(ticket) FROM appointment WHERE ticket IN (SELECT id FROM ticket)"
            ).fetchone()[0]
        assert len(tickets) == led <= len(CODES)
    office.database.close()


CITIZEN = """
import sys
from pathlib import Path
from kiosk.service.check_in import CheckInRequest, check_in
from kiosk.service.office import Office
from kiosk.store.database import Database
from tests.town import TOWN, TownClock

office, clock = Office(Database.open(Path(sys.argv[1])), TOWN), TownClock()
print("ready", flush=True)
for code in sys.stdin.readline().split():
    done = check_in(office, CheckInRequest(code, "de"), clock())
    print(done.taken.ticket.number, done.punctuality, flush=True)
"""


@pytest.mark.slow
def test_two_doors_at_the_same_moment(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, None, None, clock())
    codes = [f"{number:04}" for number in range(100)]
    import_appointments(office, [booking(TIMES[1], code) for code in codes], clock())
    doors = [
        subprocess.Popen(
            [sys.executable, "-c", CITIZEN, str(office.database.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for door in doors:
        assert door.stdout is not None
        assert door.stdout.readline() == "ready\n"
    random.Random(0).shuffle(codes)
    for door in doors:
        assert door.stdin is not None
        door.stdin.write(" ".join(codes) + "\n")
        door.stdin.flush()
    answers = [door.communicate(timeout=PATIENCE_S) for door in doors]
    assert [stderr for _, stderr in answers] == ["", ""]
    said = [[line.split() for line in stdout.splitlines()] for stdout, _ in answers]
    assert [number for number, _ in said[0]] == [number for number, _ in said[1]]
    ways = [{one, other} for (_, one), (_, other) in zip(*said, strict=True)]
    assert all("again" in way and len(way) == 2 for way in ways)
    assert len(office.read(queue_view).tickets) == len(codes)
