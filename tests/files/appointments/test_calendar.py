"""Appointments as booking systems export them: iCalendar, with people in it who stay outside."""

from pathlib import Path

from tests.files.appointments.files import booking_lines, faults, read
from tests.files.timetable.plans import calendar

NAME = "Anna Müller"


def booked(uid: str, begins: str, *more: str, topic: str = "CATEGORIES:Stelle finden") -> str:
    """One event as a booking system writes it, with everything it knows about the person."""
    lines = (
        f"UID:{uid}",
        f"SUMMARY:{NAME}",
        f"ATTENDEE;CN={NAME};X-NUM-GUESTS=0:mailto:",
        " anna@example.org",
        f"ORGANIZER;CN={NAME}:mailto:anna@example.org",
        f"X-ALT-DESC;FMTTYPE=text/html:<b>{NAME}</b>",
        f"DTSTART;TZID=Europe/Berlin:{begins}",
        f"DTEND;TZID=Europe/Berlin:{begins[:9]}235900",
        topic,
        *more,
    )
    return "\n".join(lines)


def ics(folder: Path, *events: str) -> list[str]:
    return booking_lines(read(folder, calendar(*events), "termine.ics"))


def test_time_topic_stop_and_code(tmp_path: Path) -> None:
    said = f"DESCRIPTION:Guten Tag {NAME}\\nCode: 4711 0815\\nTelefon: 0209"
    event = booked("1", "20261124T100000", "LOCATION:Markt", said)
    assert ics(tmp_path, event) == ["2026-11-24 10:00 jobs market 47110815"]


def test_the_topic_may_stand_in_the_description(tmp_path: Path) -> None:
    event = booked("1", "20261124T100000", topic="DESCRIPTION:Anliegen: Miete")
    assert ics(tmp_path, event) == ["2026-11-24 10:00 rent * ?"]


def test_nothing_personal_is_read_or_shown_in_a_message(tmp_path: Path) -> None:
    book = read(tmp_path, calendar(booked("1", "20261124T100000")), "termine.ics")
    assert not any(word in repr(book) for word in ("Anna", "example.org"))
    wrong = calendar(
        booked("1", "20261124T100000", topic="CATEGORIES:Stelle suchen"),
        booked("2", "21261124T100000"),
        booked("3", "20261124T100000", "RRULE:FREQ=SECONDLY"),
    )
    found = faults(tmp_path, wrong, "termine.ics")
    assert len(found) == 3
    assert not any(word in " ".join(found) for word in ("Anna", "example.org"))


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    text = calendar(booked("1", "20261124T100000", topic="CATEGORIES:Quatsch"))
    line = 1 + text.split("\r\n").index("BEGIN:VEVENT")
    assert faults(tmp_path, text, "termine.ics")[0].startswith(f"{line}: appointment on")


def test_zones_are_minded(tmp_path: Path) -> None:
    event = "UID:1\nDTSTART:20261124T090000Z\nDTEND:20261124T093000Z\nCATEGORIES:jobs"
    assert ics(tmp_path, event) == ["2026-11-24 10:00 jobs * ?"]


def test_a_cancelled_event_and_a_holiday(tmp_path: Path) -> None:
    holiday = "UID:2\nSUMMARY:Betriebsausflug\nDTSTART;VALUE=DATE:20261125"
    text = calendar(booked("1", "20261124T100000", "STATUS:CANCELLED"), holiday)
    book = read(tmp_path, text, "termine.ics")
    assert (booking_lines(book), book.all_day) == (["-2026-11-24 10:00 jobs * ?"], 1)


def test_a_weekly_appointment_is_one_each_week(tmp_path: Path) -> None:
    event = booked("1", "20261124T100000", "RRULE:FREQ=WEEKLY;COUNT=3")
    book = read(tmp_path, calendar(event), "termine.ics")
    assert [line[:16] for line in booking_lines(book)] == [
        "2026-11-24 10:00",
        "2026-12-01 10:00",
        "2026-12-08 10:00",
    ]
    assert len({booking.origin for booking in book.bookings}) == 3


def test_the_same_event_moved_is_still_the_same(tmp_path: Path) -> None:
    before, after = (
        read(tmp_path, calendar(booked("1", begins)), "termine.ics").bookings[0]
        for begins in ("20261124T100000", "20261125T113000")
    )
    assert before.origin == after.origin
    assert before.time != after.time
