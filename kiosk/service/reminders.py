"""Reminders: slips of what was promised at a desk, a call back or an appointment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.errors import Unknown
from kiosk.domain.ids import ReminderId
from kiosk.domain.paper_events import ReminderFailed, ReminderPrinted, ReminderWanted
from kiosk.service.action import open_visit_of
from kiosk.service.paper import PrintQueue, too_late, without_reason
from kiosk.store import appointments, reminders
from kiosk.store.reminders import Reminder

if TYPE_CHECKING:
    from kiosk.domain.appointment import Appointment
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.domain.record import Record
    from kiosk.domain.ticket import Ticket
    from kiosk.service.action import Action
    from kiosk.service.office import Snapshot


@dataclass(frozen=True, slots=True)
class ReminderJob:
    """A reminder that is to be printed now, of its `appointment`; one for `practice` says so."""

    reminder: Reminder
    practice: bool = False
    appointment: Appointment | None = None

    @property
    def id(self) -> int:
        """By which the reminder is settled."""
        return self.reminder.id


def is_call_back(profile: Profile, record: Record | None) -> bool:
    """Whether the outcome of a talk promises that the person will be called back."""
    return record is not None and profile.recorded_outcome(record.outcome).promises == "call_back"


def promise_call_back(act: Action, ticket: Ticket) -> None:
    """Note that the person will be called back, whatever came of an earlier promise."""
    reminders.set_called_back(act.connection, ticket.id, done=False)
    want_call_back(act, ticket)


def want_call_back(act: Action, ticket: Ticket) -> None:
    """Have a slip printed that says that the person will be called back."""
    _want(
        act,
        Reminder(
            ReminderId(0), ticket.id, ticket.number, ticket.topic, ticket.language, None, act.now
        ),
    )


def _want(act: Action, reminder: Reminder) -> None:
    if act.profile.has("printer"):
        act.announce(ReminderWanted(reminders.insert(act.connection, reminder)))


def want_appointment(act: Action, appointment: Appointment, language: str) -> None:
    """Have the slip of an appointment printed."""
    reminder = Reminder(
        id=ReminderId(0),
        ticket=None,
        number="",
        topic=appointment.topic,
        language=act.profile.language(language),
        code=appointment.code,
        wanted=act.now,
    )
    _want(act, reminder)


def _job(snapshot: Snapshot, reminder: Reminder, _now: Moment) -> ReminderJob:
    """The slip tells an appointment as it is by now."""
    practice = open_visit_of(snapshot.connection).practice
    if reminder.code is None:
        return ReminderJob(reminder, practice)
    appointment = appointments.by_code(snapshot.connection, reminder.code)
    if appointment is None:
        raise Unknown("appointment", reminder.code)
    return ReminderJob(reminder, practice, appointment)


REMINDERS = PrintQueue(
    in_state=reminders.in_state,
    move=reminders.move,
    fail=without_reason(reminders.move),
    skip_reason=lambda reminder, now: too_late(reminder.wanted, now),
    job=_job,
    printed_event=lambda reminder: ReminderPrinted(reminder.id),
    failed_event=lambda reminder, trouble: ReminderFailed(reminder.id, trouble),
    topic=lambda reminder: reminder.topic,
)
