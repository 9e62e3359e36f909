"""Topics and services that give numbers by appointment only: walk-ins are told so."""

from dataclasses import replace

import pytest

from kiosk.domain.errors import ContingentUsedUp, IntakeClosed, OnlyByAppointment
from kiosk.service import citizens, visits
from kiosk.service.office import Office
from kiosk.store.counters import REFUSED, RefusedKey
from kiosk.store.database import Database
from tests.service.coming import book, come
from tests.town import FIRST_DESK, GERMAN, JOBS, RENT, TOWN, TownClock

JOBS_BY_APPOINTMENT = replace(
    TOWN, topics=(replace(TOWN.topics[0], by_appointment=True), *TOWN.topics[1:])
)


def opened(database: Database, clock: TownClock, *, all_topics: bool = False) -> Office:
    """Jobs by appointment only, or everything."""
    profile = replace(TOWN, by_appointment=True) if all_topics else JOBS_BY_APPOINTMENT
    office = Office(database, profile)
    visits.open_visit(office, None, None, clock())
    return office


def take(office: Office, clock: TownClock, topic: str, desk: str | None = None) -> str:
    request = citizens.TicketRequest(topic, GERMAN, desk=desk)
    return citizens.take_ticket(office, request, clock()).ticket.number


def test_a_topic_by_appointment_is_for_who_is_expected(
    database: Database, clock: TownClock
) -> None:
    office = opened(database, clock)
    book(office, clock, 0)
    with pytest.raises(OnlyByAppointment, match="'jobs' are given by appointment only"):
        take(office, clock, JOBS)
    assert come(office, clock).taken.ticket.number == "A-001"
    assert take(office, clock, JOBS, desk=FIRST_DESK) == "A-002"
    assert take(office, clock, RENT) == "B-001"


def test_such_demand_is_counted_by_its_own_reason(database: Database, clock: TownClock) -> None:
    office = opened(database, clock)
    with pytest.raises(OnlyByAppointment):
        take(office, clock, JOBS)
    with database.read() as connection:
        assert REFUSED.of(connection, "2026-11") == {RefusedKey("by_appointment", "work"): 1}


def test_staff_let_walk_ins_in(database: Database, clock: TownClock) -> None:
    office = opened(database, clock)
    visits.limit_topic(office, JOBS, 1, clock())
    assert take(office, clock, JOBS) == "A-001"
    with pytest.raises(ContingentUsedUp):
        take(office, clock, JOBS)
    visits.limit_topic(office, JOBS, None, clock())
    assert take(office, clock, JOBS) == "A-002"


def test_a_closed_intake_hides_the_reason_of_a_topic(database: Database, clock: TownClock) -> None:
    office = opened(database, clock)
    visits.set_intake(office, clock(), intake=False)
    with pytest.raises(IntakeClosed):
        take(office, clock, JOBS)


def test_a_service_by_appointment_says_so_of_each_topic(
    database: Database, clock: TownClock
) -> None:
    office = opened(database, clock, all_topics=True)
    with pytest.raises(OnlyByAppointment):
        take(office, clock, RENT)
    visits.set_intake(office, clock(), intake=True)
    assert take(office, clock, RENT) == "B-001"
