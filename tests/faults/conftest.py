from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.faults.fault_reports import Places
from tests.system.bus import Bus
from tests.waiting import eventually

WAY = ("start.number", "group.rat-und-hilfe", "topic.orientierung")


@contextmanager
def box(data: Path) -> Iterator[Bus]:
    """A whole box at work, with a visit open."""
    with Bus(data) as bus:
        bus.kiosk("visit", "open", "--stop", "schalke-markt")
        yield bus


@contextmanager
def places_of(bus: Bus, token: str = "", *, well: bool = True) -> Iterator[Places]:
    """Its places, with staff logged in, when all is well."""
    places = Places(bus, token or bus.token)
    try:
        places.log_in()
        if not well:
            yield places
            return
        eventually(places.staff_is_well, "all devices ready")
        assert places.health() is None
        yield places
    finally:
        places.close()


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bus]:
    with box(tmp_path_factory.mktemp("box") / "data") as bus:
        yield bus


@pytest.fixture(scope="module")
def places(bus: Bus) -> Iterator[Places]:
    with places_of(bus) as places:
        yield places


def tapped(bus: Bus, name: str) -> bool:
    return "error" not in bus.glass("tap", id=name)


def take_number(bus: Bus) -> None:
    for tap in WAY:
        eventually(partial(tapped, bus, tap), tap)
