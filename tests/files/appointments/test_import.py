"""Importing appointments: what a second, a changed and a shorter file do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.appointment_code import is_mistyped
from kiosk.domain.events import AppointmentsChanged
from kiosk.service import visits
from kiosk.service.appointment_import import AppointmentImport, import_appointments
from kiosk.service.appointments import upcoming
from kiosk.service.check_in import CheckInRequest, check_in, expected_today
from kiosk.service.timetable import TodayUnknown
from kiosk.store import appointments, journal
from tests.files.appointments.booked import at, booking
from tests.town import ESTATE, GERMAN, RENT, TownClock

if TYPE_CHECKING:
    from kiosk.domain.appointment import Appointment
    from kiosk.service.office import Office

SOON, LATER = "2026-11-22 10:30", "2026-11-24 09:00"


def kept(office: Office) -> list[Appointment]:
    with office.database.read() as connection:
        return appointments.list_all(connection)


def done(imported: AppointmentImport) -> dict[str, int]:
    """What an import has done, and how many others there are."""
    kinds: Counter[str] = Counter(change.kind for change in imported.changes)
    return {**dict(kinds), **({"others": imported.others} if imported.others else {})}


def test_codes_are_drawn_where_the_file_has_none(office: Office, clock: TownClock) -> None:
    bookings = [booking(SOON, origin=str(number)) for number in range(50)]
    assert done(import_appointments(office, bookings, clock())) == {"new": 50}
    codes = {appointment.code for appointment in kept(office)}
    assert len(codes) == 50
    assert not any(is_mistyped(code) for code in codes)


def test_the_same_file_again_changes_nothing(office: Office, clock: TownClock) -> None:
    bookings = [booking(SOON, "4711"), booking(LATER, origin="uid-1")]
    import_appointments(office, bookings, clock())
    before = kept(office)
    assert done(import_appointments(office, bookings, clock())) == {"same": 2}
    assert kept(office) == before


def test_a_changed_time_moves_the_appointment_and_keeps_its_code(
    office: Office, clock: TownClock
) -> None:
    for code in ("4711", None):
        import_appointments(office, [booking(SOON, code, origin="uid-1")], clock())
        before = next(a for a in kept(office) if a.time == at(SOON))
        moved = booking(LATER, code, topic=RENT, stop=ESTATE, origin="uid-1")
        imported = import_appointments(office, [moved], clock())
        assert [change.kind for change in imported.changes] == ["moved"]
        after = next(a for a in kept(office) if a.code == before.code)
        assert (after.time, after.topic, after.stop) == (at(LATER), RENT, ESTATE)


def test_who_has_checked_in_is_not_moved(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, None, None, clock())
    import_appointments(office, [booking(SOON, "4711")], clock())
    check_in(office, CheckInRequest("4711", GERMAN), clock())
    moved = [booking(LATER, "4711")]
    gone = [booking(SOON, "4711", cancelled=True)]
    assert done(import_appointments(office, moved, clock())) == {"kept": 1}
    assert done(import_appointments(office, gone, clock())) == {"kept": 1}
    assert [line.appointment.time for line in office.read(expected_today, clock())] == [at(SOON)]


def test_a_cancelled_appointment_is_forgotten(office: Office, clock: TownClock) -> None:
    import_appointments(office, [booking(SOON, "4711"), booking(LATER, origin="u")], clock())
    gone = [booking(SOON, "4711", cancelled=True), booking(LATER, origin="u", cancelled=True)]
    assert done(import_appointments(office, gone, clock())) == {"gone": 2}
    assert done(import_appointments(office, gone, clock())) == {}
    assert kept(office) == []


def test_appointments_of_other_files_stay_by_default(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, None, None, clock())
    import_appointments(office, [booking(SOON, "1111"), booking(SOON, "2222")], clock())
    check_in(office, CheckInRequest("2222", GERMAN), clock())
    mine = [booking(LATER, "3333")]
    assert done(import_appointments(office, mine, clock())) == {"new": 1, "others": 2}
    imported = import_appointments(office, mine, clock(), instead_of_all=True)
    assert done(imported) == {"same": 1, "gone": 1}
    assert [appointment.code for appointment in kept(office)] == ["2222", "3333"]


def test_days_that_are_over_are_forgotten(office: Office, clock: TownClock) -> None:
    import_appointments(office, [booking(SOON, "1111"), booking(LATER, "2222")], clock())
    clock.jump(1)
    import_appointments(office, [booking(LATER, "3333")], clock())
    assert [appointment.code for appointment in kept(office)] == ["2222", "3333"]


def test_what_a_file_calls_an_appointment_is_not_kept(office: Office, clock: TownClock) -> None:
    import_appointments(office, [booking(SOON, origin="anna.mueller@example.org")], clock())
    with office.database.read() as connection:
        rows = [tuple(row) for row in connection.execute("SELECT * FROM appointment")]
    assert "anna" not in repr(rows)


def test_two_devices_keep_different_digests(office: Office, clock: TownClock) -> None:
    import_appointments(office, [booking(SOON, origin="uid")], clock())
    first = kept(office)[0].origin
    with office.database.write() as connection:
        connection.execute("DELETE FROM appointment")
        connection.execute("DELETE FROM key_value WHERE key = 'appointment_key'")
    import_appointments(office, [booking(SOON, origin="uid")], clock())
    assert kept(office)[0].origin != first


def test_without_a_clock_nothing_is_imported(office: Office, clock: TownClock) -> None:
    clock.trusted = False
    with pytest.raises(TodayUnknown):
        import_appointments(office, [booking(SOON, "4711")], clock())


def test_the_journal_reports_that_the_list_has_changed(office: Office, clock: TownClock) -> None:
    bookings = [booking(SOON, "4711")]
    import_appointments(office, bookings, clock())
    import_appointments(office, bookings, clock())
    with office.database.read() as connection:
        told = [entry.event for entry in journal.since(connection, 0)]
    assert told == [AppointmentsChanged(new=1, moved=0, gone=0)]


def test_slips_are_for_those_who_are_still_to_come(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, None, None, clock())
    bookings = [booking(SOON, "1111"), booking(LATER, "2222"), booking(SOON, "3333")]
    import_appointments(office, bookings, clock())
    check_in(office, CheckInRequest("3333", GERMAN), clock())
    assert [appointment.code for appointment in office.read(upcoming, clock())] == ["1111", "2222"]
