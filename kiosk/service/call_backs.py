"""Call backs that were promised today: a list by number and topic, without a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.errors import NoPrinter, SlipComing, Unknown
from kiosk.domain.events import CallBackChanged
from kiosk.service.action import action
from kiosk.service.reminders import is_call_back, want_call_back
from kiosk.store import reminders

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket
    from kiosk.service.action import Action
    from kiosk.service.office import Office, Snapshot
    from kiosk.store.slips import SlipState


@dataclass(frozen=True, slots=True)
class CallBack:
    """The number to call back, whether that is `done`, and the state of its slip, if any."""

    ticket: Ticket
    done: bool
    slip: SlipState | None


def call_backs(snapshot: Snapshot) -> list[CallBack]:
    """All of the open visit, by sequence. They are gone with it."""
    profile, ended = snapshot.profile, (t for t in snapshot.tickets if t.record)
    promised = [ticket for ticket in ended if is_call_back(profile, ticket.record)]
    if not promised:
        return []
    done = reminders.called_back(snapshot.connection)
    slips = reminders.call_back_states(snapshot.connection)
    return [CallBack(ticket, ticket.id in done, slips.get(ticket.id)) for ticket in promised]


def open_call_backs(snapshot: Snapshot) -> int:
    """How many people are still to be called back."""
    return sum(not each.done for each in call_backs(snapshot))


def set_called_back(office: Office, ticket_id: int, now: Moment, *, done: bool) -> Ticket:
    """Note that a person was called back, or not yet. Raises `NoVisitOpen`, `Unknown`."""
    with action(office, now) as act:
        ticket = _promised(act, ticket_id)
        reminders.set_called_back(act.connection, ticket.id, done=done)
        act.announce(CallBackChanged(ticket.id, ticket.number, done))
    return ticket


def reprint(office: Office, ticket_id: int, now: Moment) -> Ticket:
    """Have the slip of a call back printed once more.

    Raises `NoVisitOpen`, `NoPrinter`, `Unknown`, and `SlipComing` while one is on its way.
    """
    if not office.profile.has("printer"):
        raise NoPrinter
    with action(office, now) as act:
        ticket = _promised(act, ticket_id)
        if reminders.call_back_states(act.connection).get(ticket.id) in {"wanted", "begun"}:
            raise SlipComing(ticket.number)
        want_call_back(act, ticket)
    return ticket


def _promised(act: Action, ticket_id: int) -> Ticket:
    ticket = act.ticket(ticket_id)
    if not is_call_back(act.profile, ticket.record):
        raise Unknown("call back", ticket.number)
    return ticket
