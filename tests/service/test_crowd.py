"""Four kiosks and two desks, each a process of its own, do thousands of things at once."""

import os
from collections import Counter
from contextlib import ExitStack
from functools import partial
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
from tests.zygote import Life, Zygote

if TYPE_CHECKING:
    from kiosk.domain.ids import TicketId

ACTIONS = int(os.environ.get("RADHAUS_STEPS", "1500"))
"""At least. `script/nightly` asks for ten thousand."""

KIOSKS, TICKETS_EACH = 4, ACTIONS // 10
MOST_WAITING = 60
"""A crowded market; each number drawn tells a wait, which grows with the line."""

CROWD = """
import os
import time
from pathlib import Path
from random import Random
from kiosk.domain.outcome import RESOLVED
from kiosk.domain.record import Record
from kiosk.service import staff, citizens
from kiosk.service.office import Office
from kiosk.store.database import Database
from tests.town import TOWN, TownClock


def main(path, role, name, places, argument):
    office, random = Office(Database.open(Path(path)), TOWN), Random(name)
    line = os.open(places, os.O_RDWR)
    work = {"kiosk": take, "clerk": serve}[role]
    print("actions", work(office, TownClock(), name, random, line, argument))


def take(office, clock, name, random, line, taps):
    actions = 0
    for tap in range(int(taps)):
        os.read(line, 1)
        topic, wish = random.choice(TOWN.topics).id, f"{name}-{tap}"
        for _ in range(random.choice([1, 1, 1, 2])):  # now and then a double tap
            request = citizens.TicketRequest(topic, "de", wish, random.random() < 0.1)
            taken = citizens.take_ticket(office, request, clock())
            actions += 1
        print(taken.ticket.number, flush=True)
    return actions


def serve(office, clock, name, random, line, end):
    actions = 0
    while True:
        everybody_has_come = Path(end).exists()
        ticket = staff.call_next(office, name, clock())
        actions += 1
        if ticket is None and everybody_has_come:
            return actions
        if ticket is None:
            time.sleep(0.01)
            continue
        os.write(line, b".")
        print(ticket.number, flush=True)
        staff.start(office, name, clock())
        actions += 1
        if random.random() < 0.5:  # else Next ends the talk
            staff.finish(office, name, Record(RESOLVED), clock())
            actions += 1
"""
"""A kiosk takes a place of the line for each number, and a clerk gives it back with each call."""


def output_of(life: Life) -> tuple[list[str], int]:
    """The numbers that a process told until it ended, and how many actions it did."""
    *numbers, last = life.stdout.read().splitlines()
    assert last.startswith("actions "), last
    return numbers, int(last.removeprefix("actions "))


def crowded_day(office: Office, folder: Path) -> tuple[list[str], list[str], int]:
    """The numbers that kiosks gave, those that clerks called, and how many actions that took."""
    places, end = folder / "places", folder / "all-are-in"
    os.mkfifo(places)
    line = os.open(places, os.O_RDWR)
    with Zygote(CROWD) as zygote, ExitStack() as lives:
        begin = partial(zygote.life, office.database.path)
        kiosks = [
            lives.enter_context(begin("kiosk", f"kiosk-{n}", places, TICKETS_EACH))
            for n in range(KIOSKS)
        ]
        desks = (FIRST_DESK, SECOND_DESK)
        clerks = [lives.enter_context(begin("clerk", desk, places, end)) for desk in desks]
        os.write(line, b"." * MOST_WAITING)  # now they may come, all at once
        taken = [output_of(kiosk) for kiosk in kiosks]
        end.touch()
        called = [output_of(clerk) for clerk in clerks]
    os.close(line)
    actions = sum(count for _, count in (*taken, *called))
    return _numbers(taken), _numbers(called), actions


def _numbers(told: list[tuple[list[str], int]]) -> list[str]:
    return [number for numbers, _ in told for number in numbers]


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
    people = KIOSKS * TICKETS_EACH
    taken, called, actions = crowded_day(office, tmp_path)
    assert actions >= ACTIONS
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
