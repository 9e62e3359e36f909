"""What was planned and what took place, over weeks of a bus's life."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.operating_day import OperatingDay
from kiosk.domain.planned_hours import PlannedHours
from kiosk.files.timetable.validation import YearPlan
from kiosk.service import timetable, visits
from kiosk.service.office import Office
from kiosk.service.operating_days import days_of
from kiosk.service.timetable import TodayUnknown, import_plan
from kiosk.store.table import Table
from tests.files.timetable.plans import at, town_with, visit
from tests.town import ESTATE, MARKET, PASSPORT, RENT

if TYPE_CHECKING:
    from kiosk.domain.timetable import PlannedVisit
    from tests.town import TownClock

YEAR = date(2026, 1, 1), date(2027, 12, 31)


class Bus:
    """An office with a clock, and what happens to it."""

    def __init__(self, office: Office, clock: TownClock) -> None:
        self.office, self.clock = office, clock

    def plan(
        self, *visits: PlannedVisit, source: str = "plan.csv", alone: bool = False
    ) -> tuple[int, int, int, dict[str, int]]:
        """Import a plan: how many are planned, new and gone, and how many of other files stay."""
        plan = YearPlan(source, visits)
        done = import_plan(self.office, plan, self.clock(), instead_of_all=alone)
        return done.planned, done.count("new"), done.count("gone"), dict(done.others)

    def until(self, text: str) -> None:
        """Time passes, with the box on or off."""
        self.clock.cut_power()
        self.clock.wall = at(text).astimezone(UTC)

    def hold(self, begins: str, ends: str, stop: str = MARKET) -> None:
        """Open and close a visit."""
        self.until(begins)
        visits.open_visit(self.office, stop, None, self.clock())
        self.until(ends)
        visits.close_visit(self.office, self.clock())

    def days(self) -> list[str]:
        """The operating days in short."""
        days = self.office.read(days_of, *YEAR, self.clock())
        return [short(day) for day in days]

    def undated(self) -> list[OperatingDay]:
        """The visits of an unknown day: the clock was never set while they were open."""
        with self.office.snapshot() as snapshot:
            found = Table("operating_day", OperatingDay)
            return found.all(snapshot.connection, "WHERE date IS NULL")

    def coming(self) -> list[str]:
        """What is planned from today on."""
        entries = self.office.read(timetable.timetable, *YEAR, self.clock())
        return [
            f"{entry.planned.begins:%m-%d %H:%M} {entry.stop}"
            for entry in entries
            if entry.planned and entry.day is None
        ]


def short(day: OperatingDay) -> str:
    """`11-24 market planned 10:00-14:00 open 09:58-14:03`."""
    words = [f"{day.date:%m-%d}" if day.date else "??", day.stop]
    if day.planned_begins:
        words.append(f"planned {day.planned_begins:%H:%M}-{day.planned_ends:%H:%M}")
    if day.cancelled:
        words.append("cancelled")
    if not day.took_place:
        return " ".join([*words, "not held"])
    ends = (f"{each:%H:%M}" if each else "?" for each in (day.opened, day.closed))
    return " ".join([*words, f"open {'-'.join(ends)}"])


@pytest.fixture
def bus(office: Office, clock: TownClock) -> Bus:
    """Sunday, 2026-11-22, ten in the morning; nothing is planned."""
    return Bus(office, clock)


TUESDAY = visit("2026-11-24 10:00")
THURSDAY = visit("2026-11-26 10:00", stop=ESTATE)
FRIDAY = visit("2026-11-27 10:00", cancelled=True)


def test_a_week_shows_visits_as_they_were_held(bus: Bus) -> None:
    bus.plan(TUESDAY, THURSDAY, FRIDAY, visit("2026-11-30 10:00"))
    assert bus.days() == []
    bus.hold("2026-11-24 09:58", "2026-11-24 14:03")
    bus.hold("2026-11-25 10:00", "2026-11-25 12:00", ESTATE)  # not planned
    bus.until("2026-11-30 12:00")
    assert bus.days() == [
        "11-24 market planned 10:00-14:00 open 09:58-14:03",
        "11-25 estate open 10:00-12:00",
        "11-26 estate planned 10:00-14:00 not held",
        "11-27 market planned 10:00-14:00 cancelled not held",
    ]
    assert bus.coming() == ["11-30 10:00 market"]  # it can still take place today
    bus.hold("2026-11-30 13:00", "2026-11-30 14:00")
    assert bus.days()[4:] == ["11-30 market planned 10:00-14:00 open 13:00-14:00"]


def test_the_past_stays_when_the_plan_changes(bus: Bus) -> None:
    bus.plan(TUESDAY, THURSDAY)
    bus.hold("2026-11-24 10:00", "2026-11-24 14:00")
    bus.until("2026-11-29 12:00")
    before = bus.days()
    bus.plan(visit("2026-12-01 10:00"), alone=True)
    assert bus.days() == before
    assert before[1] == "11-26 estate planned 10:00-14:00 not held"


def test_days_before_the_first_plan_are_not_missed(bus: Bus, office: Office) -> None:
    weekly = town_with(PlannedHours(MARKET, "10:00", "12:00", weekday="tu"))
    bus.office = Office(office.database, weekly)
    assert bus.days() == []
    bus.hold("2026-12-01 10:00", "2026-12-01 12:00")
    bus.until("2026-12-09 12:00")
    assert bus.days() == [
        "12-01 market planned 10:00-12:00 open 10:00-12:00",
        "12-08 market planned 10:00-12:00 not held",
    ]


def test_a_visit_opened_again_stays_one_line(bus: Bus) -> None:
    bus.plan(TUESDAY)
    bus.hold("2026-11-24 09:50", "2026-11-24 11:00")
    bus.hold("2026-11-24 11:05", "2026-11-24 14:00")
    assert bus.days() == ["11-24 market planned 10:00-14:00 open 09:50-14:00"]


def test_two_visits_of_a_day_at_one_stop_are_distinguished(bus: Bus) -> None:
    bus.plan(visit("2026-11-24 08:00", "10:00"), visit("2026-11-24 15:00", "17:00"))
    bus.hold("2026-11-24 14:40", "2026-11-24 17:00")
    bus.until("2026-11-25 08:00")
    assert bus.days() == [
        "11-24 market planned 08:00-10:00 not held",
        "11-24 market planned 15:00-17:00 open 14:40-17:00",
    ]


def test_a_cancelled_visit_that_was_held_anyway(bus: Bus) -> None:
    bus.plan(FRIDAY)
    bus.hold("2026-11-27 10:00", "2026-11-27 12:00")
    assert bus.days() == ["11-27 market planned 10:00-14:00 cancelled open 10:00-12:00"]


def test_a_clock_set_during_the_visit_dates_its_opening(bus: Bus) -> None:
    bus.plan(TUESDAY)
    bus.until("2026-11-24 10:00")
    bus.clock.trusted, bus.clock.wall = False, at("1970-01-01 01:00").astimezone(UTC)
    visits.open_visit(bus.office, MARKET, None, bus.clock())
    assert bus.days() == []
    bus.clock.pass_s(3600)
    bus.clock.trusted, bus.clock.wall = True, at("2026-11-24 11:00").astimezone(UTC)
    visits.close_visit(bus.office, bus.clock())
    assert bus.days() == ["11-24 market planned 10:00-14:00 open 09:59-11:00"]
    assert bus.undated() == []


def test_without_a_clock_the_visit_is_kept_without_a_day(bus: Bus) -> None:
    bus.clock.trusted = False
    visits.open_visit(bus.office, ESTATE, None, bus.clock())
    visits.close_visit(bus.office, bus.clock())
    bus.clock.trusted = True
    assert bus.days() == []
    assert [short(day) for day in bus.undated()] == ["?? estate open ?-?"]


def test_a_visit_forgotten_over_night_has_no_hour_of_closing(bus: Bus) -> None:
    bus.hold("2026-11-24 10:00", "2026-11-25 08:00")
    assert bus.days() == ["11-24 market open 10:00-?"]


def test_a_clock_that_ran_ahead_leaves_no_lost_visits_behind(bus: Bus) -> None:
    bus.plan(TUESDAY, THURSDAY)
    bus.until("2027-06-01 10:00")
    bus.plan(visit("2027-06-02 10:00"), source="other.csv")
    bus.until("2026-11-24 10:00")
    assert bus.days() == []
    visits.open_visit(bus.office, MARKET, None, bus.clock())
    bus.until("2026-11-27 12:00")
    assert bus.days() == [
        "11-24 market planned 10:00-14:00 open 10:00-?",
        "11-26 estate planned 10:00-14:00 not held",
    ]


def test_importing_again_changes_nothing_and_a_changed_plan_takes_its_place(bus: Bus) -> None:
    assert bus.plan(TUESDAY, THURSDAY) == (2, 2, 0, {})
    assert bus.plan(TUESDAY, THURSDAY) == (2, 0, 0, {})
    later = visit("2026-11-26 12:00", stop=ESTATE)
    assert bus.plan(TUESDAY, later) == (2, 1, 1, {})
    assert bus.coming() == ["11-24 10:00 market", "11-26 12:00 estate"]


def test_another_file_is_kept_beside_it_and_reported(bus: Bus) -> None:
    bus.plan(TUESDAY)
    assert bus.plan(THURSDAY, source="b.csv") == (1, 1, 0, {"plan.csv": 1})
    assert len(bus.coming()) == 2
    assert bus.plan(THURSDAY, source="b.csv", alone=True) == (1, 0, 1, {})
    assert bus.coming() == ["11-26 10:00 estate"]


def test_an_event_is_known_by_its_uid_in_a_file_of_another_name(bus: Bus) -> None:
    bus.plan(replace(TUESDAY, uid="a"), replace(THURSDAY, uid="b"), source="plan.ics")
    moved = replace(visit("2026-11-25 10:00"), uid="a")
    done = bus.plan(moved, replace(THURSDAY, uid="b"), source="plan (2).ics")
    assert done == (2, 0, 0, {})
    assert bus.coming() == ["11-25 10:00 market", "11-26 10:00 estate"]


def test_a_plan_needs_a_clock(bus: Bus) -> None:
    bus.clock.trusted = False
    with pytest.raises(TodayUnknown):
        bus.plan(TUESDAY)


def test_the_proposal_follows_the_day(bus: Bus) -> None:
    bus.plan(replace(TUESDAY, topics=(RENT,)), visit("2026-11-24 15:00", "17:00", ESTATE))
    bus.until("2026-11-24 09:30")
    said = bus.office.read(timetable.proposal, bus.clock())
    assert said.visit
    assert (said.visit.stop, said.topics, said.clock_set, said.has_plan) == (
        MARKET,
        (RENT,),
        True,
        True,
    )
    bus.hold("2026-11-24 09:45", "2026-11-24 13:00")
    following = bus.office.read(timetable.proposal, bus.clock()).visit
    assert following
    assert following.stop == ESTATE


def test_without_a_clock_nothing_is_proposed_and_staff_choose(bus: Bus) -> None:
    assert not bus.office.read(timetable.proposal, bus.clock()).has_plan
    bus.plan(TUESDAY)
    bus.until("2026-11-24 10:00")
    bus.clock.trusted = False
    said = bus.office.read(timetable.proposal, bus.clock())
    assert (said.visit, said.topics, said.clock_set, said.has_plan) == (None, (), False, True)


def test_a_stop_that_the_profile_has_no_more_is_not_proposed(bus: Bus) -> None:
    bus.plan(visit("2026-11-24 10:00", stop="moved-away"))
    bus.until("2026-11-24 10:00")
    assert bus.office.read(timetable.proposal, bus.clock()).visit is None
    assert bus.coming() == ["11-24 10:00 moved-away"]


def test_an_imported_day_off_stands_for_the_weekly_hours(bus: Bus, office: Office) -> None:
    weekly = town_with(PlannedHours(MARKET, "10:00", "12:00", weekday="tu", topics=(PASSPORT,)))
    bus.office = Office(office.database, weekly)
    bus.plan(visit("2026-11-24 10:00", "12:00", cancelled=True))
    entries = bus.office.read(
        timetable.timetable, date(2026, 11, 22), date(2026, 12, 5), bus.clock()
    )
    assert [(entry.date, entry.cancelled) for entry in entries] == [
        (date(2026, 11, 24), True),
        (date(2026, 12, 1), False),
    ]
    assert entries[1].topics == (PASSPORT,)
    bus.until("2026-11-24 10:00")
    assert bus.office.read(timetable.proposal, bus.clock()).visit is None


def test_a_year_of_visits_is_answered_at_once(bus: Bus) -> None:
    first = at("2026-11-23 10:00")
    bus.plan(*(visit(f"{first + timedelta(days=day):%Y-%m-%d} 10:00") for day in range(500)))
    assert len(bus.coming()) == 404  # until the end of 2027
