from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kiosk.domain.moment import Moment

MORNING = Moment("boot", 100.0, datetime(2026, 11, 22, 9, 0, tzinfo=UTC), trusted=True)


def test_seconds_come_from_the_boot_clock_when_the_wall_jumps() -> None:
    later = replace(MORNING, boot_s=160.0, wall=MORNING.wall - timedelta(days=20_000))
    assert later.seconds_since(MORNING) == 60.0


def test_seconds_are_unknown_across_a_power_cut() -> None:
    assert replace(MORNING, boot="another").seconds_since(MORNING) is None


def test_a_moment_before_the_clock_was_set_is_dated_by_a_later_one() -> None:
    lost = Moment("boot", 40.0, datetime(1970, 1, 1, tzinfo=UTC), trusted=False)
    assert lost.with_clock_of(MORNING) == replace(
        MORNING, boot_s=40.0, wall=MORNING.wall - timedelta(seconds=60)
    )


def test_a_moment_of_another_boot_stays_untrusted() -> None:
    lost = Moment("earlier", 40.0, datetime(1970, 1, 1, tzinfo=UTC), trusted=False)
    assert lost.with_clock_of(MORNING) == lost


def test_a_moment_reads_back_as_it_was_stored() -> None:
    assert Moment.from_text(MORNING.as_text()) == MORNING
