"""One snapshot of the day, for console, call display, API and command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain import queue
from kiosk.domain.events import DeviceChanged, TicketCalled, TicketRecalled, TicketTakenUp
from kiosk.domain.ticket import AT_DESK, Ticket, TicketState
from kiosk.store import journal, tickets, visits

if TYPE_CHECKING:
    from kiosk.domain.ids import DeskId, GroupId, TicketId, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.domain.visit import Visit
    from kiosk.service.office import Office
    from kiosk.store.journal import Entry

_CALLS = (TicketCalled, TicketRecalled, TicketTakenUp)


@dataclass(frozen=True, slots=True)
class TopicView:
    """An offered topic and how many people wait for it."""

    id: TopicId
    group: GroupId
    waiting: int


@dataclass(frozen=True, slots=True)
class DeskView:
    """A desk, its topics of today, and who is there."""

    id: DeskId
    topics: tuple[TopicId, ...]
    ticket: Ticket | None


@dataclass(frozen=True, slots=True)
class Call:
    """A number called to a desk. `entry` is the journal id: a recall is a newer call."""

    entry: int
    ticket: TicketId
    number: str
    desk: DeskId
    moment: Moment


@dataclass(frozen=True, slots=True)
class QueueView:
    """Everything at one moment. `entry` is the journal id up to which the view tells."""

    entry: int
    visit: Visit | None
    topics: tuple[TopicView, ...]
    desks: tuple[DeskView, ...]
    tickets: tuple[Ticket, ...]

    def waiting(self) -> list[Ticket]:
        """Who waits, in the order of calling."""
        return sorted(self.in_state(TicketState.WAITING), key=queue.standing)

    def in_state(self, state: TicketState) -> list[Ticket]:
        """The tickets in a state, by sequence."""
        return [ticket for ticket in self.tickets if ticket.state is state]

    def desk(self, desk: str) -> DeskView:
        """The view of one desk; the profile has checked its id."""
        return next(view for view in self.desks if view.id == desk)


def queue_view(office: Office) -> QueueView:
    """The day as it is now; empty when no visit is open."""
    with office.database.read() as connection:
        entry = journal.newest(connection)
        visit = visits.current(connection)
        everyone = tuple(tickets.everyone(connection)) if visit else ()
    offered = visit.topics if visit else ()
    return QueueView(
        entry=entry,
        visit=visit,
        topics=tuple(_topic_view(office.profile, topic, everyone) for topic in offered),
        desks=tuple(_desk_views(office.profile, offered, everyone)),
        tickets=everyone,
    )


def latest_calls(office: Office, most: int) -> list[Call]:
    """The last calls of the open visit, newest first, each ticket once."""
    with office.database.read() as connection:
        if visits.current(connection) is None:
            return []
        # A ticket may have been called several times: read more, and keep its newest call.
        entries = journal.latest_of(connection, *_CALLS, most=most * 5)
    calls: dict[TicketId, Call] = {}
    for call in filter(None, map(call_of, entries)):
        calls.setdefault(call.ticket, call)
    return list(calls.values())[:most]


def call_of(entry: Entry) -> Call | None:
    """The call that an entry of the journal tells of, if it does."""
    event = entry.event
    if not isinstance(event, _CALLS):
        return None
    return Call(entry.id, event.ticket, event.number, event.desk, entry.moment)


def device_states(office: Office, now: Moment) -> dict[str, DeviceChanged]:
    """What each device last said about itself since this machine was started."""
    with office.database.read() as connection:
        entries = journal.device_reports(connection)
    return {
        entry.event.device: entry.event
        for entry in entries
        if isinstance(entry.event, DeviceChanged) and entry.moment.boot == now.boot
    }


def _topic_view(profile: Profile, topic: TopicId, everyone: tuple[Ticket, ...]) -> TopicView:
    waiting = sum(t.topic == topic and t.state is TicketState.WAITING for t in everyone)
    return TopicView(topic, profile.topic(topic).group, waiting)


def _desk_views(
    profile: Profile, offered: tuple[TopicId, ...], everyone: tuple[Ticket, ...]
) -> list[DeskView]:
    present = {ticket.desk: ticket for ticket in everyone if ticket.state in AT_DESK}
    return [
        DeskView(
            desk.id,
            tuple(topic for topic in offered if topic in profile.topics_of_desk(desk.id)),
            present.get(desk.id),
        )
        for desk in profile.desks
    ]
