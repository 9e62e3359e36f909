"""Files as people hand them in (tests/files/cases), and what each must become."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kiosk.domain.local_time import BERLIN
from kiosk.store import appointments, planned_visits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.store.database import Connection

FOLDER = Path(__file__).parent / "cases"
TODAY = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
"""What the files are about lies ahead of this."""

PROFILE = "gelsenkirchen"

SECOND, NINTH, SIXTEENTH = (f"2026-12-{day:02} 09:00-13:00" for day in (2, 9, 16))
TENTH = "2026-12-10 09:00-13:00"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Files that are imported in this order, and what is planned or expected afterwards.

    Visits are told as `2026-12-02 09:00-13:00`, appointments as `2026-12-02 10:00 wohngeld`, with
    the code where the file gives one; what is cancelled has a `-` before it.
    """

    what: Literal["timetable", "appointments"]
    files: tuple[str, ...]
    becomes: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.what} {' '.join(self.files)}"


def _plan(*files: str, becomes: tuple[str, ...]) -> HandedIn:
    return HandedIn("timetable", files, becomes)


def _booked(*files: str, becomes: tuple[str, ...]) -> HandedIn:
    return HandedIn("appointments", files, becomes)


CASES = (
    _plan("a14-series.ics", "a14-cancel.ics", becomes=(SECOND, f"-{NINTH}", SIXTEENTH)),
    _plan("a15-one.ics", "a15-cancel.ics", becomes=(f"-{TENTH}",)),
    _plan("a15-one.ics", "a15-cancel-nostatus.ics", becomes=(f"-{TENTH}",)),
    _booked("a15b-one.ics", "a15b-cancel.ics", becomes=()),
    _plan("a07.ics", becomes=(SECOND, NINTH, SIXTEENTH)),
    _booked(
        "a07b.ics", becomes=tuple(f"2026-12-{day} 10:00 wohngeld" for day in ("02", "09", "16"))
    ),
    _plan("a46.ics", becomes=(SECOND, "2026-12-03 09:00-13:00")),
    _plan("a13.ics", becomes=(SECOND,)),
    _plan("a13b.ics", becomes=(SECOND,)),
    _plan("a13c.ics", becomes=(SECOND,)),
    _plan("a39.ics", becomes=(SECOND, TENTH, SIXTEENTH)),
    _plan("a06.ics", becomes=("2027-07-07 09:00-13:00",)),
    _booked("a18-noend.ics", becomes=("2026-12-02 10:00 wohngeld",)),
    _booked("a18-zero.ics", becomes=("2026-12-02 10:00 wohngeld",)),
    _booked("a26.ics", becomes=("2026-12-02 10:00 wohngeld 47110815",)),
    _booked("b20.csv", becomes=("2026-12-02 10:00 wohngeld",) * 2),
    _booked("b21.csv", becomes=("2026-12-02 10:00 wohngeld",)),
    _booked("b04.csv", becomes=("2026-12-02 08:30 wohngeld",)),
    _booked("b05.csv", becomes=("2026-12-02 08:30 wohngeld",)),
    _booked("b16.csv", becomes=("2026-12-02 10:00 wohngeld", "2026-12-02 11:00 wohngeld")),
    _booked("b17.csv", becomes=("2026-12-02 10:00 wohngeld",)),
)


def stored(connection: Connection, what: str) -> list[str]:
    """What is planned or expected, told as in `HandedIn`."""
    return list(_planned(connection) if what == "timetable" else _expected(connection))


def _planned(connection: Connection) -> Iterator[str]:
    for visit in planned_visits.between(connection, TODAY.date(), TODAY.date().max):
        hours = f"{visit.begins:%Y-%m-%d %H:%M}-{visit.ends:%H:%M}"
        yield f"-{hours}" if visit.cancelled else hours


def _expected(connection: Connection) -> Iterator[str]:
    for each in appointments.list_all(connection):
        told = f"{each.time.astimezone(BERLIN):%Y-%m-%d %H:%M} {each.topic}"
        yield f"{told} {each.code}" if each.origin is None else told
