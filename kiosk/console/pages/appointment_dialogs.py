"""Dialogs of appointments: those of today; make, move and cancel one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from babel.dates import format_date

from kiosk.console.pages.desk_rows import clock_time
from kiosk.console.words.refusals import STATES
from kiosk.domain.appointment_code import digit_groups
from kiosk.domain.appointment_errors import UnknownCode
from kiosk.domain.ids import GERMAN
from kiosk.domain.local_time import BERLIN
from kiosk.service.check_in import Presence, expected_today
from kiosk.service.desk_appointments import by_code, office_hours

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.service.check_in import ExpectedAppointment
    from kiosk.service.desk_appointments import OfficeHours
    from kiosk.service.office import Snapshot


_PRESENCE: Final = {
    Presence.EXPECTED: "",
    Presence.CHECKED_IN: "ist da",
    Presence.NO_SHOW: "nicht erschienen",
}


@dataclass(frozen=True, slots=True)
class TimeSlot:
    """A time that is free: its words, and what is sent for it."""

    text: str
    body: dict[str, str]


@dataclass(frozen=True, slots=True)
class VisitSlots:
    """The free times of one planned visit."""

    day: str
    stop: str
    slots: tuple[TimeSlot, ...]


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """An appointment of today. `body` is the request that checks it in."""

    id: int
    time: str
    topic: str
    note: str
    coming: bool
    body: dict[str, str]


def expected_rows(snapshot: Snapshot, desk: str, now: Moment) -> list[ExpectedRow]:
    """The appointments of today, by time."""
    expected = expected_today(snapshot, now)
    return [_expected_row(snapshot.profile, desk, one, place) for place, one in enumerate(expected)]


def _expected_row(profile: Profile, desk: str, one: ExpectedAppointment, place: int) -> ExpectedRow:
    appointment, note = one.appointment, _PRESENCE[one.presence]
    if one.ticket:
        note = f"{one.ticket.number} {STATES[one.ticket.state]}"
    return ExpectedRow(
        id=place,
        time=clock_time(appointment.time),
        topic=profile.topic(appointment.topic).label[GERMAN],
        note=note,
        coming=one.ticket is None,
        body={"topic": appointment.topic, "appointment": appointment.code, "desk": desk},
    )


def free_slots(snapshot: Snapshot, topic: str, now: Moment) -> list[VisitSlots]:
    """The next office hours with times that are free for a topic."""
    names = {stop.id: stop.name for stop in snapshot.profile.stops}
    return [
        _visit_slots(hours, names[hours.visit.stop]) for hours in office_hours(snapshot, topic, now)
    ]


def appointment_details(snapshot: Snapshot, code: str, now: Moment) -> dict[str, Any]:
    """One appointment and where it can be moved to; nothing of it for an unknown code."""
    profile = snapshot.profile
    try:
        appointment = by_code(snapshot, code)
    except UnknownCode:
        return {"code": "", "asked": code}
    begins = appointment.time.astimezone(BERLIN)
    names = {stop.id: stop.name for stop in profile.stops}
    return {
        "code": appointment.code,
        "code_shown": " ".join(digit_groups(appointment.code)),
        "day": _day(begins),
        "time": f"{begins:%H:%M}",
        "where": names.get(appointment.stop, "") if appointment.stop else "",
        "topic": profile.topic(appointment.topic).label[GERMAN],
        "visits": free_slots(snapshot, appointment.topic, now),
        "prints": profile.has("printer"),
        "slip": appointment.slip,
    }


def _visit_slots(hours: OfficeHours, stop: str) -> VisitSlots:
    slots = tuple(
        TimeSlot(f"{time:%H:%M}", {"time": time.isoformat(), "stop": hours.visit.stop})
        for time in (each.astimezone(BERLIN) for each in hours.free)
    )
    return VisitSlots(_day(hours.visit.begins), stop, slots)


def _day(day: Any) -> str:  # noqa: ANN401 - a date or a datetime, as Babel takes it
    return format_date(day, "EEEE, d. MMMM", locale="de")
