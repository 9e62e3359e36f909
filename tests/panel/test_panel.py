"""The panel between a real database and stand-ins: what citizens hold, see and hear."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from kiosk.domain.device_events import DeviceChanged
from kiosk.panel import wal_upkeep
from kiosk.service import panel_state, queue_view, visits
from kiosk.store import journal
from tests.panel.bus import READY_PRINTER, Bus, HangingPrinter, running
from tests.waiting import eventually

if TYPE_CHECKING:
    import pytest


def test_after_some_rest_all_that_happened_is_in_the_file_itself(
    bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def folded() -> int:
        """The tickets that are there without the write-ahead log."""
        path = f"file:{bus.office.database.path}?immutable=1"
        with closing(sqlite3.connect(path, uri=True)) as connection:
            if not connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
                return 0
            return int(connection.execute("SELECT count(*) FROM ticket").fetchone()[0])

    monkeypatch.setattr(wal_upkeep, "FOLD_EVERY_S", 0.5)
    with running(bus):
        eventually(lambda: bus.states("printer") == [READY_PRINTER])
        bus.take()
        eventually(lambda: folded() == 1, "the ticket in the file")


def test_a_printer_that_hangs_stops_neither_buttons_nor_calls(bus: Bus) -> None:
    bus.printer = printer = HangingPrinter()
    with running(bus):
        eventually(lambda: bus.states("buttons") != [])
        bus.take()
        bus.call()
        bus.buttons.press("smiley.4")
        eventually(lambda: bus.display.shown == ("A-001", "1"))
        eventually(lambda: len(bus.speaker.heard) == 3)
        eventually(lambda: bus.scores() == [4])
        printer.may_answer.set()


def test_the_journal_reports_a_device_only_when_it_changes(bus: Bus) -> None:
    for run in (1, 2):
        bus.take()
        with running(bus):
            eventually(lambda: len(bus.slips()) == run)  # noqa: B023 - asked within this run
            eventually(lambda: len(bus.office.read(queue_view.device_states, bus.now())) == 5)
    assert [len(bus.states(device)) for device in ("printer", "buttons", "lamp")] == [1, 1, 1]


def test_after_a_power_cut_a_device_is_unknown_until_it_reports(bus: Bus) -> None:
    with running(bus):
        eventually(lambda: bus.states("printer") == [READY_PRINTER])
    bus.now.cut_power()
    assert bus.office.read(queue_view.device_states, bus.now()) == {}
    with running(bus):
        eventually(lambda: bus.states("printer") == [READY_PRINTER] * 2)


def test_a_device_that_flickers_hides_no_other(bus: Bus) -> None:
    panel_state.device_changed(bus.office, READY_PRINTER, bus.now())
    with bus.office.database.write() as connection:
        for n in range(1100):
            state = DeviceChanged("speaker", detail=str(n))
            journal.append(connection, state, bus.now(), visit=None)
    visits.close_visit(bus.office, bus.now())
    assert bus.office.read(queue_view.device_states, bus.now())["printer"] == READY_PRINTER


def test_a_removed_device_is_no_longer_reported(bus: Bus) -> None:
    for name in ("printer", "counter"):
        panel_state.device_changed(bus.office, DeviceChanged(name, kind="printer"), bus.now())
    panel_state.save_settings(bus.office, "{}", ["printer"])
    assert list(bus.office.read(queue_view.device_states, bus.now())) == ["printer"]
