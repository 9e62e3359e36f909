"""The panel: follows the journal and hands what happened to the devices, each in its own loop."""

from __future__ import annotations

import logging
import math
import time
from typing import TYPE_CHECKING

from kiosk.devices.loop import DeviceLoop, Pauses
from kiosk.domain.action import CALLING
from kiosk.domain.errors import KioskError
from kiosk.domain.events import (
    ActionUndone,
    CopyWanted,
    DeviceChanged,
    ServiceStarted,
    SheetWanted,
    SoundTried,
    TicketFinished,
    TicketMissed,
    TicketParked,
    TicketReturned,
    TicketTaken,
    TicketTransferred,
    TicketWithdrawn,
    VisitClosed,
)
from kiosk.panel.duties import Surroundings, duties_of
from kiosk.panel.printing import fail_late_paper, give_up_paper, settle_interrupted_paper
from kiosk.service import panel_state, volume
from kiosk.service.follower import Follower
from kiosk.service.paper import NoPaper
from kiosk.service.queue_view import call_of, latest_calls

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.device import Condition
    from kiosk.domain.events import TicketEvent
    from kiosk.domain.moment import Moment
    from kiosk.panel.devices import Devices
    from kiosk.service.queue_view import Call
    from kiosk.store.journal import Entry

REST_S = 0.2
"""So long nothing may have happened before the disk is tidied."""

LOOK_AFTER_EVERY_S = 5.0
"""How often at rest systemd hears that the loop runs, and hung devices are looked for."""

PAPER_EVERY_S, PAPER_PAUSE_S = 1.0, 30.0
"""How often wanted paper is looked at, and how long not after the disk has refused."""

CALL_PATIENCE_S = 10.0
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


class Panel:
    """One box's devices in their surroundings."""

    def __init__(
        self, around: Surroundings, devices: Devices, pauses: Pauses | None = None
    ) -> None:
        self._around = around
        self._duties = duties_of(devices, around)
        self._paper_due_s = 0.0
        self._residue = True  # a process killed while it closed a visit may have left some
        self._untidy = True
        self._stopping = False
        self._loops = [DeviceLoop(duty, self._tell, pauses or Pauses()) for duty in self._duties]
        office = around.office
        self._follower = Follower(office.database, office.read(panel_state.journal_position))

    def run(self, tick: Callable[[], None]) -> None:
        """Work until stopped; `tick` is called at least every `LOOK_AFTER_EVERY_S`.

        Raises `StoreError` when the database cannot be used any more.
        """
        settle_interrupted_paper(self._around.office, self._around.now())
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
        due_s = max(0.0, self._paper_due_s - time.monotonic())
        return min(due_s, REST_S if self._untidy else LOOK_AFTER_EVERY_S)

    def _look_after_paper(self) -> None:
        """While some is wanted: the printer's own loop may hang in a driver."""
        if time.monotonic() < self._paper_due_s:
            return
        try:
            wanted = fail_late_paper(self._around.office, self._around.now())
            self._paper_due_s = time.monotonic() + PAPER_EVERY_S if wanted else math.inf
        except KioskError as error:  # the disk, and no reason to end calls and buttons
            log.warning("Nobody can be told of late paper: %s", error)
            self._paper_due_s = time.monotonic() + PAPER_PAUSE_S

    def _take_configured_volume(self) -> None:
        if self._duties.speaking:
            configured = self._around.settings.speaker.volume_percent
            volume.take_configured(self._around.office, configured, self._around.now())

    def _tidy(self) -> None:
        """Use a moment of rest for the disk: what a closed visit deleted leaves the WAL too."""
        database = self._around.office.database
        if self._residue:
            self._residue = not database.forget_wal()
        else:
            database.tend()
        self._untidy = self._residue

    def _stop_loops(self) -> None:
        deadline_s = time.monotonic() + FAREWELL_S
        for loop in self._loops:
            loop.ask_to_stop()
        for loop in self._loops:
            loop.wait_for_end(max(0.0, deadline_s - time.monotonic()))

    def _hand_on(self, entries: list[Entry]) -> None:
        """Give everything to the devices; the place is kept before a call can be heard."""
        self._untidy |= bool(entries)
        if any(call_of(entry) for entry in entries):
            panel_state.save_journal_position(self._around.office, entries[-1].id)
        for entry in entries:
            call, event = call_of(entry), entry.event
            if call:
                self._announce(call)
            elif isinstance(event, ActionUndone) and event.action in CALLING:
                self._take_off(event)
            elif isinstance(event, _CALLED_NO_MORE):
                self._fall_silent(event)
            elif isinstance(event, SoundTried):
                self._try_sound(entry.moment)
            elif isinstance(event, TicketTaken | CopyWanted | SheetWanted):
                self._want_paper()
            elif isinstance(event, VisitClosed):
                self._close_down()

    def _close_down(self) -> None:
        self._residue = True
        if self._duties.printing:
            self._duties.printing.forget()
        if self._duties.speaking:
            self._duties.speaking.forget()
        self._show_latest()  # the next visit may be open by now

    def _take_off(self, undone: ActionUndone) -> None:
        """A call was a mistake: show the one before it again."""
        self._fall_silent(undone)
        self._show_latest()

    def _show_latest(self) -> None:
        if self._duties.showing:
            newest = self._around.office.read(latest_calls, 1)
            self._duties.showing.show(newest[0] if newest else None)

    def _fall_silent(self, event: TicketEvent) -> None:
        if self._duties.speaking:
            self._duties.speaking.take_back(event.ticket)

    def _try_sound(self, wanted: Moment) -> None:
        if self._duties.speaking and self._is_fresh(wanted):
            self._duties.speaking.try_out()

    def _is_fresh(self, happened: Moment) -> bool:
        age_s = self._around.now().seconds_since(happened)
        return age_s is not None and age_s <= CALL_PATIENCE_S

    def _announce(self, call: Call) -> None:
        if not self._is_fresh(call.moment):
            return
        if self._duties.showing:
            self._duties.showing.show(call)
        if self._duties.speaking:
            self._duties.speaking.call(call)

    def _want_paper(self) -> None:
        if self._duties.printing:
            self._paper_due_s = min(self._paper_due_s, time.monotonic() + PAPER_EVERY_S)
            self._duties.printing.wake.set()
        else:
            give_up_paper(self._around.office, NoPaper.NO_PRINTER, self._around.now())

    def _tell(self, device: str, condition: Condition) -> None:
        state = DeviceChanged(device, condition.troubles, condition.detail)
        panel_state.device_changed(self._around.office, state, self._around.now())
