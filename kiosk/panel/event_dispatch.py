"""Dispatch of journal events to the duties of printers, call displays and loudspeakers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import events
from kiosk.domain.device_events import SampleRequested, StickChanged
from kiosk.domain.stick import StickState
from kiosk.domain.undo_kind import CALLING
from kiosk.domain.visit_events import VisitClosed, VisitReopened
from kiosk.panel.call_display import CallDisplayDuty
from kiosk.panel.duties import each_of
from kiosk.panel.printer import PrinterDuty
from kiosk.panel.speaker import SpeakerDuty
from kiosk.service.queue_view import call_of, latest_calls

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.domain.ids import TicketId
    from kiosk.domain.moment import Moment
    from kiosk.panel.duties import PanelContext
    from kiosk.panel.duty import Duty
    from kiosk.service.queue_view import Call
    from kiosk.store.journal import Entry

MAX_AGE_S = 10.0
"""A call that happened longer ago, while the panel was away, is not announced any more."""

_ENDS_CALL = (
    events.ServiceStarted,
    events.TicketFinished,
    events.TicketMissed,
    events.TicketParked,
    events.TicketReturned,
    events.TicketTransferred,
    events.TicketWithdrawn,
)
"""The person has come or does not come: what has not been spoken yet need not be."""


class EventDispatch:
    """Tells each device of the events that concern it."""

    def __init__(self, context: PanelContext, duties: Mapping[str, Duty]) -> None:
        self._context = context
        self._printers = each_of(PrinterDuty, duties)
        self._displays = each_of(CallDisplayDuty, duties)
        self._speakers = each_of(SpeakerDuty, duties)

    def dispatch(self, entry: Entry) -> None:
        call, event = call_of(entry), entry.event
        if call:
            self._announce(call)
        elif isinstance(event, events.ActionUndone) and event.action in CALLING:
            self._cancel_call(event.ticket)
            self._show_latest()
        elif isinstance(event, _ENDS_CALL):
            self._cancel_call(event.ticket)
        elif isinstance(event, SampleRequested):
            self._play_sample(entry.moment)
        elif isinstance(event, StickChanged):
            self._signal_stick(StickState(event.state), entry.moment)
        elif isinstance(event, VisitClosed):
            self._end_visit()
        elif isinstance(event, VisitReopened):
            self._show_latest()

    def _announce(self, call: Call) -> None:
        if not self._is_fresh(call.moment):
            return
        for display in self._displays:
            display.show(call)
        for speaker in self._speakers:
            speaker.call(call)

    def _cancel_call(self, ticket: TicketId) -> None:
        for speaker in self._speakers:
            speaker.take_back(ticket)

    def _show_latest(self) -> None:
        if self._displays:
            newest = self._context.office.read(latest_calls, 1)
            for display in self._displays:
                display.show(newest[0] if newest else None)

    def _end_visit(self) -> None:
        for printer in self._printers:
            printer.forget()
        for speaker in self._speakers:
            speaker.forget()
        self._show_latest()  # the next visit may be open by now

    def _play_sample(self, wanted: Moment) -> None:
        for speaker in self._speakers if self._is_fresh(wanted) else ():
            speaker.self_test()

    def _signal_stick(self, state: StickState, since: Moment) -> None:
        """Sound for the end of a delivery: who plugged the stick has their back to the screen."""
        if state.ended and self._is_fresh(since):
            for speaker in self._speakers:
                speaker.signal(good=state.good)

    def _is_fresh(self, happened: Moment) -> bool:
        age_s = self._context.now().seconds_since(happened)
        return age_s is not None and age_s <= MAX_AGE_S
