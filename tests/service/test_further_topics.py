"""Several concerns of one person: noted beside the outcome, counted apart from people."""

import json

import pytest

from kiosk.domain.errors import TooManyTopics, Unknown
from kiosk.domain.ids import TopicId
from kiosk.domain.outcome import NOT_RECORDED, RESOLVED
from kiosk.domain.record import MOST_FURTHER, Record
from kiosk.service import citizens, staff, visits
from kiosk.service.office import Office
from kiosk.store.counters import FURTHER, STOP_TOPICS, TopicKey
from tests.town import FIRST_DESK, GERMAN, JOBS, PASSPORT, RENT, SCHOOL, TownClock

NOVEMBER = "2026-11"


def served(office: Office, clock: TownClock, record: Record) -> None:
    citizens.take_ticket(office, citizens.TicketRequest(JOBS, GERMAN), clock())
    staff.call_next(office, FIRST_DESK, clock())
    staff.finish(office, FIRST_DESK, record, clock())


def test_further_topics_count_once_beside_the_own_one(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, None, None, clock())
    served(office, clock, Record(RESOLVED, further=(RENT, RENT, SCHOOL, JOBS)))
    served(office, clock, Record(RESOLVED))
    served(office, clock, Record(NOT_RECORDED, further=(RENT,)))
    without_number = staff.CountRequest(PASSPORT, Record(RESOLVED, further=(RENT, PASSPORT)))
    staff.count(office, FIRST_DESK, without_number, clock())
    visits.close_visit(office, clock())
    with office.database.read() as connection:
        assert FURTHER.of(connection, NOVEMBER) == {TopicKey(RENT): 2, TopicKey(SCHOOL): 1}
        assert sum(STOP_TOPICS.of(connection, NOVEMBER).values()) == 4


def test_topics_that_there_are_not_or_too_many_are_refused(
    office: Office, clock: TownClock
) -> None:
    visits.open_visit(office, None, None, clock())
    with pytest.raises(Unknown):
        served(office, clock, Record(RESOLVED, further=(TopicId("weather"),)))
    with pytest.raises(TooManyTopics):
        Record(RESOLVED, further=(RENT,) * (MOST_FURTHER + 1))


def test_a_record_from_before_has_none() -> None:
    before = json.loads(Record(RESOLVED, persons=2).as_text())
    del before["further"]
    assert Record.from_text(json.dumps(before)) == Record(RESOLVED, persons=2)
