import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest

from kiosk.domain.errors import VisitAlreadyOpen
from kiosk.domain.outcome import MISSED, NOT_RECORDED, READY_OUTCOMES, WITHDRAWN
from kiosk.operate.simulation.citizens import population_of
from kiosk.operate.simulation.days import has_simulated_visits, play_visit, simulate_days
from kiosk.operate.simulation.plan import (
    FIRST_DAY,
    last_working_days,
    plan_visits,
    working_days,
)
from kiosk.service import visits
from kiosk.service.office import Office
from kiosk.settings import profiles
from kiosk.store import counters
from kiosk.store.counters import (
    FURTHER,
    HOUR_SCORES,
    LANGUAGES,
    STOP_HOURS,
    TOPIC_OUTCOMES,
    VISITS,
    CounterTable,
    HourScoreKey,
    K,
    TopicOutcomeKey,
)
from kiosk.store.database import Database
from tests.prepared import new_database
from tests.town import MARKET, TOWN, TownClock

MEMORY = Path("/dev/shm")  # noqa: S108 - a disk that syncs at once, where there is one
VISITS_PLAYED, CITIZENS, SEED = 10, 30, 20261122


def total_counts(office: Office, table: CounterTable[K]) -> Counter[K]:
    """The exact counts of all periods together."""
    total: Counter[K] = Counter()
    with office.database.read() as connection:
        for period in counters.open_months(connection):
            total.update(table.of(connection, period))
    return total


def outcomes(office: Office) -> Counter[TopicOutcomeKey]:
    return total_counts(office, TOPIC_OUTCOMES)


def feedback(office: Office) -> Counter[HourScoreKey]:
    return total_counts(office, HOUR_SCORES)


@pytest.fixture(scope="module")
def played() -> Iterator[Office]:
    """An office that has two weeks behind it."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.exists() else None) as folder:
        database = new_database(Path(folder) / "kiosk.db")
        office = Office(database, profiles.load_profile("gelsenkirchen"))
        simulate_days(office, VISITS_PLAYED, CITIZENS, SEED)
        yield office
        database.close()


def test_every_simulated_person_is_counted_once(played: Office) -> None:
    people = VISITS_PLAYED * CITIZENS
    assert outcomes(played).total() == people
    assert total_counts(played, VISITS).total() == people
    assert total_counts(played, LANGUAGES).total() == people
    assert played.read(visits.current_visit) is None


def test_the_days_look_like_days_at_a_bus(played: Office) -> None:
    cells, people = outcomes(played), VISITS_PLAYED * CITIZENS
    by_hour: Counter[int | None] = Counter()
    by_outcome: Counter[str] = Counter()
    by_topic: Counter[str] = Counter()
    for hour, count in total_counts(played, STOP_HOURS).items():
        by_hour[hour.hour] += count
    for key, count in cells.items():
        by_outcome[key.outcome] += count
        by_topic[key.topic] += count
    assert set(by_outcome) == {
        *(outcome.id for outcome in READY_OUTCOMES),
        NOT_RECORDED,
        MISSED,
        WITHDRAWN,
    }
    assert 0 < by_outcome[MISSED] + by_outcome[WITHDRAWN] < 0.15 * people
    assert by_outcome["resolved"] == max(by_outcome.values())
    assert set(by_hour) <= set(range(9, 17))  # the clock was set late now and then, and told anyway
    morning = sum(by_hour[hour] for hour in (9, 10, 11))
    assert morning > 0.55 * people
    top_five = sum(count for _, count in by_topic.most_common(5))
    assert 0.35 * people < top_five < 0.85 * people


def test_a_part_of_the_people_has_further_concerns(played: Office) -> None:
    concerns = total_counts(played, FURTHER)
    assert 0.1 < concerns.total() / (VISITS_PLAYED * CITIZENS) < 0.4
    assert len(concerns) > 3


def test_a_part_of_the_people_presses_a_smiley_mostly_a_good_one(played: Office) -> None:
    scores: Counter[int] = Counter()
    for key, count in feedback(played).items():
        scores[key.score] += count
    assert 0.2 < scores.total() / (VISITS_PLAYED * CITIZENS) < 0.5
    assert scores[5] > scores[3] > 0


def test_the_device_remembers_that_people_were_simulated(played: Office, office: Office) -> None:
    assert has_simulated_visits(played)
    assert not has_simulated_visits(office)


def test_the_same_seed_gives_the_same_days_and_another_seed_others(tmp_path: Path) -> None:
    def counts(name: str, seed: int) -> list[object]:
        with closing(new_database(tmp_path / name)) as database:
            office = Office(database, TOWN)
            simulate_days(office, 2, 8, seed)
            return [outcomes(office), feedback(office), total_counts(office, VISITS)]

    assert counts("a.db", 1) == counts("b.db", 1) != counts("c.db", 2)


def test_a_crowd_is_served_within_the_day(office: Office) -> None:
    simulate_days(office, 1, 50, 7)
    assert outcomes(office).total() == 50
    assert max(key.hour or 0 for key in total_counts(office, STOP_HOURS)) < 18


def test_a_returning_person_at_the_end_is_called_by_a_waiting_desk(database: Database) -> None:
    office = Office(database, profiles.load_profile("plochingen"))
    visit = plan_visits(office.profile.stops, 60, CITIZENS, 1, FIRST_DAY)[15]
    play_visit(office, visit, population_of(office.profile), Random("1 15"))
    assert outcomes(office).total() == visit.citizens


def test_an_open_visit_is_left_alone(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, MARKET, None, clock())
    with pytest.raises(VisitAlreadyOpen):
        simulate_days(office, 1, 5, 0)
    assert office.read(visits.current_visit) is not None
    assert not has_simulated_visits(office)


def test_visits_are_on_working_days_and_end_before_today() -> None:
    days = working_days(last_working_days(date(2026, 11, 22), 7), 7)
    assert len(days) == 7
    assert days[-1] == date(2026, 11, 20)
    assert all(day.weekday() < 5 for day in days)


def test_crowds_differ_from_day_to_day_and_add_up() -> None:
    crowds = [visit.citizens for visit in plan_visits(TOWN.stops, 20, 30, 3, date(2026, 1, 5))]
    assert sum(crowds) == 600
    assert max(crowds) > 35
    assert min(crowds) < 25


def test_all_stops_are_visited_in_turn_and_some_are_busier() -> None:
    stops = profiles.load_profile("essen").stops
    plan = plan_visits(stops, 5 * len(stops), 30, 3, date(2026, 1, 5))
    rounds = [plan[n : n + len(stops)] for n in range(0, len(plan), len(stops))]
    assert all({visit.stop for visit in each} == set(stops) for each in rounds)
    people = Counter[str]()
    for visit in plan:
        people[visit.stop.id] += visit.citizens
    assert max(people.values()) > 1.5 * min(people.values())
