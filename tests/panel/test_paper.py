"""Slips and sheets between a real database and a stand-in: what comes out, and what is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hardware.trouble import Trouble
from kiosk.domain.paper_events import (
    SheetPrinted,
    SlipPrinted,
)
from kiosk.service import queue_view, visits
from kiosk.service.office import Office
from kiosk.service.paper import PAPER_MAX_AGE_S
from kiosk.service.sheets import SHEETS, SheetRequest, want_sheet
from kiosk.service.slips import SLIPS
from kiosk.store import database
from tests.panel.bus import READY_PRINTER, Bus, HangingPrinter, running
from tests.town import GERMAN, RENT, TENANTS, TOWN, TURKISH
from tests.waiting import PATIENCE_S, eventually

if TYPE_CHECKING:
    import pytest


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


def test_paper_out_is_shown_to_citizen_and_staff_until_paper_is_there(bus: Bus) -> None:
    with running(bus):
        eventually(lambda: bus.states("printer")[-1:] == [READY_PRINTER])
        bus.printer.reports = Trouble.PAPER_OUT
        bus.take()
        eventually(lambda: bus.slips() == [("A-001", "paper_out")])
        eventually(lambda: bus.states("printer")[-1].troubles == ("paper_out",))
        bus.printer.reports = Trouble.PAPER_LOW
        bus.take()
        eventually(lambda: bus.slips()[1:] == [("A-002", "printed")])
        eventually(lambda: bus.states("printer")[-1].troubles == ("paper_low",))
    assert bus.ready("printer") == [True, False, True]


def test_without_the_printer_the_citizen_learns_at_once_and_calls_continue(bus: Bus) -> None:
    bus.printer.plug.pull()
    with running(bus):
        bus.take()
        eventually(lambda: bus.slips() == [("A-001", "absent")])
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


def test_a_box_without_printer_says_so_for_each_ticket(bus: Bus) -> None:
    with running(bus, {"call_display": bus.display}):
        bus.take()
        eventually(lambda: bus.slips() == [("A-001", "no_printer")])
    assert bus.states("printer") == []


def test_sheets_come_out_after_the_slips(bus: Bus) -> None:
    want_sheet(bus.office, SheetRequest(TENANTS, TURKISH), bus.now())
    want_sheet(bus.office, SheetRequest(TENANTS, GERMAN), bus.now())
    bus.take()
    with running(bus):
        eventually(lambda: bus.sheets() == ["printed", "printed"])
    kinds = [type(entry.event) for entry in bus.entries()]
    assert kinds.index(SlipPrinted) < kinds.index(SheetPrinted)
    assert len(bus.printer.slips) == 3


def test_a_sheet_that_a_crash_interrupted_is_not_printed_again(bus: Bus) -> None:
    want_sheet(bus.office, SheetRequest(TENANTS, TURKISH), bus.now())
    SHEETS.begin(bus.office, bus.now())
    with running(bus):
        eventually(lambda: bus.sheets() == ["unconfirmed"])
        want_sheet(bus.office, SheetRequest(TENANTS, TURKISH), bus.now())
        eventually(lambda: bus.sheets() == ["unconfirmed", "printed"])
    assert len(bus.printer.slips) == 1


def test_a_sheet_fails_at_once_without_paper(bus: Bus) -> None:
    with running(bus):
        eventually(lambda: bus.states("printer")[-1:] == [READY_PRINTER])
        bus.printer.reports = Trouble.PAPER_OUT
        want_sheet(bus.office, SheetRequest(TENANTS, TURKISH), bus.now())
        eventually(lambda: bus.sheets() == ["paper_out"])
    with running(bus, {"call_display": bus.display}):
        want_sheet(bus.office, SheetRequest(TENANTS, TURKISH), bus.now())
        eventually(lambda: bus.sheets() == ["paper_out", "no_printer"])


def test_no_picture_of_a_slip_is_kept_when_the_visit_is_over(bus: Bus) -> None:
    bus.take()
    with running(bus):
        eventually(lambda: len(bus.printer.slips) == 1)
        visits.close_visit(bus.office, bus.now(), expected=None)
        eventually(lambda: len(bus.printer.slips) == 0)


def test_slips_fail_while_the_printer_hangs(bus: Bus) -> None:
    bus.printer = printer = HangingPrinter()
    with running(bus):
        bus.take()
        assert printer.asked.wait(PATIENCE_S)
        bus.take()
        want_sheet(bus.office, SheetRequest(TENANTS, TURKISH), bus.now())
        bus.now.pass_s(PAPER_MAX_AGE_S + 1)
        eventually(lambda: bus.slips() == [("A-002", "too_late")])
        eventually(lambda: bus.sheets() == ["too_late"])
        printer.may_answer.set()
        eventually(lambda: bus.slips()[1:] == [("A-001", "printed")])


def test_a_slip_whose_end_could_not_be_written_down_is_settled_when_it_can(
    bus: Bus, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 1.0)
    bus.printer = printer = HangingPrinter()
    elsewhere = database.connect(bus.office.database.path)
    with running(bus):
        eventually(lambda: len(bus.office.read(queue_view.device_states, bus.now())) == 5)
        bus.take()
        assert printer.asked.wait(PATIENCE_S)
        elsewhere.execute("BEGIN IMMEDIATE")
        printer.may_answer.set()
        eventually(lambda: "printer: It reports a fault" in caplog.text)
        assert bus.slips() == []
        elsewhere.execute("ROLLBACK")
        eventually(lambda: bus.slips() == [("A-001", "unconfirmed")])
        eventually(lambda: bus.states("printer")[-1:] == [READY_PRINTER])
    elsewhere.close()


def test_a_panel_survives_a_busy_database_at_rest(
    bus: Bus, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 1.0)
    caplog.set_level("INFO")
    elsewhere = database.connect(bus.office.database.path)
    with running(bus):
        eventually(lambda: len(bus.office.read(queue_view.device_states, bus.now())) == 5)
        visits.close_visit(bus.office, bus.now())
        elsewhere.execute("BEGIN IMMEDIATE")
        eventually(lambda: "folded later" in caplog.text)
        elsewhere.execute("ROLLBACK")
        visits.open_visit(bus.office, None, None, bus.now())
        bus.take()
        eventually(lambda: bus.slips() == [("A-001", "printed")])
    elsewhere.close()


def test_a_slip_of_an_orphaned_topic_is_printed(bus: Bus) -> None:
    bus.take(RENT)
    bus.take()
    topics = tuple(topic for topic in TOWN.topics if topic.id != RENT)
    bus.office = Office(bus.office.database, replace(TOWN, topics=topics))
    with running(bus):
        eventually(lambda: bus.slips() == [("B-001", "printed"), ("A-001", "printed")])
    assert bus.ready("printer") == [True]
