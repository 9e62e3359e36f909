"""View model of the page of one desk: the queue as this desk sees it, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.console.pages.closed_visit import ClosedVisit, left_open
from kiosk.console.pages.desk_chips import Chip, chips_of
from kiosk.console.pages.desk_choices import (
    GroupChoice,
    OutcomeChoice,
    RecordForm,
    offer_of,
    outcome_choices,
    topic_choices,
)
from kiosk.console.pages.desk_devices import (
    DeviceStates,
    StickNotice,
    devices_of,
    stick_notice,
)
from kiosk.console.pages.desk_history import (
    DeskSteps,
    history_of,
    record_form,
)
from kiosk.console.pages.desk_paper import Paper, paper_of
from kiosk.console.pages.desk_queue import QueueFilter, QueueSection, queue_section
from kiosk.console.pages.desk_rows import TicketRow, TicketRows
from kiosk.console.pages.intake_notice import IntakeNotice, intake_notice
from kiosk.console.pages.opening_form import OpeningForm, opening_form
from kiosk.console.pages.queue_overrun import QueueOverrun, queue_overrun
from kiosk.service import smileys, timetable
from kiosk.service.access import MANY_WRONG_PINS, wrong_pins
from kiosk.service.call_backs import open_call_backs
from kiosk.service.desks import helpers
from kiosk.service.queue_view import queue_view

if TYPE_CHECKING:
    from kiosk.console.http.context import ConsoleContext
    from kiosk.domain.ids import DeskId
    from kiosk.domain.moment import Moment
    from kiosk.domain.talk_item import TalkItem
    from kiosk.domain.visit import Visit
    from kiosk.service.office import Snapshot
    from kiosk.service.smileys import ButtonTrial


@dataclass(frozen=True, slots=True)
class DeskPage:
    """Everything on the page of one desk. `opening` is there while no visit is open.

    `call_backs` is how many are still to be made.
    `wrong_pins` is 0 as long as they may be slips of the finger.
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
    said: RecordForm
    queue: QueueSection
    chips: list[Chip]
    queue_overrun: QueueOverrun | None
    intake_notice: IntakeNotice | None
    history: DeskSteps
    devices: DeviceStates
    stick: StickNotice | None
    trial: ButtonTrial | None
    queue_filter: QueueFilter
    groups: list[GroupChoice]
    opening: OpeningForm | None = None
    left_open: ClosedVisit | None = None
    wrong_pins: int = 0
    by_appointment: bool = False
    call_backs: int = 0
    talk_items: tuple[TalkItem, ...] = ()
    outcomes: tuple[OutcomeChoice, ...] = ()


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
    handled, mine, visit = snapshot.desk_state(desk).topics, queue.desk(desk), queue.visit
    rows = TicketRows.in_snapshot(context, snapshot, desk, now)
    person = rows.of(mine.ticket) if mine.ticket else None
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
        said=record_form(snapshot, desk, person) if person else RecordForm(),
        queue=queue_section(queue, rows, queue_filter, desk),
        chips=chips_of(snapshot, rows, queue) if visit else [],
        queue_overrun=queue_overrun(snapshot, queue, now),
        intake_notice=intake_notice(snapshot, now),
        history=history_of(snapshot, desk) if visit else DeskSteps(),
        devices=devices_of(snapshot, context, now),
        stick=stick_notice(snapshot, now),
        trial=smileys.button_trial(snapshot, now) if visit else None,
        queue_filter=queue_filter,
        groups=topic_choices(profile, visit.topics if visit else None),
        opening=None if visit else opening_form(snapshot, context, now),
        left_open=left_open(snapshot, now),
        wrong_pins=_wrong_pins(snapshot, now),
        by_appointment=profile.by_appointment,
        call_backs=open_call_backs(snapshot),
        talk_items=profile.talk_items,
        outcomes=outcome_choices(profile, books=now.trusted and timetable.is_planned(snapshot)),
    )


def _wrong_pins(snapshot: Snapshot, now: Moment) -> int:
    tried = wrong_pins(snapshot.connection, now)
    return tried if tried >= MANY_WRONG_PINS else 0
