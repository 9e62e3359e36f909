"""Which visits the profile's own hours mean, what each offers, and which one is meant now."""

from datetime import UTC, date, datetime

import pytest

from kiosk.domain.ids import PartnerId
from kiosk.domain.local_time import BERLIN
from kiosk.domain.planned_hours import PlannedHours
from kiosk.domain.timetable import (
    PlannedVisit,
    expand_planned_hours,
    merge_plans,
    offered_topics,
    propose_visit,
)
from tests.files.timetable.plans import at, town_with, visit
from tests.town import ESTATE, JOBS, MARKET, PASSPORT, RENT, SCHOOL, TOWN


def days_of(hours: PlannedHours, first: str, last: str) -> list[str]:
    span = date.fromisoformat(first), date.fromisoformat(last)
    return [str(visit.day) for visit in expand_planned_hours(town_with(hours), *span)]


def test_weekly_hours_keep_their_wall_time_over_both_changes_of_the_clock() -> None:
    town = town_with(PlannedHours(MARKET, "10:00", "12:00", weekday="su"))
    for first, last, before, after in (
        ("2026-03-22", "2026-03-29", 9, 8),
        ("2026-10-18", "2026-10-25", 8, 9),
    ):
        visits = expand_planned_hours(town, date.fromisoformat(first), date.fromisoformat(last))
        assert [v.begins.hour for v in visits] == [10, 10]
        assert [v.begins.astimezone(UTC).hour for v in visits] == [before, after]


def test_every_second_week_counts_from_the_first_day_however_long_ago() -> None:
    hours = PlannedHours(MARKET, "09:00", "12:00", weekday="th", every_weeks=2, first="2020-01-02")
    assert days_of(hours, "2026-11-01", "2026-12-06") == ["2026-11-12", "2026-11-26"]
    assert days_of(hours, "2026-11-12", "2026-11-12") == ["2026-11-12"]
    assert days_of(hours, "2019-01-01", "2020-01-20") == ["2020-01-02", "2020-01-16"]


def test_the_first_day_may_be_another_weekday_and_the_last_is_included() -> None:
    hours = PlannedHours(
        MARKET, "10:00", "12:00", weekday="tu", first="2026-11-22", until_date="2026-12-08"
    )
    assert days_of(hours, "2026-01-01", "2027-01-01") == ["2026-11-24", "2026-12-01", "2026-12-08"]


def test_a_single_date_is_planned_once() -> None:
    hours = PlannedHours(MARKET, "10:00", "12:00", date="2026-11-24")
    assert days_of(hours, "2026-11-01", "2026-11-30") == ["2026-11-24"]
    assert days_of(hours, "2026-11-25", "2026-11-30") == []


def test_an_imported_visit_stands_for_the_own_hours_that_it_overlaps() -> None:
    own = [
        visit("2026-11-24 10:00"),
        visit("2026-11-26 10:00"),
        visit("2026-11-26 10:00", stop=ESTATE),
    ]
    off = visit("2026-11-24 09:00", "11:00", cancelled=True, source="plan.csv")
    assert merge_plans([off], own) == [off, *sorted(own[1:], key=lambda v: v.stop)]
    beside = visit("2026-11-24 14:00", "16:00", source="plan.csv")
    assert merge_plans([beside], own[:1]) == [own[0], beside]


@pytest.mark.parametrize(
    ("partners", "topics", "offered"),
    [
        ((), (), (JOBS, SCHOOL, RENT, PASSPORT)),
        (("city",), (), (RENT, PASSPORT)),
        (("city",), (PASSPORT, JOBS), (JOBS, PASSPORT)),
        (("not-a-topic",), (), (JOBS, SCHOOL, RENT, PASSPORT)),
    ],
)
def test_a_visit_offers_its_topics_else_its_partners_topics_else_all(
    partners: tuple[str, ...], topics: tuple[str, ...], offered: tuple[str, ...]
) -> None:
    ids = tuple(map(PartnerId, partners))
    assert offered_topics(visit("2026-11-24 10:00", partners=ids, topics=topics), TOWN) == offered


MORNING = visit("2026-11-24 08:00", "12:00")
NOON = visit("2026-11-24 11:00", "15:00", ESTATE)
EVENING = visit("2026-11-24 17:00", "19:00")
DAY = (MORNING, NOON, EVENING)


@pytest.mark.parametrize(
    ("now", "meant"),
    [
        ("2026-11-24 03:59", None),  # more than four hours before
        ("2026-11-24 04:00", MORNING),
        ("2026-11-24 08:00", MORNING),
        ("2026-11-24 10:59", MORNING),
        ("2026-11-24 11:00", NOON),  # both run: the one that began last
        ("2026-11-24 14:59", NOON),
        ("2026-11-24 15:00", EVENING),
        ("2026-11-24 19:00", None),
        ("2026-11-23 23:00", None),  # tomorrow's is not today's
    ],
)
def test_the_running_visit_is_meant_else_the_next_one(now: str, meant: PlannedVisit | None) -> None:
    assert propose_visit(DAY, at(now)) == meant
    assert propose_visit(reversed(DAY), at(now)) == meant


def test_a_tie_has_one_answer() -> None:
    both = [visit("2026-11-24 10:00", stop=stop) for stop in (MARKET, ESTATE)]
    for visits in (both, both[::-1]):
        chosen = propose_visit(visits, at("2026-11-24 11:00"))
        assert chosen
        assert chosen.stop == ESTATE  # by name


def test_what_was_opened_or_cancelled_gives_way() -> None:
    assert propose_visit(DAY, at("2026-11-24 11:30"), opened=[NOON]) == MORNING
    assert propose_visit(DAY, at("2026-11-24 14:00"), opened=[NOON, MORNING]) == EVENING
    # Closed by a slip while it runs, and nothing else to come: it is meant again.
    assert propose_visit([NOON], at("2026-11-24 14:00"), opened=[NOON]) == NOON
    off = visit("2026-11-24 11:00", stop=ESTATE, cancelled=True)
    assert propose_visit([off], at("2026-11-24 11:30")) is None


def test_now_may_come_in_any_time_zone() -> None:
    now = datetime(2026, 11, 24, 9, 30, tzinfo=UTC).astimezone(BERLIN)
    assert propose_visit(DAY, now) == MORNING
