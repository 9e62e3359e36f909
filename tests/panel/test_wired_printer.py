"""The panel with a real printer's driver on an emulated wire: what hangs out and what is told."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hardware.printer.dialogue import PATIENCE
from hardware.printer.families import families
from hardware.printer.serial import SerialPrinter
from hardware.serial_line import SerialLine
from kiosk import config
from kiosk.domain.events import DeviceChanged, SlipFailed, SlipPrinted
from kiosk.domain.moment import Moment
from kiosk.panel.device_loop import Pauses
from kiosk.panel.devices import Devices
from kiosk.panel.duties import Surroundings
from kiosk.panel.panel import Panel
from kiosk.service import front_desk, service_day
from kiosk.store import journal
from kiosk.texts import Texts
from tests.emulators.line import EmulatedLine, plugged_in
from tests.emulators.printer import EmulatedPrinter, Health
from tests.slip.reading import codes_in
from tests.town import GERMAN, JOBS, MARKET, TownClock
from tests.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.service.office import Office

FAMILY = families()["epson_tm"]


class Bus:
    """An open visit, a printer, and its plug."""

    def __init__(self, office: Office, line: EmulatedLine, far: EmulatedPrinter) -> None:
        self.office, self.line, self.far = office, line, far
        self.now = StillClock()
        service_day.open_visit(office, MARKET, None, self.now())

    def take(self) -> None:
        front_desk.take_ticket(self.office, JOBS, GERMAN, self.now())

    def told(self) -> list[str]:
        """Of each slip how it went, and each trouble of the printer."""
        with self.office.database.read() as connection:
            events = [entry.event for entry in journal.since(connection, 0)]
        told = []
        for event in events:
            match event:
                case SlipPrinted(_, number):
                    told.append(f"{number} printed")
                case SlipFailed(_, number, reason):
                    told.append(f"{number} {reason}")
                case DeviceChanged("printer", troubles):
                    told.append(" ".join(troubles) or "ready")
        return told

    def codes(self) -> list[list[str]]:
        """What a phone reads on each piece of paper."""
        return [codes_in(slip) for slip in self.far.slips]


class StillClock(TownClock):
    """Stands still: the panel looks at it as often as it likes."""

    def __call__(self) -> Moment:
        return Moment(f"boot-{self.boot}", self.boot_s, self.wall, self.trusted)


@contextmanager
def running(bus: Bus) -> Iterator[None]:
    line = SerialLine("printer", str(bus.line.port), FAMILY.baud)
    patience = replace(PATIENCE, look_s=0.3)
    devices = Devices(printer=SerialPrinter(line, FAMILY, 80, 576, patience))
    around = Surroundings(bus.office, bus.now, Texts.load(), config.Devices())
    panel = Panel(around, devices, Pauses(first_s=0.01, longest_s=0.05))
    stopping, looked = threading.Event(), threading.Event()
    thread = threading.Thread(target=panel.run, args=(stopping, looked.set))
    thread.start()
    try:
        assert looked.wait(10)
        yield
    finally:
        stopping.set()
        thread.join(20)
        assert not thread.is_alive()


@pytest.fixture
def bus(office: Office, tmp_path: Path) -> Iterator[Bus]:
    far = EmulatedPrinter(FAMILY)
    with plugged_in(far, tmp_path / "usb-EPSON") as line:
        yield Bus(office, line, far)


def test_a_plug_pulled_in_the_middle_costs_one_slip_and_mixes_no_two(bus: Bus) -> None:
    with running(bus):
        bus.line.faults.hangs_up_after = 20_000
        bus.take()
        eventually(lambda: "A-001 unconfirmed" in bus.told())
        bus.line.faults.hangs_up_after = None
        eventually(lambda: bus.told()[-1] == "absent")
        bus.line.pull()
        bus.line.plug_in()
        eventually(lambda: bus.told()[-1] == "ready")
        bus.take()
        eventually(lambda: "A-002 printed" in bus.told())
    assert [code for code in bus.codes() if code] == [["A-002"]]
    assert bus.far.faults == []


def test_an_empty_roll_in_the_middle_is_told_as_such_and_prints_nothing_late(bus: Bus) -> None:
    with running(bus):
        bus.far.health = Health(rows_left=300)
        bus.take()
        bus.take()
        eventually(lambda: "A-001 unconfirmed" in bus.told())
        eventually(lambda: "A-002 paper_out" in bus.told())
        eventually(lambda: bus.told()[-1] == "paper_out")
        bus.take()
        eventually(lambda: "A-003 paper_out" in bus.told())
        bus.far.mend()
        bus.take()
        eventually(lambda: "A-004 printed" in bus.told())
    assert "lost" not in bus.told()
    assert [code for code in bus.codes() if code] == [["A-004"]]


def test_a_jammed_cutter_is_told_as_a_fault(bus: Bus) -> None:
    with running(bus):
        bus.far.health = Health(cutter_jammed=True)
        bus.take()
        eventually(lambda: "A-001 fault" in bus.told())
        eventually(lambda: bus.told()[-1] == "fault")
    assert bus.far.slips == []
