"""Visits opened by mistake or forgotten, and a code that comes again: each is explained."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from kiosk.domain.local_time import BERLIN
from kiosk.domain.moment import Moment
from kiosk.system.paths import Paths
from tests.faults.conftest import places_of, tapped
from tests.faults.fault_reports import Fault, Places
from tests.system.bus import Bus
from tests.waiting import eventually

pytestmark = pytest.mark.slow

CODE = "12345678"
WAY = ("start.appointment", *(f"code.{digit}" for digit in CODE), "code.ok")


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bus]:
    """A box of which nothing is planned, and no visit open."""
    with Bus(tmp_path_factory.mktemp("box") / "data") as bus:
        yield bus


def test_a_visit_opened_where_nothing_is_planned(bus: Bus) -> None:
    with places_of(bus) as places:
        fault = Fault("A visit is opened without a stop where none is planned")
        opened = bus.run("visit", "open")
        fault.await_report("kiosk visit open", opened.stderr.strip)
        places.post("/visit/close")
        answer = places.post("/visit/open").json()
        fault.await_report("POST /visit/open", lambda: f"planned: {answer['planned']}")
        assert answer["planned"] is False
        places.post("/visit/close")
    fault.keep()


def test_a_code_that_comes_again(bus: Bus, tmp_path: Path) -> None:
    table = tmp_path / "termine.csv"
    day = datetime.now(BERLIN)
    table.write_text(f"Code;Datum;Uhrzeit;Anliegen\n{CODE};{day:%d.%m.%Y};{day:%H:%M};wohngeld\n")
    with places_of(bus) as places:
        places.post("/visit/open")
        bus.kiosk("appointments", "import", str(table))
        checked_in(bus)
        eventually(lambda: slip(places) == "Bitte nehmen Sie Ihren Zettel", "a slip")
        bus.glass("tap", id="number.done")
        fault = Fault("The code of an appointment is entered again")
        checked_in(bus)
        said = fault.await_report("glass", lambda: slip(places))
        assert said.startswith("Bitte merken Sie sich")
        assert places.element("reprint") is not None, "who has lost the slip asks for a copy"
        bus.glass("tap", id="number.done")
        places.post("/visit/close", {"force": True})
    fault.keep()


def test_a_visit_left_open_over_night(bus: Bus) -> None:
    with places_of(bus) as places:
        token = places.token
        places.post("/visit/open")
    bus.cut_power()
    days_ago(bus, 2)
    with Bus(bus.data, pin=bus.pin) as again, places_of(again, token, well=False) as places:
        fault = Fault("A visit was left open over night")
        fault.await_report("staff page, bar", places.staff_bar)
        fault.await_report("/metrics", lambda: places.metric("visit_open_days"))
        fault.await_report("kiosk doctor", lambda: places.doctor("open_visit"))
        assert fault.reports[1].said.endswith(" 2")
    fault.keep()


def checked_in(bus: Bus) -> None:
    for name in WAY:
        eventually(partial(tapped, bus, name), name)


def slip(places: Places) -> str | None:
    return places.element("number.slip")


def days_ago(bus: Bus, days: int) -> None:
    """Set back when the visit was opened, as if the box had been off since."""
    with closing(sqlite3.connect(Paths(bus.data).database)) as connection:
        (told,) = connection.execute("SELECT opened FROM visit").fetchone()
        opened = Moment.from_text(told)
        earlier = Moment("before", opened.boot_s, opened.wall - timedelta(days=days), trusted=True)
        connection.execute("UPDATE visit SET opened = ?", (earlier.as_text(),))
        connection.commit()
