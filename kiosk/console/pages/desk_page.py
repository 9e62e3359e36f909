"""What the page of one desk shows, in words: the queue as this desk sees it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.console.pages.closed_visit import ClosedVisit, closed_today, left_open
from kiosk.console.pages.desk_chips import Chip, chips_of
from kiosk.console.pages.desk_choices import (
    OUTCOME_CHOICES,
    GroupChoice,
    OutcomeChoice,
    SaidRecord,
    offer_of,
    topic_choices,
)
from kiosk.console.pages.desk_devices import (
    DeviceStates,
    StickNotice,
    devices_of,
    stick_notice,
)
from kiosk.console.pages.desk_history import (
    StepRow,
    said_record,
    step_of,
    steps_of,
    too_late,
)
from kiosk.console.pages.desk_paper import Paper, paper_of
from kiosk.console.pages.desk_rows import TicketRow, TicketRows
from kiosk.console.pages.late_upload import LateUpload, late_upload
from kiosk.console.pages.long_line import LongLine, long_line
from kiosk.domain.ids import GERMAN
from kiosk.domain.ticket import ENDED, TicketState
from kiosk.service import smileys, timetable, undo_log
from kiosk.service.access import MANY_WRONG_PINS, wrong_pins
from kiosk.service.call_backs import open_call_backs
from kiosk.service.desks import helpers
from kiosk.service.queue_view import QueueView, queue_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.console.http.context import ConsoleContext
    from kiosk.domain.ids import DeskId, TopicId
    from kiosk.domain.profile import Profile, Stop
    from kiosk.domain.talk_item import TalkItem
    from kiosk.domain.ticket import Ticket
    from kiosk.domain.visit import Visit
    from kiosk.service.office import Snapshot
    from kiosk.service.smileys import ButtonTrial

FIRST_SHOWN = 30
"""So many rows of a list are shown until staff ask for all."""

TOO_LONG_ALONE_MIN = 10
"""Before the first call of a day there is no alarm below a wait of this length."""


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Filter of the queue. `find` is a part of a number."""

    mine: bool = False
    all: bool = False
    find: str = ""


@dataclass(frozen=True, slots=True)
class TruncatedRows:
    """The first rows of a list, and how many more there are."""

    rows: list[TicketRow]
    more: int = 0

    def __len__(self) -> int:
        """How many there are, shown or not."""
        return len(self.rows) + self.more


@dataclass(frozen=True, slots=True)
class QueueSection:
    """The queue in numbers and rows.

    `ended` has those looked for only. `unattended` names topics that people wait for and no desk
    at work calls.
    """

    waiting: int
    mine: int
    longest_wait: int | None
    shown: TruncatedRows
    parked: TruncatedRows
    missed: TruncatedRows
    ended: TruncatedRows
    others: list[str]
    served: int
    without_number: int
    unattended: list[str]


@dataclass(frozen=True, slots=True)
class DeskPage:
    """Everything on the page of one desk. `proposal` and `stops` are for opening a visit.

    `last_step` is what can be undone; `too_late` says why it cannot, else it is empty.
    `call_backs` is how many are still to be made; `books` says that appointments can be made here.
    `wrong_pins` is 0 as long as they may be slips of
    the finger.
    """

    entry: int
    desk: str
    offer: str
    at_work: bool
    wants_help: bool
    asking_for_help: list[str]
    helpers: dict[DeskId, DeskId]
    visit: Visit | None
    stop: str | None
    person: TicketRow | None
    paper: Paper | None
    said: SaidRecord
    queue: QueueSection
    chips: list[Chip]
    long_line: LongLine | None
    steps: list[StepRow]
    last_step: StepRow | None
    too_late: str
    devices: DeviceStates
    stick: StickNotice | None
    trial: ButtonTrial | None
    queue_filter: QueueFilter
    groups: list[GroupChoice]
    stops: tuple[Stop, ...] = ()
    proposal: timetable.Proposal | None = None
    closed: ClosedVisit | None = None
    left_open: ClosedVisit | None = None
    late_upload: LateUpload | None = None
    wrong_pins: int = 0
    by_appointment: bool = False
    call_backs: int = 0
    books: bool = False
    talk_items: tuple[TalkItem, ...] = ()
    outcomes: tuple[OutcomeChoice, ...] = OUTCOME_CHOICES

    @property
    def proposed_stop(self) -> str:
        """Where the timetable says that the bus stands now, if it says so."""
        planned = self.proposal.visit if self.proposal else None
        return next((s.name for s in self.stops if planned and s.id == planned.stop), "")


def desk_page(
    context: ConsoleContext, desk: str, queue_filter: QueueFilter | None = None
) -> DeskPage:
    """The page as it is now. Raises `Unknown`."""
    with context.office.snapshot() as snapshot:
        return page_in(snapshot, context, desk, queue_filter or QueueFilter())


def page_in(
    snapshot: Snapshot, context: ConsoleContext, desk: str, queue_filter: QueueFilter
) -> DeskPage:
    """The page as a snapshot has it. Raises `Unknown`."""
    profile, now, queue = snapshot.profile, context.now(), queue_view(snapshot)
    handled = snapshot.desk_state(desk).topics
    mine, visit = queue.desk(desk), queue.visit
    last = undo_log.last(snapshot, desk) if visit else None
    rows = TicketRows(context, now, desk, handled)
    person = rows.of(mine.ticket) if mine.ticket else None
    tried = wrong_pins(snapshot.connection, now)
    return DeskPage(
        entry=queue.entry,
        desk=desk,
        offer=offer_of(profile, profile.desk(desk), handled),
        at_work=mine.at_work,
        wants_help=mine.wants_help,
        asking_for_help=[d.id for d in queue.desks if d.wants_help and d.id != desk],
        helpers=helpers(snapshot) if any(d.wants_help for d in queue.desks) else {},
        visit=visit,
        stop=profile.stop(visit.stop).name if visit else None,
        person=person,
        paper=paper_of(snapshot, person.ticket) if person else None,
        said=said_record(snapshot, desk, person) if person else SaidRecord(),
        queue=_queue(queue, rows, queue_filter, desk),
        chips=chips_of(snapshot, rows, queue) if visit else [],
        long_line=long_line(snapshot, queue, now),
        steps=steps_of(snapshot, desk) if visit else [],
        last_step=step_of(snapshot, last) if last else None,
        too_late=too_late(snapshot, last) if last else "",
        devices=devices_of(snapshot, context, now),
        stick=stick_notice(snapshot, now),
        trial=smileys.button_trial(snapshot, now) if visit else None,
        queue_filter=queue_filter,
        groups=topic_choices(profile, visit.topics if visit else None),
        stops=profile.stops,
        proposal=None if visit else timetable.proposal(snapshot, now),
        closed=None if visit else closed_today(snapshot, now),
        left_open=left_open(snapshot, now),
        late_upload=None if visit else late_upload(snapshot, context, now),
        wrong_pins=tried if tried >= MANY_WRONG_PINS else 0,
        by_appointment=profile.by_appointment,
        call_backs=open_call_backs(snapshot),
        talk_items=profile.talk_items,
        books=now.trusted and timetable.is_planned(snapshot),
    )


def _queue(view: QueueView, rows: TicketRows, queue_filter: QueueFilter, desk: str) -> QueueSection:
    waiting = view.waiting(rows.now)
    mine = [ticket for ticket in waiting if rows.is_mine(ticket)]
    present = [other for other in view.desks if other.ticket]
    waits = (rows.minutes(ticket) for ticket in mine)
    return QueueSection(
        waiting=len(waiting),
        mine=len(mine),
        longest_wait=max((minutes for minutes in waits if minutes is not None), default=None),
        shown=_listed(rows, mine if queue_filter.mine else waiting, queue_filter),
        parked=_listed(rows, view.in_state(TicketState.PARKED), queue_filter),
        missed=_listed(rows, view.in_state(TicketState.MISSED), queue_filter),
        ended=_listed(rows, _ended(view) if queue_filter.find else [], queue_filter),
        others=[f"Platz {d.id}: {d.ticket.number}" for d in present if d.id != desk and d.ticket],
        served=len(view.in_state(TicketState.FINISHED)),
        without_number=sum(view.enquiries.values()),
        unattended=_unattended(view, rows),
    )


def _ended(view: QueueView) -> list[Ticket]:
    """Finished and withdrawn today, newest number first: they are listed only when looked for."""
    return [ticket for ticket in reversed(view.tickets) if ticket.state in ENDED]


def _listed(
    rows: TicketRows, tickets: Sequence[Ticket], queue_filter: QueueFilter
) -> TruncatedRows:
    found = [ticket for ticket in tickets if queue_filter.find.upper() in ticket.number]
    shown = found if queue_filter.all else found[:FIRST_SHOWN]
    return TruncatedRows(rows.of_all(shown), len(found) - len(shown))


def _unattended(view: QueueView, rows: TicketRows) -> list[str]:
    profile = rows.context.office.profile
    begun = any(desk.at_work for desk in view.desks)
    long = [t for t in view.in_state(TicketState.WAITING) if begun or _long(rows.minutes(t))]
    waits = {ticket.topic for ticket in long if ticket.to_desk is None}
    at_work = {desk.id for desk in view.desks if desk.at_work}
    sent = Counter(ticket.to_desk for ticket in long if ticket.to_desk)
    return [
        *(f"Platz {desk} ({many})" for desk, many in sent.items() if desk not in at_work),
        *_unattended_topics(view, profile, waits),
    ]


def _unattended_topics(view: QueueView, profile: Profile, waits: set[TopicId]) -> list[str]:
    return [
        f"{profile.topic(topic.id).label[GERMAN]} ({topic.waiting})"
        for topic in view.topics
        if topic.id in waits and not topic.attended
    ]


def _long(minutes: int | None) -> bool:
    return minutes is None or minutes >= TOO_LONG_ALONE_MIN  # unknown over a power cut
