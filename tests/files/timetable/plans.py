"""Year plans to read: a table and calendars as offices write them, for the small town."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from kiosk.domain.local_time import BERLIN
from kiosk.domain.timetable import PlannedVisit
from kiosk.files.timetable import read_plan
from kiosk.settings.schema.faults import FileErrors
from tests.town import MARKET, TOWN

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.domain.planned_hours import PlannedHours
    from kiosk.domain.profile import Profile
    from kiosk.files.timetable.validation import YearPlan

TODAY = date(2026, 11, 22)
HEAD = "Datum;Standort;Beginn;Ende;Partner;Themen;Status;Bemerkung\n"


def town_with(*hours: PlannedHours) -> Profile:
    """The town with a timetable of its own."""
    return replace(TOWN, timetable=hours)


def at(text: str) -> datetime:
    """A local time such as 2026-11-24 10:00."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def visit(begins: str, ends: str = "14:00", stop: str = MARKET, **more: object) -> PlannedVisit:
    """A planned visit, from 2026-11-24 10:00 until 14:00."""
    planned = PlannedVisit(MARKET, at(begins), at(f"{begins[:10]} {ends}"))
    return replace(planned, stop=stop, **more)  # type: ignore[arg-type]


def read(
    folder: Path, content: str | bytes, name: str = "plan.csv", profile: Profile = TOWN
) -> YearPlan:
    """Read a file with that content on a Sunday in November."""
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_plan(file, profile, TODAY)


def faults(folder: Path, content: str | bytes, name: str = "plan.csv") -> list[str]:
    """What is wrong with a file, one line each without its path; nothing where all is right."""
    try:
        read(folder, content, name)
    except FileErrors as errors:
        return [line.removeprefix(str(folder / name)).lstrip(":") for line in errors.lines()]
    return []


def visit_lines(plan: YearPlan) -> list[str]:
    """The visits in short: `2026-11-24 10:00-14:00 market`, with `-` where cancelled."""
    return [
        f"{'-' if v.cancelled else ''}{v.begins:%Y-%m-%d %H:%M}-{v.ends:%H:%M} {v.stop}"
        for v in plan.visits
    ]


def calendar(*events: str, head: str = "") -> str:
    """An iCalendar file of events, each given by its lines."""
    bodies = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//town//test\n{head}{bodies}END:VCALENDAR\n"
    return text.replace("\n", "\r\n")


def event(uid: str, begins: str, ends: str, *more: str, place: str = "Markt") -> str:
    """The lines of one event in the time of Berlin: `20261124T100000`."""
    lines = (
        f"UID:{uid}",
        f"SUMMARY:Bus {uid}",
        f"LOCATION:{place}",
        f"DTSTART;TZID=Europe/Berlin:{begins}",
        f"DTEND;TZID=Europe/Berlin:{ends}",
        *more,
    )
    return "\n".join(lines)
