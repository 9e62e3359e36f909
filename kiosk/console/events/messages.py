"""Server-sent events of a journal entry: one for staff, one for the public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from kiosk.domain.device_events import KeyPressed, SampleRequested
from kiosk.domain.events import (
    ActionUndone,
    DeskChanged,
    FeedbackGiven,
    FeedbackTakenBack,
    PriorityChanged,
    ServiceStarted,
    TicketCalled,
    TicketFinished,
    TicketMissed,
    TicketParked,
    TicketPutBack,
    TicketReturned,
    TicketsImported,
    TicketTaken,
    TicketTransferred,
    TicketWithdrawn,
    TopicsChanged,
)
from kiosk.domain.paper_events import (
    CopyFailed,
    CopyPrinted,
    CopyWanted,
    ReminderPrinted,
    ReminderWanted,
    SheetPrinted,
    SheetWanted,
    SlipFailed,
    SlipPrinted,
)
from kiosk.domain.visit_events import VisitClosed, VisitCounted, VisitOpened, VisitReopened
from kiosk.service.queue_view import call_of

if TYPE_CHECKING:
    from kiosk.console.events.event_ids import EventIds
    from kiosk.store.journal import Entry

_OF_NO_CONCERN = (
    CopyFailed,
    CopyPrinted,
    CopyWanted,
    FeedbackGiven,
    FeedbackTakenBack,
    KeyPressed,
    ReminderPrinted,
    ReminderWanted,
    SheetPrinted,
    SheetWanted,
    SlipFailed,
    SlipPrinted,
    SampleRequested,
)

_CHANGES_PUBLIC_STATE = (
    ActionUndone,
    DeskChanged,
    TopicsChanged,
    PriorityChanged,
    TicketsImported,
    ServiceStarted,
    TicketFinished,
    TicketMissed,
    TicketParked,
    TicketPutBack,
    TicketReturned,
    TicketTaken,
    TicketTransferred,
    TicketWithdrawn,
    VisitClosed,
    VisitCounted,
    VisitOpened,
    VisitReopened,
)
"""One of them at most for each action: how many there are must not depend on a person."""


@dataclass(frozen=True, slots=True)
class Message:
    """A journal entry as encoded events: for staff, and for the public; None for no event.

    `id` is the journal's, which the public gets sealed.
    """

    id: int
    staff: bytes
    public: bytes | None


def message_of(entry: Entry, ids: EventIds) -> Message | None:
    """What a stream tells of an entry; None when it concerns neither display nor console."""
    if isinstance(entry.event, _OF_NO_CONCERN):
        return None
    if call := call_of(entry):
        again = not isinstance(entry.event, TicketCalled)
        content = {"number": call.number, "desk": call.desk, "again": again}
        return Message(
            entry.id,
            _text(entry.id, "called", content),
            _text(ids.seal(entry.id), "called", content),
        )
    if isinstance(entry.event, _CHANGES_PUBLIC_STATE):
        return changed(entry.id, entry.id, ids)
    return Message(entry.id, _changed(entry.id), None)


def changed(entry_id: int, public_id: int, ids: EventIds) -> Message:
    """Something is different: read `/state`, or `/queue`, again."""
    return Message(entry_id, _changed(entry_id), _changed(ids.seal(public_id)))


def doors_changed(entry_id: int) -> Message:
    """A door has fallen silent or answers again. Without an id of its own: it is in no journal."""
    return Message(entry_id, b"event: doors\ndata: {}\n\n", None)


def _changed(event_id: int | str) -> bytes:
    return _text(event_id, "changed", {})


def _text(event_id: int | str, kind: str, data: dict[str, object]) -> bytes:
    body = msgspec.json.encode(data).decode()
    return f"id: {event_id}\nevent: {kind}\ndata: {body}\n\n".encode()
