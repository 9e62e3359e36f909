from datetime import UTC, datetime

from kiosk.domain.outcome import Outcome
from kiosk.domain.record import Advice, Occasion, Record
from kiosk.service import back_office, front_desk, service_day
from kiosk.service.office import Office
from kiosk.store.counters import (
    DEMAND,
    FEEDBACK,
    LANGUAGES,
    RECORDS,
    UNDATED,
    VISITS,
    DemandKey,
    FeedbackKey,
    LanguageKey,
    VisitKey,
)
from kiosk.store.database import Database
from tests.town import ESTATE, FIRST_DESK, JOBS, MARKET, RENT, SCHOOL, TENANTS, TownClock

NOVEMBER = "2026-11"


def demand(database: Database, period: str = NOVEMBER) -> dict[DemandKey, int]:
    with database.read() as connection:
        return DEMAND.of(connection, period)


def serve(office: Office, clock: TownClock, outcome: Outcome) -> None:
    back_office.call_next(office, FIRST_DESK, clock())
    back_office.start(office, FIRST_DESK, clock())
    back_office.finish(office, FIRST_DESK, Record(outcome), clock())


def test_every_ticket_counts_once_by_stop_topic_hour_and_outcome(
    office: Office, clock: TownClock
) -> None:
    service_day.open_visit(office, MARKET, None, clock())
    for _ in range(2):
        front_desk.take_ticket(office, JOBS, "de", clock())
        serve(office, clock, Outcome.RESOLVED)
    clock.pass_s(3600)
    front_desk.take_ticket(office, RENT, "tr", clock())
    serve(office, clock, Outcome.REFERRED)
    service_day.close_visit(office, clock())
    assert demand(office.database) == {
        DemandKey(MARKET, JOBS, 10, "resolved"): 2,
        DemandKey(MARKET, RENT, 11, "referred"): 1,
    }
    with office.database.read() as connection:
        assert VISITS.of(connection, NOVEMBER) == {VisitKey(MARKET, "2026-11-22"): 3}
        assert LANGUAGES.of(connection, "2026-Q4") == {LanguageKey("de"): 2, LanguageKey("tr"): 1}


def test_whoever_is_dismissed_after_a_missed_call_was_missed(
    office: Office, clock: TownClock
) -> None:
    service_day.open_visit(office, MARKET, None, clock())
    absent = front_desk.take_ticket(office, JOBS, "de", clock()).ticket
    for _ in range(2):
        back_office.call_next(office, FIRST_DESK, clock())
        back_office.miss(office, FIRST_DESK, clock())
    back_office.withdraw(office, absent.id, clock())
    service_day.close_visit(office, clock())
    assert demand(office.database) == {DemandKey(MARKET, JOBS, 10, "missed"): 1}


def test_who_appeared_can_be_told_from_who_did_not(office: Office, clock: TownClock) -> None:
    service_day.open_visit(office, MARKET, None, clock())
    numbers = [front_desk.take_ticket(office, topic, "de", clock()).ticket for topic in (JOBS,) * 3]
    back_office.withdraw(office, numbers[0].id, clock())
    for _ in range(2):  # two calls, then missed
        back_office.call_next(office, FIRST_DESK, clock())
        back_office.recall(office, FIRST_DESK, clock())
        back_office.miss(office, FIRST_DESK, clock())
        serve(office, clock, Outcome.APPOINTMENT_MADE)
        front_desk.take_ticket(office, SCHOOL, "de", clock())
    back_office.call_next(office, FIRST_DESK, clock())
    back_office.start(office, FIRST_DESK, clock())
    service_day.close_visit(office, clock(), force=True)
    assert demand(office.database) == {
        DemandKey(MARKET, JOBS, 10, "withdrawn"): 1,
        DemandKey(MARKET, JOBS, 10, "missed"): 1,
        DemandKey(MARKET, JOBS, 10, "appointment_made"): 1,
        DemandKey(MARKET, SCHOOL, 10, "appointment_made"): 1,
        DemandKey(MARKET, SCHOOL, 10, "not_recorded"): 1,
    }


def test_smileys_count_by_hour_and_score_and_not_when_taken_back(
    office: Office, clock: TownClock
) -> None:
    service_day.open_visit(office, ESTATE, None, clock())
    front_desk.give_feedback(office, 5, clock())
    wrong = front_desk.give_feedback(office, 1, clock()).id
    front_desk.take_back_feedback(office, wrong, clock())
    service_day.close_visit(office, clock())
    with office.database.read() as connection:
        assert FEEDBACK.of(connection, NOVEMBER) == {FeedbackKey(ESTATE, 10, 5): 1}


def test_a_second_visit_adds_to_the_first(office: Office, clock: TownClock) -> None:
    for _ in range(2):
        service_day.open_visit(office, MARKET, None, clock())
        front_desk.take_ticket(office, JOBS, "de", clock())
        serve(office, clock, Outcome.RESOLVED)
        service_day.close_visit(office, clock())
    assert demand(office.database) == {DemandKey(MARKET, JOBS, 10, "resolved"): 2}


def test_a_visit_that_nobody_came_to_is_remembered(office: Office, clock: TownClock) -> None:
    service_day.open_visit(office, MARKET, None, clock())
    service_day.close_visit(office, clock())
    with office.database.read() as connection:
        assert VISITS.of(connection, NOVEMBER) == {VisitKey(MARKET, "2026-11-22"): 0}


def test_a_clock_that_was_never_set_leaves_hour_and_date_open(office: Office) -> None:
    clock = TownClock(wall=datetime(1970, 1, 1, tzinfo=UTC), trusted=False)
    service_day.open_visit(office, MARKET, None, clock())
    front_desk.take_ticket(office, JOBS, "de", clock())
    service_day.close_visit(office, clock(), force=True)
    assert demand(office.database, UNDATED) == {DemandKey(MARKET, JOBS, None, "withdrawn"): 1}
    with office.database.read() as connection:
        assert VISITS.of(connection, UNDATED) == {VisitKey(MARKET, None): 1}


def test_a_clock_set_before_closing_gives_the_morning_its_hours(office: Office) -> None:
    clock = TownClock(wall=datetime(1970, 1, 1, tzinfo=UTC), trusted=False)
    service_day.open_visit(office, MARKET, None, clock())
    front_desk.take_ticket(office, JOBS, "de", clock())
    clock.pass_s(4 * 3600)
    clock.wall, clock.trusted = datetime(2026, 11, 22, 12, 59, tzinfo=UTC), True
    service_day.close_visit(office, clock(), force=True)
    assert demand(office.database) == {DemandKey(MARKET, JOBS, 9, "withdrawn"): 1}


def test_a_power_cut_at_noon_loses_the_hours_before_and_keeps_the_date(office: Office) -> None:
    clock = TownClock(wall=datetime(1970, 1, 1, tzinfo=UTC), trusted=False)
    service_day.open_visit(office, MARKET, None, clock())
    front_desk.take_ticket(office, JOBS, "de", clock())
    clock.cut_power()
    clock.wall, clock.trusted = datetime(2026, 11, 22, 11, 30, tzinfo=UTC), True
    front_desk.take_ticket(office, JOBS, "de", clock())
    service_day.close_visit(office, clock(), force=True)
    assert demand(office.database) == {
        DemandKey(MARKET, JOBS, None, "withdrawn"): 1,
        DemandKey(MARKET, JOBS, 12, "withdrawn"): 1,
    }


def test_what_was_noted_is_counted_one_answer_at_a_time(office: Office, clock: TownClock) -> None:
    service_day.open_visit(office, None, None, clock())
    noted = Record(
        Outcome.REFERRED, TENANTS, Advice.FULL, Occasion.FOLLOW_UP, persons=3, interpreter=True
    )
    front_desk.take_ticket(office, JOBS, "de", clock())
    back_office.call_next(office, FIRST_DESK, clock())
    back_office.finish(office, FIRST_DESK, noted, clock())
    back_office.count(office, FIRST_DESK, RENT, Record(Outcome.RESOLVED), clock())
    back_office.count(office, FIRST_DESK, RENT, Record(Outcome.NOT_RECORDED), clock())
    service_day.close_visit(office, clock())
    with office.database.read() as connection:
        noted_as = RECORDS.of(connection, NOVEMBER)
    counted = {(key.item, key.value): count for key, count in noted_as.items()}
    assert counted == {
        ("persons", "3"): 1,
        ("persons", "1"): 1,
        ("interpreter", "yes"): 1,
        ("interpreter", "no"): 1,
        ("advice", "full"): 1,
        ("occasion", "follow_up"): 1,
        ("referral", TENANTS): 1,
    }
    assert sum(demand(office.database).values()) == 3
