"""Four kiosks and two desks, each a process of its own, do thousands of things at once."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.events import TicketCalled, TicketTaken
from kiosk.domain.ticket import TicketState
from kiosk.service import visits
from kiosk.service.follower import Follower
from kiosk.service.office import Office
from kiosk.service.queue_view import queue_view
from kiosk.store.journal import Entry
from tests.town import FIRST_DESK, SECOND_DESK, TOWN, TownClock

if TYPE_CHECKING:
    from kiosk.domain.ids import TicketId

ACTIONS = int(os.environ.get("RADHAUS_STEPS", "2500"))
"""At least. `script/nightly` asks for ten thousand."""

KIOSKS, TICKETS_EACH = 4, ACTIONS // 10
PATIENCE_S = 300

BEGIN = """
import sys
import time
from pathlib import Path
from random import Random
from kiosk.domain.outcome import RESOLVED
from kiosk.domain.record import Record
from kiosk.service import staff, citizens
from kiosk.service.office import Office
from kiosk.store import tickets
from kiosk.store.database import Database
from tests.town import TOWN, TownClock

office, clock, name = Office(Database.open(Path(sys.argv[1])), TOWN), TownClock(), sys.argv[2]
random, actions = Random(name), 0
MOST_WAITING = 60  # a crowded market; each number drawn tells a wait, which grows with the line


def waiting():
    with office.database.read() as connection:
        return len(tickets.waiting(connection))


print("ready", flush=True)
sys.stdin.readline()
"""

KIOSK = (
    BEGIN
    + """
for tap in range(int(sys.argv[3])):
    while waiting() > MOST_WAITING:
        time.sleep(0.01)
    topic, wish = random.choice(TOWN.topics).id, f"{name}-{tap}"
    for _ in range(random.choice([1, 1, 1, 2])):  # now and then a double tap
        request = citizens.TicketRequest(topic, "de", wish, random.random() < 0.1)
        taken = citizens.take_ticket(office, request, clock())
        actions += 1
    print(taken.ticket.number, flush=True)
print("actions", actions)
"""
)

CLERK = (
    BEGIN
    + """
while True:
    everybody_has_come = Path(sys.argv[3]).exists()
    ticket = staff.call_next(office, name, clock())
    actions += 1
    if ticket is None and everybody_has_come:
        break
    if ticket is None:
        time.sleep(0.002)
        continue
    print(ticket.number, flush=True)
    staff.start(office, name, clock())
    actions += 1
    if random.random() < 0.5:  # else Next ends the talk
        staff.finish(office, name, Record(RESOLVED), clock())
        actions += 1
print("actions", actions)
"""
)


def process(program: str, office: Office, name: str, argument: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, str(office.database.path), name, argument],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def start_together(crowd: list[subprocess.Popen[str]]) -> None:
    for one in crowd:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in crowd:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()


def said(answer: tuple[str, str]) -> tuple[list[str], int]:
    """The numbers that a process told, and how many actions it did."""
    *numbers, last = answer[0].splitlines()
    return numbers, int(last.removeprefix("actions "))


def journal_entries(office: Office) -> list[Entry]:
    follower, entries = Follower(office.database, after=0), []
    while more := follower.wait(0):
        entries += more
    follower.close()
    return entries


def assert_queue_order_kept(office: Office) -> None:
    """Live the journal again: each call took the first of those whom the desk could call."""
    places = {ticket.id: ticket.place for ticket in office.read(queue_view).tickets}
    waiting: dict[TicketId, str] = {}
    for entry in journal_entries(office):
        match entry.event:
            case TicketTaken(ticket=ticket, topic=topic):
                waiting[ticket] = topic
            case TicketCalled(ticket=ticket, desk=desk):
                handled = TOWN.topics_of_desk(desk)
                line = [t for t, topic in waiting.items() if topic in handled]
                assert ticket == min(line, key=lambda t: (places[t], t))
                del waiting[ticket]
    assert not waiting


@pytest.mark.slow
def test_each_ticket_is_called_once_and_each_number_given_once_without_starvation(
    office: Office, clock: TownClock, tmp_path: Path
) -> None:
    visits.open_visit(office, None, None, clock())
    people, come = KIOSKS * TICKETS_EACH, tmp_path / "everybody-has-come"
    kiosks = [process(KIOSK, office, f"kiosk-{n}", str(TICKETS_EACH)) for n in range(KIOSKS)]
    clerks = [process(CLERK, office, desk, str(come)) for desk in (FIRST_DESK, SECOND_DESK)]
    try:
        start_together([*kiosks, *clerks])
        answers = [kiosk.communicate(timeout=PATIENCE_S) for kiosk in kiosks]
        come.touch()
        answers += [clerk.communicate(timeout=PATIENCE_S) for clerk in clerks]
    finally:
        for one in (*kiosks, *clerks):
            one.kill()
    assert {stderr for _, stderr in answers} == {""}

    told = [said(answer) for answer in answers]
    assert sum(actions for _, actions in told) >= ACTIONS
    taken = [number for numbers, _ in told[:KIOSKS] for number in numbers]
    called = [number for numbers, _ in told[KIOSKS:] for number in numbers]
    # Each letter has 999 numbers: a number comes again only after its wrap, when it is free.
    tickets = office.read(queue_view).tickets
    assert len(tickets) == len(called) == people
    assert Counter(taken) == Counter(called) == Counter(ticket.number for ticket in tickets)
    assert {ticket.state for ticket in tickets} == {TicketState.FINISHED}
    calls = Counter(
        entry.event.ticket
        for entry in journal_entries(office)
        if isinstance(entry.event, TicketCalled)
    )
    assert set(calls.values()) == {1}
    assert_queue_order_kept(office)
