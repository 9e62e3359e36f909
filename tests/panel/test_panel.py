"""The panel between a real database and stand-ins: what citizens hold, see and hear."""

from __future__ import annotations

import threading

import pytest

from hardware.printer.fake import FakePrinter
from hardware.printer.port import PrinterStatus
from kiosk import config
from kiosk.config.devices import Buttons, Speaker
from kiosk.domain.errors import Unknown
from kiosk.domain.events import DeviceChanged, SheetPrinted, SlipPrinted
from kiosk.panel.devices import Devices
from kiosk.panel.duties import Surroundings
from kiosk.panel.panel import Panel
from kiosk.service import panel_desk, queue_view, service_day
from kiosk.service.sheet_desk import SHEETS, want_sheet
from kiosk.service.slip_desk import SLIPS
from kiosk.store import journal
from tests.panel.bus import TEXTS, Bus, running
from tests.town import GERMAN, RENT, TENANTS, TURKISH
from tests.waiting import eventually

UNKNOWN_DESK = config.Devices(buttons=Buttons(next_desk="9"))
UNKNOWN_LANGUAGE = config.Devices(speaker=Speaker(languages=["xx"]))
READY_PRINTER = DeviceChanged("printer")


def test_every_ticket_gets_its_slip(bus: Bus) -> None:
    with running(bus):
        bus.take()
        bus.take(RENT)
        eventually(lambda: bus.slips() == [("A-001", "printed"), ("B-001", "printed")])
    assert [slip.width for slip in bus.printer.slips] == [576, 576]


def test_a_ticket_taken_just_before_the_panel_started_gets_its_slip(bus: Bus) -> None:
    bus.take()
    with running(bus):
        eventually(lambda: bus.slips() == [("A-001", "printed")])


def test_a_restart_prints_nothing_twice(bus: Bus) -> None:
    with running(bus):
        bus.take()
        eventually(lambda: len(bus.slips()) == 1)
    with running(bus):
        bus.take()
        eventually(lambda: len(bus.slips()) == 2)
    assert len(bus.printer.slips) == 2


def test_a_slip_that_a_crash_interrupted_is_not_printed_again(bus: Bus) -> None:
    bus.take()
    SLIPS.begin(bus.office, bus.now())
    with running(bus):
        eventually(lambda: bus.slips() == [("A-001", "unconfirmed")])
        bus.take()
        eventually(lambda: len(bus.slips()) == 2)
    assert len(bus.printer.slips) == 1


def test_paper_out_is_told_to_citizen_and_staff_and_over_when_there_is_paper(bus: Bus) -> None:
    with running(bus):
        eventually(lambda: bus.states("printer")[-1:] == [READY_PRINTER])
        bus.printer.reports = PrinterStatus.PAPER_OUT
        bus.take()
        eventually(lambda: bus.slips() == [("A-001", "paper_out")])
        eventually(lambda: bus.states("printer")[-1].troubles == ("paper_out",))
        bus.printer.reports = PrinterStatus.PAPER_LOW
        bus.take()
        eventually(lambda: bus.slips()[1:] == [("A-002", "printed")])
        eventually(lambda: bus.states("printer")[-1].troubles == ("paper_low",))
    assert bus.ready("printer") == [True, False, True]


def test_without_the_printer_the_citizen_is_told_at_once_and_calls_go_on(bus: Bus) -> None:
    bus.printer.plug.pull()
    with running(bus):
        bus.take()
        eventually(lambda: bus.slips() == [("A-001", "offline")])
        bus.call()
        eventually(lambda: bus.display.shown == ("A-001", "1"))
        bus.printer.plug.put_back()
        eventually(lambda: bus.states("printer")[-1:] == [READY_PRINTER])
        bus.take()
        eventually(lambda: bus.slips()[1:] == [("A-002", "printed")])
    assert len(bus.printer.slips) == 1


def test_a_printer_lost_in_the_middle_of_a_slip_prints_it_no_second_time(bus: Bus) -> None:
    with running(bus):
        eventually(lambda: bus.states("printer") != [])
        bus.printer.plug.pull()
        bus.printer.plug.put_back()
        bus.take()
        eventually(lambda: bus.slips() == [("A-001", "unconfirmed")])
        eventually(lambda: bus.ready("printer") == [True, False, True])
        bus.take()
        eventually(lambda: bus.slips()[1:] == [("A-002", "printed")])
    assert len(bus.printer.slips) == 1


class HangingPrinter(FakePrinter):
    """Swallows a slip and never answers."""

    def __init__(self) -> None:
        super().__init__()
        self.may_answer = threading.Event()

    def print_slip(self, _picture: object) -> None:
        self.may_answer.wait(10)


def test_a_printer_that_hangs_stops_neither_buttons_nor_calls(bus: Bus) -> None:
    bus.printer = HangingPrinter()
    with running(bus):
        eventually(lambda: bus.states("buttons") != [])
        bus.take()
        bus.call()
        bus.buttons.press("smiley.4")
        eventually(lambda: bus.display.shown == ("A-001", "1"))
        eventually(lambda: len(bus.speaker.heard) == 3)
        eventually(lambda: bus.scores() == [4])
        bus.printer.may_answer.set()


def test_a_box_without_printer_says_so_for_each_ticket(bus: Bus) -> None:
    with running(bus, Devices(call_display=bus.display)):
        bus.take()
        eventually(lambda: bus.slips() == [("A-001", "no_printer")])
    assert bus.states("printer") == []


def test_sheets_come_out_after_the_slips(bus: Bus) -> None:
    want_sheet(bus.office, TENANTS, TURKISH, bus.now())
    want_sheet(bus.office, TENANTS, GERMAN, bus.now())
    bus.take()
    with running(bus):
        eventually(lambda: bus.sheets() == ["printed", "printed"])
    kinds = [type(entry.event) for entry in bus.entries()]
    assert kinds.index(SlipPrinted) < kinds.index(SheetPrinted)
    assert len(bus.printer.slips) == 3


def test_a_sheet_that_a_crash_interrupted_is_not_printed_again(bus: Bus) -> None:
    want_sheet(bus.office, TENANTS, TURKISH, bus.now())
    SHEETS.begin(bus.office, bus.now())
    with running(bus):
        eventually(lambda: bus.sheets() == ["unconfirmed"])
        want_sheet(bus.office, TENANTS, TURKISH, bus.now())
        eventually(lambda: bus.sheets() == ["unconfirmed", "printed"])
    assert len(bus.printer.slips) == 1


def test_nobody_waits_for_a_sheet_from_a_box_without_paper(bus: Bus) -> None:
    with running(bus):
        eventually(lambda: bus.states("printer")[-1:] == [READY_PRINTER])
        bus.printer.reports = PrinterStatus.PAPER_OUT
        want_sheet(bus.office, TENANTS, TURKISH, bus.now())
        eventually(lambda: bus.sheets() == ["paper_out"])
    with running(bus, Devices(call_display=bus.display)):
        want_sheet(bus.office, TENANTS, TURKISH, bus.now())
        eventually(lambda: bus.sheets() == ["paper_out", "no_printer"])


def test_no_picture_of_a_slip_is_kept_when_the_visit_is_over(bus: Bus) -> None:
    bus.take()
    with running(bus):
        eventually(lambda: len(bus.printer.slips) == 1)
        service_day.close_visit(bus.office, bus.now(), force=True)
        eventually(lambda: len(bus.printer.slips) == 0)


def test_the_journal_tells_a_device_only_when_it_changes(bus: Bus) -> None:
    for run in (1, 2):
        bus.take()
        with running(bus):
            eventually(lambda: len(bus.slips()) == run)  # noqa: B023 - asked within this run
            eventually(lambda: len(queue_view.device_states(bus.office, bus.now())) == 5)
    assert [len(bus.states(device)) for device in ("printer", "buttons", "lamp")] == [1, 1, 1]


def test_a_desk_or_language_that_does_not_exist_is_refused_at_the_start(bus: Bus) -> None:
    for settings in (UNKNOWN_DESK, UNKNOWN_LANGUAGE):
        with pytest.raises(Unknown):
            Panel(Surroundings(bus.office, bus.now, TEXTS, settings), bus.devices())


def test_after_a_power_cut_a_device_is_unknown_until_it_has_told(bus: Bus) -> None:
    with running(bus):
        eventually(lambda: bus.states("printer") == [READY_PRINTER])
    bus.now.cut_power()
    assert queue_view.device_states(bus.office, bus.now()) == {}
    with running(bus):
        eventually(lambda: bus.states("printer") == [READY_PRINTER] * 2)


def test_a_device_that_flickers_hides_no_other(bus: Bus) -> None:
    panel_desk.device_changed(bus.office, READY_PRINTER, bus.now())
    with bus.office.database.write() as connection:
        for n in range(1100):
            state = DeviceChanged("speaker", detail=str(n))
            journal.append(connection, state, bus.now(), visit=None)
    service_day.close_visit(bus.office, bus.now())
    assert queue_view.device_states(bus.office, bus.now())["printer"] == READY_PRINTER
