"""Panel process: follows the journal, hands what happened to the devices, each in its own loop."""

from __future__ import annotations

import logging
import math
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kiosk.domain.errors import (
    KioskError,
)
from kiosk.domain.events import (
    ActionUndone,
    DeviceChanged,
    SampleRequested,
    ServiceStarted,
    StickChanged,
    TicketFinished,
    TicketMissed,
    TicketParked,
    TicketReturned,
    TicketTaken,
    TicketTransferred,
    TicketWithdrawn,
)
from kiosk.domain.paper_events import (
    CopyWanted,
    ReminderWanted,
    SheetWanted,
)
from kiosk.domain.stick import StickState
from kiosk.domain.undo_kind import CALLING
from kiosk.domain.visit_events import VisitClosed, VisitCounted, VisitReopened
from kiosk.panel.call_display import CallDisplayDuty
from kiosk.panel.device_loop import DeviceLoop, Pauses
from kiosk.panel.duties import PanelContext, duties_of, each_of
from kiosk.panel.printer import (
    PrinterDuty,
    give_up_paper,
    queues_of,
    settle_interrupted_paper,
)
from kiosk.panel.speaker import SpeakerDuty
from kiosk.service import panel_state, volume
from kiosk.service.doors import EVERY_QUEUE, fail_late_paper
from kiosk.service.follower import Follower
from kiosk.service.paper import NoPaper
from kiosk.service.queue_view import call_of, latest_calls
from kiosk.settings.config.devices import PrinterSettings, SpeakerSettings
from kiosk.store.errors import UNWRITABLE, DatabaseBusy
from kiosk.system.heartbeat import BEAT_EVERY_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kiosk.domain.device_condition import Condition
    from kiosk.domain.events import (
        TicketEvent,
    )
    from kiosk.domain.moment import Moment
    from kiosk.service.queue_view import Call
    from kiosk.store.journal import Entry

REST_S = 0.2
"""So long nothing may have happened before the disk is tidied."""

FOLD_EVERY_S = 60.0
"""So much of a day a damaged sector in the WAL can take at most; each time costs some syncs."""

PAPER_EVERY_S, PAPER_PAUSE_S = 1.0, 30.0
"""How often wanted paper is looked at, and how long not after the disk has refused."""

NEWS_MAX_AGE_S = 10.0
"""A call that happened longer ago, while the panel was away, is not announced any more."""

_CALLED_NO_MORE = (
    ServiceStarted,
    TicketFinished,
    TicketMissed,
    TicketParked,
    TicketReturned,
    TicketTransferred,
    TicketWithdrawn,
)
"""The person has come or does not come: what has not been spoken yet need not be."""

FAREWELL_S = 3.0
"""How long all devices together may take to finish when the process is told to stop."""

log = logging.getLogger(__name__)


@contextmanager
def disk_may_refuse(what: str) -> Iterator[None]:
    """What cannot be stored now is no reason to end calls and buttons."""
    try:
        yield
    except UNWRITABLE as error:
        log.warning("Not kept: %s: %s", what, error)


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
        self._displays = each_of(CallDisplayDuty, self._duties)
        self._speakers = each_of(SpeakerDuty, self._duties)
        self._paper_due_s = 0.0
        self._residue = True  # a process killed while it closed a visit may have left some
        self._untidy = True
        self._fold_due_s = math.inf
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
        with disk_may_refuse("what became of paper before"):
            settle_interrupted_paper(EVERY_QUEUE, self._context.office, self._context.now())
        with disk_may_refuse("the configured volume"):
            self._take_configured_volume()
        for loop in self._loops:
            loop.start()
        try:
            while not self._stopping:
                tick()
                for loop in self._loops:
                    loop.look_after()
                self._look_after_paper()
                happened = self._follower.wait(self._rest_s())
                self._hand_on(happened)
                if not happened:
                    self._tidy()
        finally:
            self._follower.close()
            self._stop_loops()

    def stop(self) -> None:
        """End `run`; from any thread or signal handler."""
        self._stopping = True
        self._follower.interrupt()

    def _rest_s(self) -> float:
        due_s = max(0.0, min(self._paper_due_s, self._fold_due_s) - time.monotonic())
        return min(due_s, REST_S if self._untidy else BEAT_EVERY_S)

    def _look_after_paper(self) -> None:
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
        if self._speakers:
            configured = self._context.settings.first(SpeakerSettings).volume_percent
            volume.take_configured(self._context.office, configured, self._context.now())

    def _tidy(self) -> None:
        """Use a moment of rest for the disk: what a closed visit deleted leaves the WAL too."""
        self._untidy = False
        with disk_may_refuse("the write-ahead log, folded into the database"):
            try:
                self._fold()
            except DatabaseBusy:
                log.info("The write-ahead log is folded later: another process writes.")
                self._untidy = True

    def _fold(self) -> None:
        database = self._context.office.database
        if self._residue:
            self._residue = self._untidy = not database.truncate_wal()
        elif time.monotonic() >= self._fold_due_s:
            self._fold_due_s = time.monotonic() + FOLD_EVERY_S
            database.fold_wal()
            self._fold_due_s = math.inf
        else:
            database.checkpoint()

    def _stop_loops(self) -> None:
        deadline_s = time.monotonic() + FAREWELL_S
        for loop in self._loops:
            loop.ask_to_stop()
        for loop in self._loops:
            loop.wait_for_end(max(0.0, deadline_s - time.monotonic()))

    def _hand_on(self, entries: list[Entry]) -> None:
        """Give everything to the devices; the place is kept before a call can be heard."""
        self._soil(entries)
        if any(call_of(entry) for entry in entries):
            with disk_may_refuse("how far the journal is read"):
                panel_state.save_journal_position(self._context.office, entries[-1].id)
        for entry in entries:
            call, event = call_of(entry), entry.event
            if call:
                self._announce(call)
            elif isinstance(event, ActionUndone) and event.action in CALLING:
                self._take_off(event)
            elif isinstance(event, _CALLED_NO_MORE):
                self._fall_silent(event)
            elif isinstance(event, SampleRequested):
                self._play_sample(entry.moment)
            elif isinstance(event, StickChanged):
                self._signal_stick(StickState(event.state), entry.moment)
            elif isinstance(event, TicketTaken | CopyWanted | ReminderWanted | SheetWanted):
                self._want_paper()
            else:
                self._follow_visit(event)

    def _follow_visit(self, event: object) -> None:
        if isinstance(event, VisitClosed):
            self._close_down()
        elif isinstance(event, VisitReopened):
            self._show_latest()

    def _soil(self, entries: list[Entry]) -> None:
        """There is something to tidy: soon, and within a minute all of it."""
        self._untidy |= bool(entries)
        self._residue |= any(isinstance(e.event, VisitClosed | VisitCounted) for e in entries)
        if entries and self._fold_due_s == math.inf:
            self._fold_due_s = time.monotonic() + FOLD_EVERY_S

    def _close_down(self) -> None:
        for printer in self._printers:
            printer.forget()
        for speaker in self._speakers:
            speaker.forget()
        self._show_latest()  # the next visit may be open by now

    def _take_off(self, undone: ActionUndone) -> None:
        """A call was a mistake: show the one before it again."""
        self._fall_silent(undone)
        self._show_latest()

    def _show_latest(self) -> None:
        if self._displays:
            newest = self._context.office.read(latest_calls, 1)
            for display in self._displays:
                display.show(newest[0] if newest else None)

    def _fall_silent(self, event: TicketEvent) -> None:
        for speaker in self._speakers:
            speaker.take_back(event.ticket)

    def _play_sample(self, wanted: Moment) -> None:
        for speaker in self._speakers if self._is_fresh(wanted) else ():
            speaker.self_test()

    def _signal_stick(self, state: StickState, since: Moment) -> None:
        """Whoever plugged it has their back to the screen; what is only begun makes no sound."""
        if state.ended and self._is_fresh(since):
            for speaker in self._speakers:
                speaker.signal(good=state.good)

    def _is_fresh(self, happened: Moment) -> bool:
        age_s = self._context.now().seconds_since(happened)
        return age_s is not None and age_s <= NEWS_MAX_AGE_S

    def _announce(self, call: Call) -> None:
        if not self._is_fresh(call.moment):
            return
        for display in self._displays:
            display.show(call)
        for speaker in self._speakers:
            speaker.call(call)

    def _want_paper(self) -> None:
        if self._printers:
            self._paper_due_s = min(self._paper_due_s, time.monotonic() + PAPER_EVERY_S)
            for printer in self._printers:
                printer.wake.set()
        if self._unprinted:
            now = self._context.now()
            with disk_may_refuse("that there is no printer"):
                give_up_paper(self._unprinted, self._context.office, NoPaper.NO_PRINTER, now)

    def _report(self, device: str, condition: Condition) -> None:
        kind = self._context.settings[device].kind
        state = DeviceChanged(device, condition.troubles, condition.detail, kind)
        panel_state.device_changed(self._context.office, state, self._context.now())
