from datetime import UTC, datetime

from kiosk.domain.ids import OutcomeId
from kiosk.domain.outcome import APPOINTMENT_MADE, NOT_RECORDED, REFERRED, RESOLVED
from kiosk.domain.record import Advice, Occasion, Record
from kiosk.service import citizens, staff, visits
from kiosk.service.office import Office
from kiosk.store.counters import (
    HOUR_SCORES,
    KINDS,
    LANGUAGES,
    RECORDS,
    STOP_HOURS,
    STOP_SCORES,
    STOP_TOPICS,
    TIMES,
    TIMES_HOURS,
    TOPIC_OUTCOMES,
    UNDATED,
    VISITS,
    HourScoreKey,
    KindKey,
    LanguageKey,
    StopHourKey,
    StopScoreKey,
    StopTopicKey,
    TimesHourKey,
    TimesKey,
    TopicOutcomeKey,
    VisitKey,
)
from kiosk.store.database import Database
from tests.town import (
    ESTATE,
    FIRST_DESK,
    JOBS,
    MARKET,
    RENT,
    SCHOOL,
    SECOND_DESK,
    TENANTS,
    TownClock,
)

NOVEMBER = "2026-11"


def outcomes(database: Database, period: str = NOVEMBER) -> dict[TopicOutcomeKey, int]:
    with database.read() as connection:
        return TOPIC_OUTCOMES.of(connection, period)


def hours(database: Database, period: str = NOVEMBER) -> dict[StopHourKey, int]:
    with database.read() as connection:
        return STOP_HOURS.of(connection, period)


def serve(office: Office, clock: TownClock, outcome: OutcomeId) -> None:
    staff.call_next(office, FIRST_DESK, clock())
    staff.start(office, FIRST_DESK, clock())
    staff.finish(office, FIRST_DESK, Record(outcome), clock())


def test_every_ticket_counts_once_by_stop_topic_hour_and_outcome(
    office: Office, clock: TownClock
) -> None:
    visits.open_visit(office, MARKET, None, clock())
    for _ in range(2):
        citizens.take_ticket(office, citizens.TicketRequest(JOBS, "de"), clock())
        serve(office, clock, RESOLVED)
    clock.pass_s(3600)
    citizens.take_ticket(office, citizens.TicketRequest(RENT, "tr"), clock())
    serve(office, clock, REFERRED)
    visits.close_visit(office, clock())
    assert outcomes(office.database) == {
        TopicOutcomeKey(JOBS, "resolved"): 2,
        TopicOutcomeKey(RENT, "referred"): 1,
    }
    assert hours(office.database) == {StopHourKey(MARKET, 10): 2, StopHourKey(MARKET, 11): 1}
    with office.database.read() as connection:
        assert STOP_TOPICS.of(connection, NOVEMBER) == {
            StopTopicKey(MARKET, JOBS): 2,
            StopTopicKey(MARKET, RENT): 1,
        }
        assert VISITS.of(connection, NOVEMBER) == {VisitKey(MARKET, "2026-11-22"): 3}
        assert LANGUAGES.of(connection, NOVEMBER) == {LanguageKey("de"): 2, LanguageKey("tr"): 1}


def test_a_ticket_dismissed_after_a_missed_call_counts_as_missed(
    office: Office, clock: TownClock
) -> None:
    visits.open_visit(office, MARKET, None, clock())
    absent = citizens.take_ticket(office, citizens.TicketRequest(JOBS, "de"), clock()).ticket
    for _ in range(2):
        staff.call_next(office, FIRST_DESK, clock())
        staff.miss(office, FIRST_DESK, clock())
    staff.withdraw(office, absent.id, clock())
    visits.close_visit(office, clock())
    assert outcomes(office.database) == {TopicOutcomeKey(JOBS, "missed"): 1}


def test_missed_and_dismissed_people_are_counted_apart(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, MARKET, None, clock())
    numbers = [
        citizens.take_ticket(office, citizens.TicketRequest(topic, "de"), clock()).ticket
        for topic in (JOBS,) * 3
    ]
    staff.withdraw(office, numbers[0].id, clock())
    for _ in range(2):  # two calls, then missed
        staff.call_next(office, FIRST_DESK, clock())
        staff.recall(office, FIRST_DESK, clock())
        staff.miss(office, FIRST_DESK, clock())
        serve(office, clock, APPOINTMENT_MADE)
        citizens.take_ticket(office, citizens.TicketRequest(SCHOOL, "de"), clock())
    staff.call_next(office, FIRST_DESK, clock())
    staff.start(office, FIRST_DESK, clock())
    visits.close_visit(office, clock(), expected=None)
    assert outcomes(office.database) == {
        TopicOutcomeKey(JOBS, "withdrawn"): 1,
        TopicOutcomeKey(JOBS, "missed"): 1,
        TopicOutcomeKey(JOBS, "appointment_made"): 1,
        TopicOutcomeKey(SCHOOL, "appointment_made"): 1,
        TopicOutcomeKey(SCHOOL, "not_recorded"): 1,
    }


def test_smileys_count_by_hour_and_score_and_not_when_taken_back(
    office: Office, clock: TownClock
) -> None:
    visits.open_visit(office, ESTATE, None, clock())
    citizens.give_feedback(office, 5, clock())
    wrong = citizens.give_feedback(office, 1, clock()).id
    citizens.take_back_feedback(office, wrong, clock())
    visits.close_visit(office, clock())
    with office.database.read() as connection:
        assert STOP_SCORES.of(connection, NOVEMBER) == {StopScoreKey(ESTATE, 5): 1}
        assert HOUR_SCORES.of(connection, NOVEMBER) == {HourScoreKey(10, 5): 1}


def test_a_second_visit_adds_to_the_first(office: Office, clock: TownClock) -> None:
    for _ in range(2):
        visits.open_visit(office, MARKET, None, clock())
        citizens.take_ticket(office, citizens.TicketRequest(JOBS, "de"), clock())
        serve(office, clock, RESOLVED)
        visits.close_visit(office, clock())
    assert outcomes(office.database) == {TopicOutcomeKey(JOBS, "resolved"): 2}


def test_a_visit_without_tickets_is_counted(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, MARKET, None, clock())
    visits.close_visit(office, clock())
    with office.database.read() as connection:
        assert VISITS.of(connection, NOVEMBER) == {VisitKey(MARKET, "2026-11-22"): 0}


def test_a_clock_that_was_never_set_leaves_hour_and_date_open(office: Office) -> None:
    clock = TownClock(wall=datetime(1970, 1, 1, tzinfo=UTC), trusted=False)
    visits.open_visit(office, MARKET, None, clock())
    citizens.take_ticket(office, citizens.TicketRequest(JOBS, "de"), clock())
    visits.close_visit(office, clock(), expected=None)
    assert outcomes(office.database, UNDATED) == {TopicOutcomeKey(JOBS, "withdrawn"): 1}
    assert hours(office.database, UNDATED) == {StopHourKey(MARKET, None): 1}
    with office.database.read() as connection:
        assert VISITS.of(connection, UNDATED) == {VisitKey(MARKET, None): 1}


def test_a_clock_set_before_closing_gives_the_morning_its_hours(office: Office) -> None:
    clock = TownClock(wall=datetime(1970, 1, 1, tzinfo=UTC), trusted=False)
    visits.open_visit(office, MARKET, None, clock())
    citizens.take_ticket(office, citizens.TicketRequest(JOBS, "de"), clock())
    clock.pass_s(4 * 3600)
    clock.wall, clock.trusted = datetime(2026, 11, 22, 12, 59, tzinfo=UTC), True
    visits.close_visit(office, clock(), expected=None)
    assert hours(office.database) == {StopHourKey(MARKET, 9): 1}


def test_a_power_cut_at_noon_loses_the_hours_before_and_keeps_the_date(office: Office) -> None:
    clock = TownClock(wall=datetime(1970, 1, 1, tzinfo=UTC), trusted=False)
    visits.open_visit(office, MARKET, None, clock())
    citizens.take_ticket(office, citizens.TicketRequest(JOBS, "de"), clock())
    clock.cut_power()
    clock.wall, clock.trusted = datetime(2026, 11, 22, 11, 30, tzinfo=UTC), True
    citizens.take_ticket(office, citizens.TicketRequest(JOBS, "de"), clock())
    visits.close_visit(office, clock(), expected=None)
    assert hours(office.database) == {StopHourKey(MARKET, None): 1, StopHourKey(MARKET, 12): 1}


def test_what_was_noted_is_counted_one_answer_at_a_time(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, None, None, clock())
    noted = Record(REFERRED, TENANTS, Advice.FULL, Occasion.FOLLOW_UP, persons=3, interpreter=True)
    citizens.take_ticket(office, citizens.TicketRequest(JOBS, "de"), clock())
    staff.call_next(office, FIRST_DESK, clock())
    staff.finish(office, FIRST_DESK, noted, clock())
    staff.count(office, FIRST_DESK, staff.CountRequest(RENT, Record(RESOLVED)), clock())
    staff.count(office, FIRST_DESK, staff.CountRequest(RENT, Record(NOT_RECORDED)), clock())
    visits.close_visit(office, clock())
    with office.database.read() as connection:
        noted_as = RECORDS.of(connection, NOVEMBER)
    counted = {(key.item, key.value): count for key, count in noted_as.items()}
    assert counted == {
        ("priority", "no"): 1,
        ("persons", "3"): 1,
        ("interpreter", "yes"): 1,
        ("advice", "full"): 1,
        ("occasion", "follow_up"): 1,
        ("referral", TENANTS): 1,
    }
    assert sum(outcomes(office.database).values()) == 3


def test_a_talk_that_was_ended_the_morning_after_was_not_measured(
    office: Office, clock: TownClock
) -> None:
    visits.open_visit(office, MARKET, None, clock())
    citizens.take_ticket(office, citizens.TicketRequest(JOBS, "de"), clock())
    staff.call_next(office, FIRST_DESK, clock())
    staff.start(office, FIRST_DESK, clock())
    clock.pass_s(22 * 3600)
    staff.finish(office, FIRST_DESK, Record(RESOLVED), clock())
    visits.close_visit(office, clock())
    with office.database.read() as connection:
        assert TIMES.of(connection, NOVEMBER)[TimesKey("walk_in", "service", "work", None)] == 1


def test_time_parked_or_transferred_is_no_service_time(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, MARKET, None, clock())
    taken = citizens.take_ticket(office, citizens.TicketRequest(JOBS, "de"), clock()).ticket
    for parked in (True, False):
        staff.call(office, FIRST_DESK, taken.id, clock())
        staff.start(office, FIRST_DESK, clock())
        clock.pass_s(4 * 60)
        if parked:
            staff.park(office, FIRST_DESK, clock())
        else:
            staff.transfer(office, FIRST_DESK, staff.TransferTarget(RENT), clock())
        clock.pass_s(50 * 60)
    staff.call(office, SECOND_DESK, taken.id, clock())
    staff.start(office, SECOND_DESK, clock())
    clock.pass_s(4 * 60)
    staff.finish(office, SECOND_DESK, Record(RESOLVED), clock())
    visits.close_visit(office, clock())
    with office.database.read() as connection:
        assert TIMES.of(connection, NOVEMBER) == {
            TimesKey("walk_in", "waiting", "home", 0): 1,
            TimesKey("walk_in", "way", "home", 0): 1,
            TimesKey("walk_in", "service", "home", 10): 1,
        }


def test_times_count_in_classes_by_group_and_by_hour_appointments_apart(
    office: Office, clock: TownClock
) -> None:
    visits.open_visit(office, MARKET, None, clock())
    citizens.take_ticket(office, citizens.TicketRequest(JOBS, "de"), clock())
    clock.pass_s(12 * 60)
    staff.call_next(office, FIRST_DESK, clock())
    clock.pass_s(60)
    staff.start(office, FIRST_DESK, clock())
    clock.pass_s(3 * 3600)
    staff.finish(office, FIRST_DESK, Record(RESOLVED), clock())
    citizens.take_ticket(office, citizens.TicketRequest(RENT, "de"), clock())
    staff.count(office, FIRST_DESK, staff.CountRequest(RENT, Record(RESOLVED)), clock())
    visits.close_visit(office, clock(), expected=None)
    with office.database.read() as connection:
        assert TIMES.of(connection, NOVEMBER) == {
            TimesKey("walk_in", "waiting", "work", 10): 1,
            TimesKey("walk_in", "way", "work", 0): 1,
            TimesKey("walk_in", "service", "work", 60): 1,
            TimesKey("walk_in", "waiting", "home", None): 1,
            TimesKey("walk_in", "way", "home", None): 1,
            TimesKey("walk_in", "service", "home", None): 1,
        }
        assert TIMES_HOURS.of(connection, NOVEMBER)[TimesHourKey("walk_in", "waiting", 10, 10)] == 1
        assert KINDS.of(connection, NOVEMBER) == {
            KindKey("walk_in", "work"): 1,
            KindKey("walk_in", "home"): 1,
            KindKey("without_number", "home"): 1,
        }
