"""Chips above the queue: who is parked or did not appear, and the next appointments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kiosk.console.pages.desk_rows import clock_time
from kiosk.domain.events import TicketMissed, TicketParked
from kiosk.domain.ids import GERMAN
from kiosk.domain.ticket import TicketState
from kiosk.service.appointments import due_within
from kiosk.store import journal

if TYPE_CHECKING:
    from kiosk.console.pages.desk_rows import TicketRows
    from kiosk.domain.ids import TicketId
    from kiosk.service.office import Snapshot
    from kiosk.service.queue_view import QueueView

MOST_TICKETS = 9
"""One for each digit."""

MOST_APPOINTMENTS = 3
_AHEAD: Final = timedelta(hours=1)
_MOST_STEPS = 200
_KINDS: Final = {TicketState.PARKED: "Geparkt", TicketState.MISSED: "Nicht erschienen"}


@dataclass(frozen=True, slots=True)
class Chip:
    """A number that does not wait, or an appointment (without `ticket`) and whether it is due."""

    kind: str
    name: str
    topic: str
    time: str
    ticket: TicketId | None = None
    due: bool = False


def chips_of(snapshot: Snapshot, rows: TicketRows, view: QueueView) -> list[Chip]:
    """Parked numbers, those whose holders did not appear, then the next appointments."""
    aside = [ticket for state in _KINDS for ticket in view.in_state(state)][:MOST_TICKETS]
    since = _minutes_aside(snapshot, rows) if aside else {}
    profile = snapshot.profile
    numbers = [
        Chip(
            _KINDS[ticket.state],
            ticket.number,
            profile.topic(ticket.topic).label[GERMAN],
            f"{since[ticket.id]} min" if ticket.id in since else "",
            ticket.id,
        )
        for ticket in aside
    ]
    return numbers + [
        Chip(
            "Termin",
            clock_time(one.time),
            profile.topic(one.topic).label[GERMAN],
            _until((one.time - rows.now.wall).total_seconds()),
            due=one.time <= rows.now.wall,
        )
        for one in due_within(snapshot, rows.now, _AHEAD)[:MOST_APPOINTMENTS]
    ]


def _minutes_aside(snapshot: Snapshot, rows: TicketRows) -> dict[TicketId, int]:
    """For how long tickets have been parked or missed; without those from before a power cut."""
    found: dict[TicketId, int] = {}
    steps = journal.latest_of(snapshot.connection, TicketParked, TicketMissed, most=_MOST_STEPS)
    for entry in steps:
        seconds = rows.now.seconds_since(entry.moment)
        if isinstance(entry.event, (TicketParked, TicketMissed)) and seconds is not None:
            found.setdefault(entry.event.ticket, int(seconds // 60))
    return found


def _until(seconds: float) -> str:
    return f"in {int(seconds // 60)} min" if seconds > 0 else f"seit {int(-seconds // 60)} min"
