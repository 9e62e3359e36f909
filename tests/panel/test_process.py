"""The panel as systemd sees it: ready, alive, gone when asked; and killed at any moment."""

from __future__ import annotations

import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.cli.hardware_list import ListedDevice, all_shown
from kiosk.service import citizens, visits
from kiosk.service.office import Office
from kiosk.service.sheets import SheetRequest, want_sheet
from kiosk.settings import profiles
from kiosk.store.database import Database
from kiosk.system import clock
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.prepared import new_device
from tests.waiting import PATIENCE_S, eventually

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kiosk.domain.moment import Moment


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths(tmp_path / "data")
    new_device(paths)
    return paths


@pytest.fixture
def office(paths: Paths) -> Iterator[Office]:
    """An office of its own, as another door has it, with a visit open."""
    with closing(Database.open(paths.database)) as database:
        office = Office(database, profiles.load_profile("gelsenkirchen"))
        visits.open_visit(office, None, ["wohngeld"], now())
        yield office


def now() -> Moment:
    return clock.now(trust_always=True)


@contextmanager
def panel(paths: Paths) -> Iterator[subprocess.Popen[bytes]]:
    """`kiosk panel`, when it has told systemd that it is ready."""
    address = str(paths.data / "notify.sock")
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as systemd:
        systemd.bind(address)
        systemd.settimeout(PATIENCE_S)
        process = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "panel", "--data", str(paths.data)],
            env={**os.environ, "NOTIFY_SOCKET": address},
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            while not systemd.recv(1000).startswith(b"READY=1"):
                pass
            yield process
        finally:
            process.kill()
            process.wait(PATIENCE_S)
            Path(address).unlink()


def slips_of(paths: Paths) -> dict[str, str]:
    """What the database says of each ticket's slip."""
    with closing(sqlite3.connect(paths.database)) as connection:
        return dict(connection.execute("SELECT number, slip FROM ticket"))


def sheets_of(paths: Paths) -> list[str]:
    """What the database says of each information sheet."""
    with closing(sqlite3.connect(paths.database)) as connection:
        return [state for (state,) in connection.execute("SELECT state FROM sheet")]


def settled(states: Collection[str], count: int) -> bool:
    return len(states) == count and not {"wanted", "begun"} & set(states)


def papers(paths: Paths) -> int:
    """How many pieces of paper came out; two alike would be one printed twice."""
    pictures = [path.read_bytes() for path in paths.slips.glob("*.png")]
    assert len(set(pictures)) == len(pictures)
    return len(pictures)


def test_prints_for_another_door_and_ends_when_asked(paths: Paths, office: Office) -> None:
    with panel(paths) as process:
        citizens.take_ticket(office, citizens.TicketRequest("wohngeld", "ar"), now())
        eventually(lambda: settled(slips_of(paths).values(), 1), "one slip")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_S) == 0
    assert slips_of(paths) == {"E-001": "printed"}
    assert papers(paths) == 1


def test_the_list_of_devices_shows_present_states(paths: Paths) -> None:
    def printer() -> ListedDevice:
        with closing((kiosk := open_kiosk(paths)).office.database):
            return all_shown(kiosk)[0]

    assert printer().message == "The panel is not running."
    with panel(paths):
        eventually(lambda: printer().ready, "a printer that is ready")
        before = paths.config.read_text()
        paths.config.write_text(before.replace("paper_mm = 80", "paper_mm = 58"))
        assert "settings have changed" in printer().message
        assert printer().ready is None, "what was told is of another printer"
        paths.config.write_text(before)
    assert printer().message == "The panel is not running. It has told last: Ready."
    assert printer().ready is None


@pytest.mark.slow
def test_killed_at_any_moment_no_ticket_gets_two_slips(paths: Paths, office: Office) -> None:
    chance = random.Random(20261122)
    taken = 0
    for _ in range(3):
        with panel(paths) as process:
            for _ in range(3):
                citizens.take_ticket(office, citizens.TicketRequest("wohngeld", "de"), now())
                taken += 1
            time.sleep(chance.uniform(0, 0.15))  # the moment of death
            process.kill()
    with panel(paths):
        eventually(lambda: settled(slips_of(paths).values(), taken), "an end for every slip")
    states = list(slips_of(paths).values())
    assert states.count("printed") <= papers(paths) <= taken
    assert papers(paths) - states.count("printed") <= 3  # one unconfirmed a death at most


@pytest.mark.slow
def test_killed_at_any_moment_no_sheet_comes_out_twice(paths: Paths, office: Office) -> None:
    chance = random.Random(20261123)
    offers = [offer.id for offer in office.profile.directory]
    wishes = list(product(offers, office.profile.languages))[:9]  # no two look alike
    for start in (0, 3, 6):
        with panel(paths) as process:
            for offer, language in wishes[start : start + 3]:
                want_sheet(office, SheetRequest(offer, language), now())
            time.sleep(chance.uniform(0, 0.3))  # the moment of death
            process.kill()
    with panel(paths):
        eventually(lambda: settled(sheets_of(paths), len(wishes)), "an end for every sheet")
    printed = sheets_of(paths).count("printed")
    assert printed <= papers(paths) <= len(wishes)
    assert papers(paths) - printed <= 3  # one unconfirmed a death at most
