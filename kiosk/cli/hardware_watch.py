"""Lines of `kiosk hardware watch`: what happens at the wires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.devices.technician_words import sentence_of
from kiosk.domain.device_events import ButtonsTried, DeviceChanged, KeyPressed, VolumeChanged
from kiosk.domain.events import (
    ActionUndone,
    AppointmentCheckedIn,
    CodeRefused,
    FeedbackGiven,
    TicketTaken,
)
from kiosk.domain.paper_events import (
    CopyFailed,
    CopyPrinted,
    ReminderFailed,
    ReminderPrinted,
    SheetFailed,
    SheetPrinted,
    SlipFailed,
    SlipPrinted,
)
from kiosk.domain.undo_kind import CALLING
from kiosk.service.queue_view import call_of

if TYPE_CHECKING:
    from kiosk.domain.events import Event
    from kiosk.store.journal import Entry


def line_of(entry: Entry) -> str | None:
    """The line for an entry of the journal; None for what concerns no wire."""
    call = call_of(entry)
    if call:
        return f"call: {call.number} to desk {call.desk}"
    return _of_paper(entry.event) or _of_hands(entry.event)


def _of_paper(event: Event) -> str | None:
    line: str | None = None
    match event:
        case SlipPrinted(_, number):
            line = f"printer: slip {number} printed"
        case SlipFailed(_, number, reason):
            line = f"printer: no slip for {number}: {_plain(reason)}"
        case CopyPrinted(_, number):
            line = f"printer: copy of {number} printed"
        case CopyFailed(_, number, _, reason):
            line = f"printer: no copy of {number}: {_plain(reason)}"
        case ReminderPrinted():
            line = "printer: reminder printed"
        case ReminderFailed(reason=reason):
            line = f"printer: no reminder: {_plain(reason)}"
        case SheetPrinted():
            line = "printer: information sheet printed"
        case SheetFailed(reason=reason):
            line = f"printer: no information sheet: {_plain(reason)}"
    return line


def _of_hands(event: Event) -> str | None:
    line: str | None = None
    match event:
        case DeviceChanged(device):
            line = f"{device}: {sentence_of(event.condition)}"
        case TicketTaken(_, number):
            line = f"taken: {number}, at the glass or a desk"
        case ActionUndone(action=action) if action in CALLING:
            line = "call: taken back"
        case AppointmentCheckedIn(_, number):
            line = f"checked in: {number}, on glass, scanner or at a desk"
        case CodeRefused(reason):
            line = f"scanner: refused, {_plain(reason)}"
        case FeedbackGiven():
            line = "a smiley was pressed, on glass or button"
        case KeyPressed(key):
            line = f"buttons: key {key} for the glass"
        case ButtonsTried(running):
            line = "smileys: staff try the buttons, none counts" if running else "smileys: count"
        case VolumeChanged(percent):
            line = f"speaker: calls are spoken at {percent} %"
    return line


def _plain(reason: str) -> str:
    return reason.replace("_", " ")
