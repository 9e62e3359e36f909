"""Power off between tap, commit, print and confirm: paper and database tell the same afterwards.

`RADHAUS_KILLS` says how often; the night does it ten thousand times.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from PIL import ImageOps

from kiosk.domain.paper_events import (
    CopyFailed,
    SlipFailed,
)
from kiosk.service import visits
from kiosk.service.office import Office
from kiosk.service.paper import NoPaper
from kiosk.store import copies, journal, slips, tickets
from tests.drawing.paper.reading import codes_in
from tests.emulators.line import plugged_in
from tests.emulators.printer import EmulatedPrinter
from tests.midnight import await_day
from tests.panel.killed_bus import BUS, FAMILIES, PAPER_MM, now
from tests.prepared import new_database
from tests.town import MARKET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PIL.Image import Image

    from kiosk.store.slips import SlipState

KILLS = int(os.environ.get("RADHAUS_KILLS", "50"))
KILLS_A_DAY = 25
A_DAY_S = 120.0
TRUTHFUL = sorted(name for name in FAMILIES if FAMILIES[name].confirm != "line")
"""Those that say when a slip is out; of the others it is not known."""
BY_BYTES_SHARE = 0.75
PATIENCE_S = 3.0
LONGEST_LIFE_S = 0.2
A_SLIP_BYTES = 22_000
CONFIRM_S = 0.01
BAND_PX = 30
MOMENT_S = 0.02


class DeadlyPrinter(EmulatedPrinter):
    """A printer that sets an alarm when so many bytes have come, and is slow to confirm."""

    def __init__(self, family: str, chance: random.Random) -> None:
        super().__init__(FAMILIES[family], FAMILIES[family].dots[PAPER_MM] // 8 * 8)
        self.family = family
        self.left_bytes: int | None = None
        self.alarm = threading.Event()
        self._chance = chance

    def hear(self, received: bytes) -> bytes:
        answer = super().hear(received)
        if self.left_bytes is not None:
            self.left_bytes -= len(received)
            if self.left_bytes <= 0:
                self.alarm.set()
        if answer:  # time to die between the cut and its confirmation
            time.sleep(self._chance.uniform(0, CONFIRM_S))
        return answer


@dataclass
class Observed:
    """What the people of a day have seen, and what was killed."""

    shown: dict[str, str] = field(default_factory=dict)
    kills: int = 0


class Zygote:
    """The process that forks a warm bus for each life."""

    def __init__(self, database: Path, port: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.panel.killed_bus", str(database), str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def close(self) -> None:
        with self._process:  # closes its pipes; without commands it ends
            pass

    def begin(self, command: str) -> int:
        """Fork a bus; gives its pid."""
        assert self._process.stdin
        self._process.stdin.write(f"{command}\n")
        return int(self._heard().removeprefix("pid "))

    def end(self, told: Observed) -> int:
        """Wait until it is gone; gives its status."""
        while not (line := self._heard()).startswith("gone "):
            match line.split():
                case ["shown", code, number]:
                    told.shown[code] = number
        return int(line.removeprefix("gone "))

    def _heard(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().rstrip("\n")


@dataclass
class Afterwards:
    """What the database tells when the day is over: slips and copies by code, and the troubles."""

    numbers: dict[str, str]
    slips: dict[str, SlipState]
    copies: dict[str, list[SlipState]]
    troubles: Counter[tuple[str, str]]


def afterwards(office: Office) -> Afterwards:
    with office.database.read() as connection:
        everyone = tickets.list_all(connection)
        code_of = {ticket.id: ticket.code for ticket in everyone}
        events = [entry.event for entry in journal.since(connection, 0)]
        failures = [e for e in events if isinstance(e, SlipFailed | CopyFailed)]
        return Afterwards(
            {ticket.code: ticket.number for ticket in everyone},
            {ticket.code: slips.state_of(connection, ticket.id) or "wanted" for ticket in everyone},
            {
                ticket.code: [copy.state for copy in copies.of_ticket(connection, ticket.id)]
                for ticket in everyone
            },
            Counter((code_of[event.ticket], event.reason) for event in failures),
        )


def kill_at_random(
    zygote: Zygote, printer: DeadlyPrinter, told: Observed, chance: random.Random
) -> None:
    """Let a bus live for some time, or until so much has been heard and a moment more."""
    by_bytes = chance.random() < BY_BYTES_SHARE
    printer.alarm.clear()
    printer.left_bytes = int(chance.uniform(1, 2 * A_SLIP_BYTES)) if by_bytes else None
    pid = zygote.begin(f"live {printer.family} {chance.getrandbits(32)}")
    printer.alarm.wait(PATIENCE_S if by_bytes else chance.uniform(0, LONGEST_LIFE_S))
    time.sleep(chance.choice([0, chance.uniform(0, MOMENT_S)]))
    os.kill(pid, signal.SIGKILL)
    assert zygote.end(told) == signal.SIGKILL, "the bus died of something else"
    told.kills += 1


def papers_of(pictures: list[Image]) -> tuple[Counter[str], Counter[str]]:
    """The codes on first slips, and on those that say that they are copies.

    A slip torn off before its code came is useless.
    """
    first, again = Counter[str](), Counter[str]()
    for picture in pictures:
        for link in codes_in(picture):
            (again if is_marked(picture) else first)[link.rpartition("/")[2]] += 1
    return first, again


def is_marked(picture: Image) -> bool:
    """Whether its ink begins with the black band of a copy; printers without a cutter feed before.

    The first slip begins with a line of small letters.
    """
    _, top, _, _ = ImageOps.invert(picture.convert("L")).getbbox() or (0, 0, 0, 0)
    band = picture.convert("L").crop((0, top, picture.width, top + BAND_PX)).resize((1, 1))
    return band.getpixel((0, 0)) < 128  # type: ignore[operator]


def check_day(told: Observed, after: Afterwards, pictures: list[Image]) -> None:
    """Paper, people and database agree."""
    first, again = papers_of(pictures)
    assert first.keys() | again.keys() <= after.numbers.keys(), "a slip without its ticket"
    assert told.shown.items() <= after.numbers.items(), "a number was shown and then lost"
    assert max(Counter(after.numbers.values()).values()) == 1, "a number for two people"
    assert max(first.values()) == 1, "two unmarked slips for one ticket"
    for code, state in after.slips.items():
        unknown = after.troubles[code, NoPaper.UNCONFIRMED]
        states = Counter(after.copies[code])
        assert {state, *states} <= {"printed", "failed"}, f"{code} has no end"
        assert first[code] == 1 or state == "failed", f"{code} is called printed and is not"
        assert state == "printed" or first[code] <= unknown
        assert states["printed"] <= again[code] <= states["printed"] + unknown
    reasons = Counter(reason for _, reason in after.troubles.elements())
    assert reasons.keys() <= {NoPaper.UNCONFIRMED, NoPaper.TOO_LATE}
    assert reasons[NoPaper.UNCONFIRMED] <= told.kills, "one a kill at most"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(new_database(tmp_path / "kiosk.db")) as database:
        yield Office(database, BUS)


@pytest.mark.slow
def test_paper_and_database_agree_after_any_kill(office: Office, tmp_path: Path) -> None:
    seed = time.time_ns()
    sys.stdout.write(f"seed {seed}\n")  # pytest shows it when the test fails
    chance, kills, seen = random.Random(seed), 0, Counter[str]()
    port = tmp_path / "printer"
    with closing(Zygote(office.database.path, port)) as zygote:
        while kills < KILLS:
            printer = DeadlyPrinter(chance.choice(TRUTHFUL), random.Random(chance.random()))
            told = Observed()
            with plugged_in(printer, port):
                kills += live_a_day(office, zygote, printer, told, chance)
            seen += result_of(office, told, printer)
            visits.close_visit(office, now(), expected=None)
            sys.stdout.write(f"{kills} kills: {dict(seen)}\n")
    assert {"printed", "failed", "copies"} <= {*+seen}, "the kills hit nothing"


def live_a_day(
    office: Office, zygote: Zygote, printer: DeadlyPrinter, told: Observed, chance: random.Random
) -> int:
    """A visit with so many kills, and a rest in which everything comes to its end."""
    await_day(A_DAY_S)
    visits.open_visit(office, MARKET, None, now())
    for _ in range(KILLS_A_DAY):
        kill_at_random(zygote, printer, told, chance)
    printer.left_bytes = None
    zygote.begin(f"rest {printer.family}")
    assert zygote.end(told) == 0, "something never came to an end"
    return told.kills


def result_of(office: Office, told: Observed, printer: DeadlyPrinter) -> Counter[str]:
    """Check the day, and count what was seen in it."""
    after, pictures = afterwards(office), printer.slips
    check_day(told, after, pictures)
    assert printer.faults == [], "the printer was told nonsense"
    seen = Counter[str](after.slips.values())
    seen["copies"] = sum(map(len, after.copies.values()))
    seen["pieces of paper"] = len(pictures)
    return seen
