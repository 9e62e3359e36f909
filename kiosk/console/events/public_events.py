"""What a stream may tell anybody: calls, and that something changed. Never who chose what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from kiosk.domain.events import (
    FeedbackGiven,
    FeedbackTakenBack,
    KeyPressed,
    SoundTried,
    TicketCalled,
)
from kiosk.domain.paper_events import (
    CopyFailed,
    CopyPrinted,
    CopyWanted,
    SheetPrinted,
    SheetWanted,
    SlipFailed,
    SlipPrinted,
)
from kiosk.service.queue_view import call_of

if TYPE_CHECKING:
    from kiosk.store.journal import Entry

_OF_NO_CONCERN = (
    CopyFailed,
    CopyPrinted,
    CopyWanted,
    FeedbackGiven,
    FeedbackTakenBack,
    KeyPressed,
    SheetPrinted,
    SheetWanted,
    SlipFailed,
    SlipPrinted,
    SoundTried,
)


@dataclass(frozen=True, slots=True)
class Message:
    """One server-sent event, ready to be sent. `id` is the journal's."""

    id: int
    text: bytes


def public_form(entry: Entry) -> Message | None:
    """The entry as anybody may read it; None when it concerns neither display nor console."""
    if isinstance(entry.event, _OF_NO_CONCERN):
        return None
    if call := call_of(entry):
        again = not isinstance(entry.event, TicketCalled)
        return _message(
            entry.id, "called", {"number": call.number, "desk": call.desk, "again": again}
        )
    return changed(entry.id)


def changed(entry_id: int) -> Message:
    """Something is different: read `/state` again."""
    return _message(entry_id, "changed", {})


def _message(entry_id: int, kind: str, data: dict[str, object]) -> Message:
    body = msgspec.json.encode(data).decode()
    return Message(entry_id, f"id: {entry_id}\nevent: {kind}\ndata: {body}\n\n".encode())
