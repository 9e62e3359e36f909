"""The page of the timetable: the coming visits by week, and what took place in the past quarter."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from babel.dates import format_date
from litestar import Request, Response, Router, get
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from kiosk.console.http.authentication import renew_session, session_of
from kiosk.console.http.context import Context
from kiosk.domain.ids import GERMAN
from kiosk.domain.local_time import local_date
from kiosk.domain.moment import Moment
from kiosk.domain.profile import Profile
from kiosk.domain.timetable import HORIZON, PlannedVisit
from kiosk.service import smileys
from kiosk.service.office import Snapshot
from kiosk.service.timetable import TimetableEntry, stop_name, timetable

QUARTER = timedelta(weeks=13)


@dataclass(frozen=True, slots=True)
class TimetableRow:
    """One visit in words. `state` is "", "held", "lost" or "cancelled"."""

    day: str
    iso: str
    is_today: bool
    hours: str
    stop: str
    offer: str
    note: str
    state: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Week:
    """The visits of one week under its heading."""

    title: str
    rows: list[TimetableRow]


@dataclass(frozen=True, slots=True)
class TimetablePage:
    """Everything on the page. `whole` says that nothing planned is left out."""

    coming: list[Week]
    past: list[TimetableRow]
    sum: str
    clock_set: bool
    whole: bool


@get("/staff/timetable", sync_to_thread=True)
def timetable_page(
    request: Request[Any, Any, Any],
    context: Context,
    whole: FromQuery[bool] = False,  # noqa: FBT002 - `?whole=true` in the address
) -> Response[Any]:
    """For staff and for their pinboard: the page prints well."""
    session = session_of(request)
    if session is None:
        return Redirect("/staff/login")
    renew_session(request, session)
    with context.office.snapshot() as snapshot:
        trial = smileys.button_trial(snapshot, context.now())
        page = _page(snapshot, context.now(), whole=whole)
    values = {"page": page, "profile": context.office.profile, "trial": trial}
    return Template("timetable.html", context=values)


def _page(snapshot: Snapshot, now: Moment, *, whole: bool) -> TimetablePage:
    profile = snapshot.profile
    present = local_date(now)
    until = present + (HORIZON if whole else QUARTER)
    coming = timetable(snapshot, present, until, now)
    past = timetable(snapshot, present - QUARTER, present - timedelta(days=1), now)
    return TimetablePage(
        coming=[
            Week(_week_title(monday), [_row(profile, entry, present) for entry in entries])
            for monday, entries in groupby(coming, lambda entry: _monday(entry.date))
        ],
        past=[_row(profile, entry, present) for entry in reversed(past)],
        sum=_sum(past),
        clock_set=now.trusted,
        whole=whole,
    )


def _sum(past: list[TimetableEntry]) -> str:
    """How many of the past visits took place."""
    held = sum(entry.took_place is True for entry in past)
    cancelled = sum(entry.cancelled and not entry.took_place for entry in past)
    words = [f"{held} stattgefunden", f"{len(past) - held - cancelled} nicht"]
    return ", ".join([*words, f"{cancelled} entfallen"] if cancelled else words)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week_title(monday: date) -> str:
    sunday = monday + timedelta(days=6)
    first = format_date(monday, "d. MMMM", locale="de")
    last = format_date(sunday, "d. MMMM y", locale="de")
    return f"Woche {monday.isocalendar().week}: {first} bis {last}"


def _row(profile: Profile, entry: TimetableEntry, present: date) -> TimetableRow:
    planned = entry.planned
    state, outcome = _outcome(entry)
    return TimetableRow(
        day=format_date(entry.date, "EEE d. MMM", locale="de"),
        iso=entry.date.isoformat(),
        is_today=entry.date == present,
        hours=_hours(entry),
        stop=stop_name(profile, entry.stop),
        offer=_offer(profile, planned, entry) if planned else "",
        note=planned.note if planned else "",
        state=state,
        outcome=outcome,
    )


def _hours(entry: TimetableEntry) -> str:
    if entry.planned:
        return f"{entry.planned.begins:%H:%M}\u2013{entry.planned.ends:%H:%M}"
    day = entry.day
    if day and day.planned_begins and day.planned_ends:
        return f"{day.planned_begins:%H:%M}\u2013{day.planned_ends:%H:%M}"
    return "nicht geplant"


def _outcome(entry: TimetableEntry) -> tuple[str, str]:
    """What became of it, as a name for the look and in words."""
    day = entry.day
    if day and day.took_place:
        if day.opened and day.closed:
            return "held", f"geöffnet {day.opened:%H:%M}\u2013{day.closed:%H:%M}"
        return "held", f"geöffnet ab {day.opened:%H:%M}" if day.opened else "hat stattgefunden"
    if entry.cancelled:
        return "cancelled", "entfällt" if day is None else "entfallen"
    return ("lost", "hat nicht stattgefunden") if day else ("", "")


def _offer(profile: Profile, planned: PlannedVisit, entry: TimetableEntry) -> str:
    """Who advises, and about what, where that is not everything."""
    partners = [partner.name for partner in profile.partners if partner.id in planned.partners]
    if not planned.topics and partners:
        return ", ".join(partners)
    if len(entry.topics) == len(profile.topics):
        return "Alle Anliegen"
    topics = ", ".join(profile.topic(topic).label[GERMAN] for topic in entry.topics)
    return ": ".join(filter(None, (", ".join(partners), topics)))


router = Router(path="/", route_handlers=[timetable_page], include_in_schema=False)
