"""Answers that staff are shown: kept with the ticket wherever it goes, and told to staff alone."""

from dataclasses import replace

import pytest

from kiosk.counts.ledger_entry import ledger_names
from kiosk.domain.events import AnswerChanged
from kiosk.domain.ids import ChoiceId, QuestionId
from kiosk.domain.question import Choice, Question
from kiosk.service import citizens, staff, visits
from kiosk.service.desk_answers import answers_for_staff, staff_labels
from kiosk.service.office import Office
from kiosk.store import journal
from kiosk.store.counters import RECORDS
from kiosk.store.database import Database
from tests.town import ASKS_PRIORITY, FIRST_DESK, GERMAN, JOBS, TOWN, TownClock

INTERPRETER, YES = QuestionId("interpreter"), ChoiceId("yes")
ASKS = Question(INTERPRETER, (Choice(YES),), counted=False, shown_at_desk=True)
HELPFUL = replace(TOWN, questions=(ASKS_PRIORITY, ASKS))


@pytest.fixture
def office(database: Database, clock: TownClock) -> Office:
    """The office of a service that asks who needs an interpreter, with an open visit."""
    office = Office(database, HELPFUL)
    visits.open_visit(office, None, None, clock())
    return office


def _take(office: Office, clock: TownClock, **answers: str) -> citizens.TakenTicket:
    request = citizens.TicketRequest(JOBS, GERMAN, answers=answers)
    return citizens.take_ticket(office, request, clock())


def test_a_wish_is_with_its_ticket_until_it_is_taken_back(office: Office, clock: TownClock) -> None:
    other, ticket = _take(office, clock, priority="yes").ticket, _take(office, clock).ticket
    assert office.read(answers_for_staff) == {}
    citizens.answer(office, ticket.id, INTERPRETER, YES, clock())
    assert office.read(answers_for_staff) == {ticket.id: {INTERPRETER: YES}}
    assert office.read(staff_labels) == {ticket.id: ("Dolmetschen gewünscht",)}
    citizens.answer(office, other.id, INTERPRETER, None, clock())
    citizens.answer(office, ticket.id, INTERPRETER, None, clock())
    assert office.read(staff_labels) == {}


def test_it_stays_with_a_person_who_is_called_and_put_back(
    office: Office, clock: TownClock
) -> None:
    ticket = _take(office, clock, interpreter="yes").ticket
    assert staff.call_next(office, FIRST_DESK, clock())
    assert ticket.id in office.read(staff_labels)
    staff.start(office, FIRST_DESK, clock())
    staff.park(office, FIRST_DESK, clock())
    assert ticket.id in office.read(staff_labels)


def test_the_journal_says_that_staff_must_look_again_and_not_what_was_said(
    office: Office, clock: TownClock
) -> None:
    ticket = _take(office, clock).ticket
    with office.database.read() as connection:
        before = journal.newest(connection)
    citizens.answer(office, ticket.id, INTERPRETER, YES, clock())
    with office.database.read() as connection:
        told = [entry.event for entry in journal.since(connection, before)]
    assert told == [AnswerChanged(ticket.id, ticket.number)]


def test_what_is_not_counted_leaves_with_the_visit(office: Office, clock: TownClock) -> None:
    _take(office, clock, interpreter="yes")
    visits.close_visit(office, clock(), expected=None)
    with office.database.read() as connection:
        counted = RECORDS.of(connection, "2026-11")
        assert connection.execute("SELECT COUNT(*) FROM answer").fetchone()[0] == 0
    assert not [key for key in counted if INTERPRETER in key.item]


def test_counted_it_has_words_in_the_tables_of_an_evaluator() -> None:
    counted = replace(ASKS, counted=True)
    names = ledger_names(replace(TOWN, questions=(ASKS_PRIORITY, counted)), "rh-1")
    asked = names.questions[INTERPRETER]
    assert (asked.label, asked.choices[YES]) == ("Dolmetschen gewünscht", "ja")


def test_an_answer_that_an_edited_profile_lost_is_left_out(
    office: Office, clock: TownClock
) -> None:
    _take(office, clock, interpreter="yes")
    assert Office(office.database, TOWN).read(staff_labels) == {}
    other = Question(INTERPRETER, (Choice(ChoiceId("sign")),), shown_at_desk=True)
    edited = Office(office.database, replace(TOWN, questions=(other,)))
    assert [*edited.read(staff_labels).values()] == [()]
