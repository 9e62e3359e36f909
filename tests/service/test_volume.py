from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from kiosk.domain.device_events import SampleRequested, VolumeChanged
from kiosk.domain.events import Event
from kiosk.domain.moment import Moment
from kiosk.domain.volume import QuietTime, cap_in_quiet_time
from kiosk.service import volume
from kiosk.service.follower import Follower
from kiosk.service.office import Office
from kiosk.store.database import Database
from tests.prepared import new_database
from tests.town import TOWN, TownClock

NIGHT = QuietTime(time(20), time(7), 20)
NOON = QuietTime(time(12), time(14), 0)


def _told(follower: Follower) -> Sequence[Event]:
    return [entry.event for entry in follower.wait(0)]


def test_volume_steps_are_shared_and_never_reach_silence(office: Office, clock: TownClock) -> None:
    follower = Follower(office.database)
    assert office.read(volume.percent) == 70
    assert volume.change(office, 2, clock()) == 90
    assert volume.change(office, 5, clock()) == 100
    assert volume.change(office, 1, clock()) == 100
    assert volume.change(office, -100, clock()) == 10
    assert volume.choose(office, 0, clock()) == 10
    assert volume.choose(office, 55, clock()) == 55
    assert _told(follower) == [VolumeChanged(percent) for percent in (90, 100, 10, 55)]
    follower.close()


def test_it_outlives_a_restart_but_not_a_technician(tmp_path: Path, clock: TownClock) -> None:
    database = new_database(tmp_path / "kiosk.db")
    office = Office(database, TOWN)
    volume.apply_configured(office, 60, clock())
    assert office.read(volume.percent) == 60
    volume.change(office, 1, clock())
    database.close()

    reopened = Office(Database.open(tmp_path / "kiosk.db"), TOWN)
    volume.apply_configured(reopened, 60, clock())
    assert reopened.read(volume.percent) == 70, "what staff have chosen was forgotten"
    volume.apply_configured(reopened, 40, clock())
    assert reopened.read(volume.percent) == 40, "the technician's new setting did nothing"
    reopened.database.close()


def test_staff_can_ask_for_a_sample(office: Office, clock: TownClock) -> None:
    follower = Follower(office.database)
    volume.play_sample(office, clock())
    assert _told(follower) == [SampleRequested()]
    follower.close()


@pytest.mark.parametrize(
    ("local", "heard"),
    [("06:59", 20), ("07:00", 80), ("12:00", 0), ("13:59", 0), ("14:00", 80), ("23:30", 20)],
)
def test_quiet_times_follow_the_local_clock(local: str, heard: int) -> None:
    summer = datetime.fromisoformat(f"2026-07-01T{local}+02:00").astimezone(UTC)
    assert cap_in_quiet_time(80, [NIGHT, NOON], Moment("boot", 1.0, summer, trusted=True)) == heard


def test_a_quiet_time_never_makes_it_louder_and_needs_a_clock_that_is_set() -> None:
    night = datetime(2026, 7, 1, 21, 0, tzinfo=UTC)
    assert cap_in_quiet_time(10, [NIGHT], Moment("boot", 1.0, night, trusted=True)) == 10
    assert cap_in_quiet_time(80, [NIGHT], Moment("boot", 1.0, night, trusted=False)) == 80
