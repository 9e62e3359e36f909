import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.service import visits
from kiosk.system.paths import Paths
from kiosk.system.virtual_display import start_virtual_display
from kiosk.wiring import Kiosk, open_kiosk
from tests.prepared import new_device
from tests.screens.running import RunningGlass


@pytest.fixture(scope="session")
def display() -> Iterator[dict[str, str]]:
    """The environment of a display that is large enough for every pane."""
    with start_virtual_display("1280x1280") as own:
        yield own.environment


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    """A new device; no visit is open."""
    paths = Paths(tmp_path / "data")
    new_device(paths)
    opened = open_kiosk(paths)
    yield opened
    opened.office.database.close()


@pytest.fixture
def open_day(kiosk: Kiosk) -> Kiosk:
    """A new device with a visit at its first stop."""
    visits.open_visit(kiosk.office, None, None, kiosk.now())
    return kiosk


@pytest.fixture
def glass(open_day: Kiosk, display: dict[str, str]) -> Iterator[RunningGlass]:
    """The running glass of an open day."""
    running = RunningGlass(open_day.paths.data, {**os.environ, **display})
    running.start()
    yield running
    if running.process.poll() is None:
        running.stop()
