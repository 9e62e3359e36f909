"""Whether what people are told of their wait comes true, on simulated days of every profile."""

import os
from dataclasses import replace

import pytest

from kiosk.operate.simulation.citizens import population_of
from kiosk.settings import profiles
from tests.bench.waits import recorded_waits_at
from tests.operate.simulation.loads import LOADS, busiest_desks_s
from tests.operate.simulation.played_waits import Figures, Line, figures, usual_minutes, zms_range
from tests.town import TOWN

SEED = 7
DESK_DAYS = int(os.environ.get("RADHAUS_DESK_DAYS", "30"))
"""Each profile plays so many days of a desk, at each load; `script/nightly` asks for more."""


@pytest.mark.slow
@pytest.mark.parametrize("name", profiles.available_profiles())
def test_most_waits_lie_in_a_range_narrower_than_that_of_zms(name: str) -> None:
    profile = profiles.load_profile(name)
    visits = DESK_DAYS // len(profile.desks)
    ours, zms = compared(name, visits, "quiet", "ordinary")
    assert ours.right >= 0.8, f"{ours}, ZMS {zms}"
    assert ours.mean_width < zms.mean_width, f"{ours}, ZMS {zms}"


@pytest.mark.slow
def test_on_a_crowded_day_seven_of_ten_waits_lie_in_the_range_and_more_than_with_zms() -> None:
    ours, zms = compared("gelsenkirchen", DESK_DAYS // 2, "crowded")
    assert ours.right >= 0.7, f"{ours}, ZMS {zms}"
    assert ours.right > zms.right, f"{ours}, ZMS {zms}"


def compared(name: str, visits: int, *loads: str) -> tuple[Figures, Figures]:
    """Our ranges and those of ZMS on the same tickets: those that were told one."""
    records = [
        told for load in loads for told in recorded_waits_at(name, LOADS[load], visits, SEED)
    ]
    known = [told for told in records if told.range]
    waits = [told.wait_min for told in known]
    minutes = usual_minutes(profiles.load_profile(name))
    ours = figures([told.range for told in known if told.range], waits)
    return ours, figures([zms_range(minutes, told.own) for told in known], waits)


def test_the_first_people_of_a_day_get_no_range() -> None:
    tickets = recorded_waits_at("wuppertal", LOADS["crowded"], 1, SEED)
    assert tickets[0].range is None
    assert any(told.range for told in tickets)


def test_the_same_seed_gives_the_same_ranges() -> None:
    assert recorded_waits_at("wuppertal", 0.5, 2, 1) == recorded_waits_at("wuppertal", 0.5, 2, 1)
    assert recorded_waits_at("wuppertal", 0.5, 2, 1) != recorded_waits_at("wuppertal", 0.5, 2, 2)


def test_zms_is_reckoned_as_it_reckons() -> None:
    assert zms_range(10, Line(people=0, desks=1)) == (0, 10)
    assert zms_range(10, Line(people=3, desks=1)) == (24, 40)
    assert zms_range(10, Line(people=3, desks=2)) == (8, 20)


def test_a_range_is_right_only_to_the_second() -> None:
    found = figures([(0, 5), (5, 10), (3, 4)], [5.0, 10.1, 3.5])
    assert found.right == pytest.approx(2 / 3)
    assert found.mean_width == pytest.approx(11 / 3)
    assert found.median_width == 5


def test_work_lies_on_the_desks_that_alone_can_do_it() -> None:
    one, other = TOWN.desks
    shared = replace(TOWN, desks=(one, replace(other, groups=one.groups)))
    alone = replace(TOWN, desks=(one,))
    works = [busiest_desks_s(town, population_of(town)) for town in (shared, TOWN, alone)]
    assert works == sorted(works)
    assert works[2] == pytest.approx(2 * works[0])
