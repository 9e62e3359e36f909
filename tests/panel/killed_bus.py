"""A bus that is killed again and again: a glass and a panel in one process, forked while warm.

    python -m tests.panel.killed_bus DATABASE PORT

`live FAMILY SEED` on its stdin forks a bus that takes numbers and prints on a printer of that
family until it is killed; `rest FAMILY` one that prints what is left, and ends. It answers `pid N`,
then `shown CODE NUMBER` for each number that a person has seen, and `gone STATUS`.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hardware.printer.dialogue import Timeouts
from hardware.printer.families import families
from hardware.printer.serial import SerialPrinter
from hardware.serial_line import SerialLine
from kiosk.domain.errors import Refused
from kiosk.drawing.paper.draw import WIDTH_PX, draw_slip
from kiosk.drawing.paper.slip_words import sample_slip
from kiosk.panel.device_loop import Pauses
from kiosk.panel.duties import PanelContext
from kiosk.panel.panel import Panel
from kiosk.service import citizens, slips
from kiosk.service.office import Office
from kiosk.settings import config
from kiosk.settings.config.devices import PrinterSettings
from kiosk.settings.texts import Texts
from kiosk.store import copies, tickets
from kiosk.store import slips as slip_rows
from kiosk.store.database import Database
from kiosk.system import clock
from tests.town import GERMAN, JOBS, RENT, TOWN
from tests.waiting import PATIENCE_S

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.store.slips import SlipState

BUS = replace(TOWN, bus_network="http://10.42.0.1:8422")
"""With a network, so that the code on each slip names its ticket."""

COPIES_SHARE = 0.25
MOST_IN_LINE = 2
PAPER_MM: Final = 58
FAMILIES = families()
SETTLED = Timeouts(settle_s=0.1)
"""The emulated printer answers within milliseconds, and each life begins with this pause."""
SETTINGS = config.Devices(printer=PrinterSettings(paper_mm=PAPER_MM))
TEXTS = Texts.load()


def now() -> Moment:
    return clock.now(trust_always=True)


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())  # whole or not at all, whenever it is killed


def main() -> None:
    """Fork as told. This process has one thread and no open database."""
    database, port = map(Path, sys.argv[1:])
    for command in sys.stdin:
        word, family, *seed = command.split()
        pid = os.fork()
        if pid == 0:
            say(f"pid {os.getpid()}")
            bus = Life(Office(Database.open(database), BUS), port, family)
            if word == "live":
                bus.live(random.Random(int(seed[0])))
            os._exit(bus.rest())
        status = os.waitpid(pid, 0)[1]
        say(f"gone {status}")


@dataclass
class Life:
    """One bus from its start to its death."""

    office: Office
    port: Path
    family: str

    def live(self, chance: random.Random) -> None:
        """People take numbers and ask for copies, about as fast as they are printed."""
        _, panel = self.panel()
        while panel.is_alive():
            if chance.random() < COPIES_SHARE:
                ask_for_copy(self.office, chance)
            else:
                take_number(self.office, chance)
            time.sleep(chance.uniform(0, 0.02))
            while under_way(self.office) > MOST_IN_LINE and panel.is_alive():
                time.sleep(0.002)

    def rest(self) -> int:
        """Let the panel settle and print what is left; gives 0 when it could."""
        deadline_s = time.monotonic() + PATIENCE_S
        panel, thread = self.panel()
        while (left := under_way(self.office)) and time.monotonic() < deadline_s:
            time.sleep(0.01)
        panel.stop()
        thread.join()
        return left

    def panel(self) -> tuple[Panel, threading.Thread]:
        """The real panel with the real driver, over a database connection of its own."""
        office, family = (
            Office(Database.open(self.office.database.path), BUS),
            FAMILIES[self.family],
        )
        line = SerialLine("printer", str(self.port), family.baud)
        printer = SerialPrinter(line, family, PAPER_MM, WIDTH_PX[PAPER_MM], SETTLED)
        context = PanelContext(office, now, TEXTS, SETTINGS)
        panel = Panel(context, {"printer": printer}, Pauses(first_s=0.005, longest_s=0.05))
        thread = threading.Thread(target=panel.run, args=(lambda: None,), daemon=True)
        thread.start()
        return panel, thread


def take_number(office: Office, chance: random.Random) -> None:
    topic, language = chance.choice([JOBS, RENT]), chance.choice(BUS.languages)
    ticket = citizens.take_ticket(office, citizens.TicketRequest(topic, language), now()).ticket
    say(f"shown {ticket.code} {ticket.number}")


def ask_for_copy(office: Office, chance: random.Random) -> None:
    with office.database.read() as connection:
        everyone = tickets.latest(connection, 10)
    if everyone:
        ticket = chance.choice(everyone)
        with suppress(Refused):
            slips.reprint(office, ticket.id, now())


def under_way(office: Office) -> int:
    """How many slips and copies are still to come."""
    states: tuple[SlipState, ...] = ("wanted", "begun")
    with office.database.read() as connection:
        return sum(
            len(slip_rows.in_state(connection, state)) + len(copies.in_state(connection, state))
            for state in states
        )


if __name__ == "__main__":
    draw_slip(
        sample_slip("A-001", GERMAN, TEXTS), WIDTH_PX[PAPER_MM]
    )  # loads the fonts before the forks
    main()
