from datetime import UTC, date, datetime

from kiosk.domain.local_time import LocalClock
from tests.town import TownClock


def test_dates_and_hours_are_those_of_the_people_there() -> None:
    summer = TownClock(wall=datetime(2026, 7, 31, 22, 30, tzinfo=UTC))()
    assert LocalClock([]).day(summer) == date(2026, 8, 1)
    assert LocalClock([]).hour(summer) == 0
    winter = TownClock(wall=datetime(2026, 12, 1, 22, 30, tzinfo=UTC))()
    assert LocalClock([]).hour(winter) == 23


def test_a_clock_set_later_in_the_same_boot_dates_earlier_moments() -> None:
    clock = TownClock(wall=datetime(1970, 1, 1, tzinfo=UTC), trusted=False)
    early = clock()
    clock.pass_s(3 * 3600 - 1)
    clock.wall, clock.trusted = datetime(2026, 11, 22, 11, 0, tzinfo=UTC), True
    wall = LocalClock([early, clock()])
    assert wall.hour(early) == 9
    assert wall.day(early) == date(2026, 11, 22)


def test_moments_of_another_boot_stay_undated() -> None:
    clock = TownClock(trusted=False)
    early = clock()
    clock.cut_power()
    clock.trusted = True
    wall = LocalClock([early, clock()])
    assert wall.hour(early) is None
    assert wall.day(early) is None
