from collections.abc import Iterator

import pytest

from tests.faults.told import Places
from tests.system.bus import Bus


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bus]:
    """A whole box at work, with a visit open."""
    with Bus(tmp_path_factory.mktemp("box") / "data") as bus:
        bus.kiosk("visit", "open", "--stop", "schalke-markt")
        yield bus


@pytest.fixture(scope="module")
def places(bus: Bus) -> Iterator[Places]:
    told = (line.split() for line in bus.said if "API token:" in line)
    places = Places(bus, next(words[-1] for words in told))
    places.log_in()
    yield places
    places.close()
