"""The panel with a real printer's driver on an emulated wire: what hangs out and what is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from hardware.printer.dialogue import TIMEOUTS
from hardware.printer.families import families
from hardware.printer.serial import SerialPrinter
from hardware.serial_line import SerialLine
from kiosk.domain.device_events import DeviceChanged
from kiosk.domain.paper_events import (
    SlipFailed,
    SlipPrinted,
)
from kiosk.service import visits
from tests.drawing.paper.reading import codes_in
from tests.emulators.line import EmulatedLine, plugged_in
from tests.emulators.printer import EmulatedPrinter, Health
from tests.panel.bus import Bus, Drivers, running
from tests.town import MARKET
from tests.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.service.office import Office

FAMILY = families()["epson_tm"]


@dataclass(kw_only=True)
class WiredBus(Bus):
    """A bus with nothing but a printer, and its plug."""

    line: EmulatedLine
    far: EmulatedPrinter

    def drivers(self) -> Drivers:
        line = SerialLine("printer", str(self.line.port), FAMILY.baud)
        patience = replace(TIMEOUTS, look_s=0.3)
        return {"printer": SerialPrinter(line, FAMILY, 80, 576, patience)}

    def report_lines(self) -> list[str]:
        """Of each slip how it went, and each trouble of the printer."""
        told = []
        for event in (entry.event for entry in self.entries()):
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


@pytest.fixture
def bus(office: Office, tmp_path: Path) -> Iterator[WiredBus]:
    far = EmulatedPrinter(FAMILY)
    with plugged_in(far, tmp_path / "usb-EPSON") as line:
        bus = WiredBus(office, line=line, far=far)
        visits.open_visit(office, MARKET, None, bus.now())
        yield bus


def test_a_plug_pulled_in_the_middle_costs_one_slip_and_mixes_no_two(bus: WiredBus) -> None:
    with running(bus):
        bus.line.faults.hangs_up_after = 20_000
        bus.take()
        eventually(lambda: "A-001 unconfirmed" in bus.report_lines())
        bus.line.faults.hangs_up_after = None
        eventually(lambda: bus.report_lines()[-1] == "absent")
        bus.line.pull()
        bus.line.plug_in()
        eventually(lambda: bus.report_lines()[-1] == "ready")
        bus.take()
        eventually(lambda: "A-002 printed" in bus.report_lines())
    assert [code for code in bus.codes() if code] == [["A-002"]]
    assert bus.far.faults == []


def test_an_empty_roll_amid_a_slip_is_reported_and_prints_nothing_late(bus: WiredBus) -> None:
    with running(bus):
        bus.far.health = Health(rows_left=300)
        bus.take()
        bus.take()
        eventually(lambda: "A-001 unconfirmed" in bus.report_lines())
        eventually(lambda: "A-002 paper_out" in bus.report_lines())
        eventually(lambda: bus.report_lines()[-1] == "paper_out")
        bus.take()
        eventually(lambda: "A-003 paper_out" in bus.report_lines())
        bus.far.mend()
        bus.take()
        eventually(lambda: "A-004 printed" in bus.report_lines())
    assert "lost" not in bus.report_lines()
    assert [code for code in bus.codes() if code] == [["A-004"]]


def test_a_jammed_cutter_is_reported_as_a_fault(bus: WiredBus) -> None:
    with running(bus):
        bus.far.health = Health(cutter_jammed=True)
        bus.take()
        eventually(lambda: "A-001 fault" in bus.report_lines())
        eventually(lambda: bus.report_lines()[-1] == "fault")
    assert bus.far.slips == []
