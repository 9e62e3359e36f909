"""What the doctor says of periods that are over, and of a visit left open."""

from __future__ import annotations

import re
from contextlib import closing as closing_file
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.devices.finding import Result
from kiosk.operate.doctor.counts import closing, open_visit, visit_profile
from kiosk.service import citizens, visits
from kiosk.service.closing import record_failure
from kiosk.service.office import Office
from kiosk.settings import profiles
from kiosk.settings.config import Config, to_toml
from kiosk.store.database import Database
from kiosk.system import clock
from tests.counting import count_people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.domain.moment import Moment
    from kiosk.operate.doctor.host import Host


@pytest.fixture
def office(host: Host) -> Iterator[Office]:
    with closing_file(Database.open(host.paths.database)) as database:
        yield Office(database, profiles.load_profile("gelsenkirchen"))


def now() -> Moment:
    return clock.now(trust_always=True)


def yesterday() -> Moment:
    return now().minus(24 * 3600)


def clock_set(host: Host, *, is_set: bool = True) -> Host:
    return replace(host, clock_is_set=lambda: is_set)


def test_nothing_to_close(host: Host) -> None:
    found = closing(host)
    assert (found.result, found.cause) == (Result.OK, "Every period that is over is closed.")


def test_a_period_that_is_over_and_not_closed(host: Host, office: Office) -> None:
    count_people(office.database, "2024-03-31", 300, office.profile)
    found = closing(clock_set(host))
    assert found.result is Result.FAILURE
    assert found.cause == "2024-Q1 is over and has not been closed."
    assert "kiosk counts close" in found.remedy


def test_a_period_that_could_not_be_closed_says_why(host: Host, office: Office) -> None:
    count_people(office.database, "2024-03-31", 300, office.profile)
    record_failure(office, "No rounding was found.", now())
    assert closing(clock_set(host)).cause.endswith("could not be closed: No rounding was found.")


def test_a_period_that_waits_for_the_clock(host: Host, office: Office) -> None:
    count_people(office.database, "2024-03-31", 300, office.profile)
    settings = Config("gelsenkirchen", clock="trusted when synchronised")
    host.paths.config.write_text(to_toml(settings))
    found = closing(clock_set(host, is_set=False))
    assert (found.result, "timedatectl" in found.remedy) == (Result.FAILURE, True)


def test_too_few_people_are_no_fault_and_their_number_is_not_reported(
    host: Host, office: Office
) -> None:
    count_people(office.database, "2024-03-31", 17, office.profile)
    found = closing(clock_set(host))
    assert found.result is Result.OK
    assert found.cause.endswith("join the next one: 2024-Q1.")
    assert "17" not in found.cause


def test_a_visit_left_open_over_night(host: Host, office: Office) -> None:
    assert open_visit(host).result is Result.OK
    visits.open_visit(office, office.profile.stops[0].id, None, yesterday())
    found = open_visit(clock_set(host))
    assert (found.result, "visit close" in found.remedy) == (Result.FAILURE, True)


def test_a_period_that_waits_for_its_last_visit(host: Host, office: Office) -> None:
    count_people(office.database, "2024-03-31", 300, office.profile)
    long_ago = replace(now(), wall=now().wall.replace(year=2024, month=3, day=31, hour=12))
    visits.open_visit(office, office.profile.stops[0].id, None, long_ago)
    assert (
        closing(clock_set(host)).cause == "2024-Q1 is over, and is closed once its last visit is."
    )


def test_what_the_visit_has_and_the_profile_not_any_more(host: Host, office: Office) -> None:
    visits.open_visit(office, None, None, now())
    for language in ("de", "tr"):
        wish = citizens.TicketRequest(office.profile.topics[0].id, language)
        citizens.take_ticket(office, wish, now())
    assert visit_profile(host).result is Result.OK
    written = profiles.profile_file("gelsenkirchen").read_text()
    edited = host.paths.data / "edited.toml"
    edited.write_text(re.sub("(?m)^languages = .*", 'languages = ["de"]', written, count=1))
    host.paths.config.write_text(to_toml(Config(profile=str(edited))))
    found = visit_profile(host)
    assert found.result is Result.WARNING
    assert "language tr" in found.cause
    assert "services" in found.remedy
