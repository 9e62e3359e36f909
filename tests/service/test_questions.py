"""Answers at the glass: kept with the ticket, counted each alone, gone with the visit."""

from pathlib import Path

import pytest

from kiosk.counts.close import close_periods
from kiosk.counts.ledger_entry import ledger_names
from kiosk.domain.errors import Unknown
from kiosk.domain.ids import TicketId
from kiosk.domain.ticket import Ticket
from kiosk.export.package import build_package, closed_periods
from kiosk.service import citizens, undo_log, visits
from kiosk.service.office import Office
from kiosk.service.queue_view import queue_view
from kiosk.settings import profiles
from kiosk.store.counters import RECORDS, VISITS, RecordKey
from kiosk.store.database import Connection, Database
from tests.settings.profiles.asking import profile_that_asks
from tests.town import TownClock

TOPIC, OLD = "wohngeld", {"age": "80-plus"}


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    """The office of a service whose profile asks for the age."""
    return Office(database, profiles.load_profile(str(profile_that_asks(tmp_path))))


@pytest.fixture(autouse=True)
def _open(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, None, None, clock())


def _take(
    office: Office, clock: TownClock, given: dict[str, str], desk: str | None = None
) -> Ticket:
    request = citizens.TicketRequest(TOPIC, "de", desk=desk, answers=given)
    return citizens.take_ticket(office, request, clock()).ticket


def _answers_of(connection: Connection, ticket: TicketId) -> dict[str, str]:
    query = "SELECT question, choice FROM answer WHERE ticket = ?"
    return {row["question"]: row["choice"] for row in connection.execute(query, (ticket,))}


def _records(database: Database) -> dict[RecordKey, int]:
    with database.read() as connection:
        counted = RECORDS.of(connection, "2026-11")
    return {key: count for key, count in counted.items() if key.item.startswith("question.")}


def test_an_answer_is_kept_with_its_ticket_while_the_visit_is_open(
    office: Office, clock: TownClock
) -> None:
    ticket = _take(office, clock, OLD)
    with office.database.read() as connection:
        assert _answers_of(connection, ticket.id) == OLD
    visits.close_visit(office, clock(), expected=None)
    with office.database.read() as connection:
        assert _answers_of(connection, ticket.id) == {}


def test_each_answer_is_counted_alone_and_none_is_one_too(office: Office, clock: TownClock) -> None:
    for given in (OLD, OLD, {"age": "18-26"}, {}):
        _take(office, clock, given)
    visits.close_visit(office, clock(), expected=None)
    assert _records(office.database) == {
        RecordKey("question.age", "80-plus"): 2,
        RecordKey("question.age", "18-26"): 1,
        RecordKey("question.age", "not_said"): 1,
    }
    with office.database.read() as connection:
        assert sum(VISITS.of(connection, "2026-11").values()) == 4


def test_what_is_not_counted_is_not_kept(office: Office, clock: TownClock) -> None:
    answered = {"priority": "yes"}
    ticket = _take(office, clock, answered)
    assert office.read(queue_view).tickets[0].priority
    with office.database.read() as connection:
        assert _answers_of(connection, ticket.id) == {}


def test_a_number_that_staff_take_back_takes_its_answer_along(
    office: Office, clock: TownClock
) -> None:
    _take(office, clock, OLD, desk="1")
    undo_log.undo(office, "1", clock())
    visits.close_visit(office, clock(), expected=None)
    assert _records(office.database) == {}


@pytest.mark.parametrize("given", [{"shoe-size": "43"}, {"age": "43"}])
def test_an_unknown_answer_is_refused(
    office: Office, clock: TownClock, given: dict[str, str]
) -> None:
    with pytest.raises(Unknown):
        _take(office, clock, given)
    assert office.read(queue_view).tickets == ()


def test_answers_go_into_the_export_in_words(office: Office, clock: TownClock) -> None:
    for given in (OLD, {}):
        for _ in range(50):
            _take(office, clock, given, desk="1")
    visits.close_visit(office, clock(), expected=None)
    later = clock()
    names = ledger_names(office.profile, "rh-1")
    close_periods(office.database, names, later, end_running=True)
    (period,) = closed_periods(office.database)
    files = build_package(office.database, period).files
    told = [row.split(",", 3)[3] for row in files["records.csv"].decode().splitlines()]
    assert [row for row in told if row.startswith("question.")] == [
        "question.age,Wie alt sind Sie?,80-plus,80 Jahre und älter,50",
        "question.age,Wie alt sind Sie?,not_said,nicht gesagt,50",
    ]
    assert b"Wie alt sind Sie?" in files["datapackage.json"]
