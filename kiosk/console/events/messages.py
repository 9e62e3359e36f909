"""Server-sent events of a journal entry: one for staff, one for the public."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
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
    from collections.abc import Mapping

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


@dataclass(frozen=True)
class Message:
    """A journal entry as an event: for staff, and for the public, encoded at its first listener.

    `id` is the journal's; `public_id` is the one that the public gets sealed, None for no event.
    """

    id: int
    public_id: int | None
    ids: EventIds
    kind: str = "changed"
    content: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_public(self) -> bool:
        return self.public_id is not None

    @cached_property
    def staff(self) -> bytes:
        return _text(self.kind, self.content, self.id)

    @cached_property
    def public(self) -> bytes:
        if self.public_id is None:
            return b""
        return _text(self.kind, self.content, self.ids.seal(self.public_id))


class DoorMessage(Message):
    """A door has fallen silent or answers again. Without an id of its own: it is in no journal."""

    @cached_property
    def staff(self) -> bytes:
        return _text("doors", {})


def message_of(entry: Entry, ids: EventIds) -> Message | None:
    """What a stream tells of an entry; None when it concerns neither display nor console."""
    if isinstance(entry.event, _OF_NO_CONCERN):
        return None
    if call := call_of(entry):
        again = not isinstance(entry.event, TicketCalled)
        content = {"number": call.number, "desk": call.desk, "again": again}
        return Message(entry.id, entry.id, ids, "called", content)
    public = isinstance(entry.event, _CHANGES_PUBLIC_STATE)
    return Message(entry.id, entry.id if public else None, ids)


def _text(kind: str, content: Mapping[str, object], event_id: int | str | None = None) -> bytes:
    head = "" if event_id is None else f"id: {event_id}\n"
    return f"{head}event: {kind}\ndata: {msgspec.json.encode(content).decode()}\n\n".encode()
