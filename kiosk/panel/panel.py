"""Panel process: follows the journal, dispatches its events to the devices, each in its loop."""

from __future__ import annotations

import logging
import math
import time
from typing import TYPE_CHECKING, Any

from kiosk.domain.device_events import DeviceChanged
from kiosk.domain.errors import (
    KioskError,
)
from kiosk.domain.events import (
    TicketTaken,
)
from kiosk.domain.paper_events import (
    CopyWanted,
    ReminderWanted,
    SheetWanted,
)
from kiosk.panel.device_loop import DeviceLoop, Pauses
from kiosk.panel.duties import PanelContext, duties_of, each_of
from kiosk.panel.event_dispatch import EventDispatch
from kiosk.panel.printer import (
    PrinterDuty,
    give_up_paper,
    queues_of,
    settle_interrupted_paper,
)
from kiosk.panel.speaker import SpeakerDuty
from kiosk.panel.wal_upkeep import WalUpkeep, log_unwritable
from kiosk.service import panel_state, volume
from kiosk.service.doors import EVERY_QUEUE, fail_late_paper
from kiosk.service.follower import Follower
from kiosk.service.paper import NoPaper
from kiosk.service.queue_view import call_of
from kiosk.settings.config.devices import PrinterSettings, SpeakerSettings
from kiosk.system.heartbeat import BEAT_EVERY_S

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kiosk.domain.device_condition import Condition
    from kiosk.store.journal import Entry

PAPER_EVERY_S, PAPER_PAUSE_S = 1.0, 30.0
"""How often wanted paper is looked at, and how long not after the disk has refused."""

STOP_WITHIN_S = 3.0
"""How long all devices together may take to finish when the process is told to stop."""

log = logging.getLogger(__name__)


class Panel:
    """One box's devices; `drivers` has one for each that is there, by its name."""

    def __init__(
        self, context: PanelContext, drivers: Mapping[str, Any], pauses: Pauses | None = None
    ) -> None:
        self._context = context
        self._duties = duties_of(drivers, context)
        self._printers = each_of(PrinterDuty, self._duties)
        printers = context.settings.of(PrinterSettings)
        working = {n: printers[n] for n, one in self._duties.items() if one in self._printers}
        self._unprinted = queues_of(None, working, context.office.profile)
        self._devices = EventDispatch(context, self._duties)
        self._wal = WalUpkeep(context.office.database)
        self._paper_due_s = 0.0
        self._stopping = False
        self._loops = [
            DeviceLoop(name, duty, self._report, pauses or Pauses())
            for name, duty in self._duties.items()
        ]
        office = context.office
        self._follower = Follower(office.database, office.read(panel_state.journal_position))

    def run(self, tick: Callable[[], None]) -> None:
        """Work until stopped; `tick` is called at least every `BEAT_EVERY_S`.

        Raises `StoreError` when the database cannot be used any more.
        """
        with log_unwritable("what became of paper before"):
            settle_interrupted_paper(EVERY_QUEUE, self._context.office, self._context.now())
        with log_unwritable("the configured volume"):
            self._take_configured_volume()
        for loop in self._loops:
            loop.start()
        try:
            while not self._stopping:
                tick()
                for loop in self._loops:
                    loop.check_progress()
                self._check_paper()
                happened = self._follower.wait(self._rest_s())
                self._handle(happened)
                if not happened:
                    self._wal.run()
        finally:
            self._follower.close()
            self._stop_loops()

    def stop(self) -> None:
        """End `run`; from any thread or signal handler."""
        self._stopping = True
        self._follower.interrupt()

    def _rest_s(self) -> float:
        due_s = max(0.0, self._paper_due_s - time.monotonic())
        return min(due_s, self._wal.rest_s(BEAT_EVERY_S))

    def _check_paper(self) -> None:
        """While some is wanted: the printer's own loop may hang in a driver."""
        if time.monotonic() < self._paper_due_s:
            return
        try:
            wanted = fail_late_paper(self._context.office, self._context.now())
            self._paper_due_s = time.monotonic() + PAPER_EVERY_S if wanted else math.inf
        except KioskError as error:  # the disk, and no reason to end calls and buttons
            log.warning("Late paper cannot be failed: %s", error)
            self._paper_due_s = time.monotonic() + PAPER_PAUSE_S

    def _take_configured_volume(self) -> None:
        if each_of(SpeakerDuty, self._duties):
            configured = self._context.settings.first(SpeakerSettings).volume_percent
            volume.apply_configured(self._context.office, configured, self._context.now())

    def _stop_loops(self) -> None:
        deadline_s = time.monotonic() + STOP_WITHIN_S
        for loop in self._loops:
            loop.ask_to_stop()
        for loop in self._loops:
            loop.wait_for_end(max(0.0, deadline_s - time.monotonic()))

    def _handle(self, entries: list[Entry]) -> None:
        """Give everything to the devices; the place is kept before a call can be heard."""
        self._wal.note(entries)
        if any(call_of(entry) for entry in entries):
            with log_unwritable("how far the journal is read"):
                panel_state.save_journal_position(self._context.office, entries[-1].id)
        for entry in entries:
            if isinstance(entry.event, TicketTaken | CopyWanted | ReminderWanted | SheetWanted):
                self._want_paper()
            else:
                self._devices.dispatch(entry)

    def _want_paper(self) -> None:
        if self._printers:
            self._paper_due_s = min(self._paper_due_s, time.monotonic() + PAPER_EVERY_S)
            for printer in self._printers:
                printer.wake.set()
        if self._unprinted:
            now = self._context.now()
            with log_unwritable("that there is no printer"):
                give_up_paper(self._unprinted, self._context.office, NoPaper.NO_PRINTER, now)

    def _report(self, device: str, condition: Condition) -> None:
        kind = self._context.settings[device].kind
        state = DeviceChanged(device, condition.troubles, condition.detail, kind)
        panel_state.device_changed(self._context.office, state, self._context.now())
