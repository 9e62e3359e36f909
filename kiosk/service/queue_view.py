"""View of the queue for console, call display, API and command line, read from one snapshot."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain import queue
from kiosk.domain.device_events import DeviceChanged
from kiosk.domain.events import ActionUndone, TicketCalled, TicketRecalled, TicketTakenUp
from kiosk.domain.ticket import AT_DESK, Ticket, TicketState
from kiosk.domain.undo_kind import CALLING
from kiosk.store import enquiries, journal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kiosk.domain.desk import DeskState
    from kiosk.domain.ids import DeskId, GroupId, TicketId, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.domain.visit import Visit
    from kiosk.service.office import Snapshot
    from kiosk.store.journal import Entry

_CALLS = (TicketCalled, TicketRecalled, TicketTakenUp)


@dataclass(frozen=True, slots=True)
class TopicView:
    """An offered topic, how many people wait for it, and whether a desk at work calls them."""

    id: TopicId
    group: GroupId
    waiting: int
    attended: bool


@dataclass(frozen=True, slots=True)
class DeskView:
    """A desk, its topics of today, whether it is at work or wants help, and who is there."""

    id: DeskId
    topics: tuple[TopicId, ...]
    ticket: Ticket | None
    at_work: bool
    wants_help: bool


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
    """Everything at one moment. `entry` is the journal id up to which the view tells.

    `enquiries` are the people counted without a number, by topic.
    """

    entry: int
    visit: Visit | None
    topics: tuple[TopicView, ...]
    desks: tuple[DeskView, ...]
    tickets: tuple[Ticket, ...]
    enquiries: Mapping[TopicId, int]

    def waiting(self, now: Moment) -> list[Ticket]:
        """Who waits, in the order of calling."""
        rank = queue.queue_order(now)
        waiting = self.in_state(TicketState.WAITING)
        return sorted(waiting, key=lambda ticket: rank(queue.queue_entry(ticket)))

    def in_state(self, state: TicketState) -> list[Ticket]:
        """The tickets in a state, by sequence."""
        return [ticket for ticket in self.tickets if ticket.state is state]

    def desk(self, desk: str) -> DeskView:
        """The view of one desk; the profile has checked its id."""
        return next(view for view in self.desks if view.id == desk)


def queue_view(snapshot: Snapshot) -> QueueView:
    """The day as it is now; empty when no visit is open."""
    visit, all_tickets, desks = snapshot.visit, snapshot.tickets, snapshot.desk_states()
    offered = visit.topics if visit else ()
    return QueueView(
        entry=newest_entry(snapshot),
        visit=visit,
        topics=tuple(_topic_views(snapshot.profile, offered, all_tickets, desks)),
        desks=tuple(_desk_views(offered, all_tickets, desks)),
        tickets=all_tickets,
        enquiries=enquiries.by_topic(snapshot.connection) if visit else {},
    )


def newest_entry(snapshot: Snapshot) -> int:
    """The journal id up to which a snapshot tells."""
    return snapshot.connection.cache.entry


def latest_calls(snapshot: Snapshot, most: int) -> list[Call]:
    """The last calls of the open visit, newest first, each ticket once."""
    return _calls(snapshot, most, frozenset())[:most]


def latest_and_open_calls(snapshot: Snapshot, most: int) -> tuple[list[Call], list[Call]]:
    """The last calls, and all unanswered ones, however long ago; newest first."""
    if snapshot.visit is None:
        return [], []
    called = {t.id: t.desk for t in snapshot.tickets if t.state is TicketState.CALLED}
    calls = _calls(snapshot, most, called.keys())
    return calls[:most], [call for call in calls if called.get(call.ticket) == call.desk]


def _calls(snapshot: Snapshot, most: int, wanted: Collection[TicketId]) -> list[Call]:
    """So many of the last calls at least, with those of the tickets wanted among them."""
    enough = most * 5  # a ticket may have been called several times, or by mistake
    if snapshot.visit is None:
        return []
    while True:
        entries = journal.latest_of(snapshot.connection, *_CALLS, ActionUndone, most=enough)
        calls = _calls_that_hold(entries)
        found = len(calls) >= most and {call.ticket for call in calls}.issuperset(wanted)
        if found or len(entries) < enough:
            return calls
        enough *= 4


def _calls_that_hold(entries: list[Entry]) -> list[Call]:
    """Of entries newest first: for each ticket its newest call that was not taken back."""
    calls: dict[TicketId, Call] = {}
    undone: set[TicketId] = set()
    for entry in entries:
        call = call_of(entry)
        if isinstance(entry.event, ActionUndone) and entry.event.action in CALLING:
            undone.add(entry.event.ticket)
        elif call and call.ticket in undone:
            if not isinstance(entry.event, TicketRecalled):
                undone.discard(call.ticket)
        elif call:
            calls.setdefault(call.ticket, call)
    return list(calls.values())


def call_of(entry: Entry) -> Call | None:
    """The call that an entry of the journal tells of, if it does."""
    event = entry.event
    if not isinstance(event, _CALLS):
        return None
    return Call(entry.id, event.ticket, event.number, event.desk, entry.moment)


def device_states(snapshot: Snapshot, now: Moment) -> dict[str, DeviceChanged]:
    """What each device last said about itself since this machine was started."""
    return {
        entry.event.device: entry.event
        for entry in journal.device_reports(snapshot.connection)
        if isinstance(entry.event, DeviceChanged) and entry.moment.boot == now.boot
    }


def _topic_views(
    profile: Profile,
    offered: tuple[TopicId, ...],
    all_tickets: tuple[Ticket, ...],
    desks: list[DeskState],
) -> list[TopicView]:
    waiting = Counter(t.topic for t in all_tickets if t.state is TicketState.WAITING)
    # People may still wait for a topic that is not offered any more.
    topics = dict.fromkeys((*offered, *sorted(waiting)))
    attended = {topic for desk in desks if desk.at_work for topic in desk.topics}
    return [
        TopicView(topic, profile.topic(topic).group, waiting[topic], topic in attended)
        for topic in topics
    ]


def _desk_views(
    offered: tuple[TopicId, ...], all_tickets: tuple[Ticket, ...], desks: list[DeskState]
) -> list[DeskView]:
    present = {ticket.desk: ticket for ticket in all_tickets if ticket.state in AT_DESK}
    return [
        DeskView(
            desk.id,
            tuple(topic for topic in offered if topic in desk.topics),
            present.get(desk.id),
            desk.at_work,
            desk.wants_help,
        )
        for desk in desks
    ]
