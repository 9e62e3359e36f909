"""Changes and cancellations of appointments that come in files of their own."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.local_time import BERLIN
from kiosk.files.appointments import parse_appointments
from kiosk.files.faults import ImportErrors
from kiosk.files.file_reader import ImportFile
from kiosk.service.appointment_import import AppointmentImport, import_appointments
from kiosk.service.appointments import upcoming
from tests.files.timetable.plans import TODAY, calendar
from tests.town import TOWN, TownClock

if TYPE_CHECKING:
    from kiosk.service.office import Office

ZONE = ";TZID=Europe/Berlin"
TUESDAY, NEXT = "20261124T100000", "20261201T100000"


class Expected:
    """A box that takes in one file after the other."""

    def __init__(self, office: Office, clock: TownClock) -> None:
        self.office, self.clock = office, clock

    def take(self, text: str, name: str = "invite.ics") -> AppointmentImport:
        file = parse_appointments(ImportFile(Path(name), text.encode()), TOWN, TODAY)
        return import_appointments(self.office, file.bookings, self.clock())

    def booking_lines(self) -> list[str]:
        found = self.office.read(upcoming, self.clock())
        return [f"{a.time.astimezone(BERLIN):%m-%d %H:%M} {a.topic}" for a in found]


@pytest.fixture
def expected(office: Office, clock: TownClock) -> Expected:
    return Expected(office, clock)


def booked(begins: str, *more: str, uid: str = "a", topic: str = "CATEGORIES:Miete") -> str:
    return "\n".join([f"UID:{uid}", f"DTSTART{ZONE}:{begins}", topic, *more])


def cancelled(begins: str, *more: str, uid: str = "a") -> str:
    """As short as the rules allow: it does not say what for."""
    one = "\n".join([f"UID:{uid}", f"DTSTART{ZONE}:{begins}", *more])
    return calendar(one, head="METHOD:CANCEL\n")


def test_one_repetition_moves_and_another_is_forgotten(expected: Expected) -> None:
    expected.take(calendar(booked(TUESDAY, "RRULE:FREQ=WEEKLY;COUNT=3")))
    moved = booked("20261202T113000", f"RECURRENCE-ID{ZONE}:{NEXT}")
    for _ in range(2):
        expected.take(calendar(moved, head="METHOD:REQUEST\n"))
        expected.take(cancelled(TUESDAY, f"RECURRENCE-ID{ZONE}:{TUESDAY}"))
        assert expected.booking_lines() == ["12-02 11:30 rent", "12-08 10:00 rent"]
    expected.take(cancelled("20261202T113000", f"RECURRENCE-ID{ZONE}:{NEXT}"))
    assert expected.booking_lines() == ["12-08 10:00 rent"]


@pytest.mark.parametrize(
    "title",
    ["SUMMARY:Abgesagt: Frau Muster", 'SUMMARY;LANGUAGE="de:x";X=1:Canceled: Frau Muster'],
)
def test_a_title_that_says_so_cancels(expected: Expected, title: str) -> None:
    expected.take(calendar(booked(TUESDAY), booked(NEXT, "SUMMARY:Absage besprechen", uid="b")))
    expected.take(calendar(booked(TUESDAY, title)))
    assert expected.booking_lines() == ["12-01 10:00 rent"]


def test_an_older_version_that_is_imported_later_does_not_win(expected: Expected) -> None:
    first, moved = booked(TUESDAY, "SEQUENCE:0"), booked(NEXT, "SEQUENCE:1")
    expected.take(calendar(first))
    expected.take(calendar(moved))
    assert expected.take(calendar(first)).outdated == 1
    assert expected.booking_lines() == ["12-01 10:00 rent"]
    expected.take(cancelled(NEXT, "SEQUENCE:2"))
    assert expected.take(calendar(moved)).outdated == 1
    assert expected.booking_lines() == [], "it was cancelled since"
    expected.take(calendar(booked(TUESDAY, "SEQUENCE:3")))
    assert expected.booking_lines() == ["11-24 10:00 rent"], "and is agreed on again"


def test_a_program_that_counts_no_versions_is_believed(expected: Expected) -> None:
    expected.take(calendar(booked(NEXT, "SEQUENCE:7")))
    assert expected.take(calendar(booked(TUESDAY))).outdated == 0
    assert expected.booking_lines() == ["11-24 10:00 rent"]


def test_the_version_of_an_appointment_is_forgotten_with_its_day(expected: Expected) -> None:
    expected.take(cancelled(TUESDAY, "SEQUENCE:2"))
    expected.clock.wall += timedelta(days=3)
    expected.take(calendar(booked(NEXT, uid="b")))
    with expected.office.database.read() as connection:
        assert not connection.execute("SELECT * FROM appointment_version").fetchall()


def test_a_series_is_forgotten_as_a_whole(expected: Expected) -> None:
    rule = "RRULE:FREQ=WEEKLY;COUNT=3"
    expected.take(calendar(booked(TUESDAY, rule), booked(TUESDAY, uid="b")))
    expected.take(cancelled(TUESDAY, rule))
    assert expected.booking_lines() == ["11-24 10:00 rent"]  # of another person


def test_one_who_is_forgotten_already_may_be_cancelled_again(expected: Expected) -> None:
    expected.take(calendar(booked(TUESDAY)))
    for _ in range(2):
        expected.take(cancelled(TUESDAY))
        assert expected.booking_lines() == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (cancelled(TUESDAY, uid="other"), "mit einer Kennung abgesagt, die hier niemand kennt"),
        # The first of a series of unknown length.
        (cancelled(TUESDAY, uid="series"), "mit einer Kennung abgesagt, die hier niemand kennt"),
        (
            calendar(
                booked(TUESDAY, "RECURRENCE-ID;VALUE=DATE:20261124", uid="series"),
                head="METHOD:REQUEST\n",
            ),
            "aber nicht die Uhrzeit",
        ),
    ],
)
def test_what_cannot_be_distinguished_is_refused(expected: Expected, text: str, said: str) -> None:
    expected.take(calendar(booked(TUESDAY, "RRULE:FREQ=WEEKLY;COUNT=2", uid="series")))
    with pytest.raises(ImportErrors) as refused:
        expected.take(text)
    [fault] = refused.value.import_faults
    assert said in fault.what.german
    assert (fault.line, bool(fault.remedy.german)) == (5, True)
    assert len(expected.booking_lines()) == 2


@pytest.mark.parametrize(
    ("imported", "typed"),
    [("08154711", "08154711"), ("8154711", "08154711"), ("08154711", "8154711")],
)
def test_a_code_is_found_although_a_table_has_eaten_its_zeros(
    expected: Expected, imported: str, typed: str
) -> None:
    head = "Datum;Uhrzeit;Anliegen;Code;Status\n24.11.2026;10:00;Miete;"
    expected.take(f"{head}{imported};\n", "t.csv")
    expected.take(f"{head}{typed};abgesagt\n", "t.csv")
    assert expected.booking_lines() == []
