import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.settings.config import load_config, to_toml
from kiosk.settings.config.model import ConsoleSettings
from kiosk.settings.config.network import NetworkSettings, VisitorsNetwork
from kiosk.system.paths import Paths
from kiosk.system.virtual_display import start_virtual_display
from kiosk.wiring.box import Kiosk, open_kiosk
from tests.prepared import new_device
from tests.screens.running import RunningGlass


@pytest.fixture(scope="session")
def display() -> Iterator[dict[str, str]]:
    """The environment of a display that is large enough for every pane."""
    with start_virtual_display("1280x1280") as own:
        yield own.environment


@pytest.fixture
def new_kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    """A new device; no visit is open."""
    with _opened(tmp_path) as kiosk:
        yield kiosk


@pytest.fixture(scope="package")
def shared_glass(
    display: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[RunningGlass, Kiosk]]:
    """One glass for all tests of this folder, and its device: to start one costs two seconds."""
    with _opened(tmp_path_factory.mktemp("glass")) as kiosk:
        glass = RunningGlass(kiosk.paths.data, {**os.environ, **display})
        glass.start()
        yield glass, kiosk
        if glass.process.poll() is None:
            glass.stop()


@pytest.fixture
def new_visit(shared_glass: tuple[RunningGlass, Kiosk]) -> tuple[RunningGlass, Kiosk]:
    """The shared glass in a visit that has just begun, as if untouched."""
    glass, kiosk = shared_glass
    if glass.process.poll() is not None:
        glass.start()
    glass.begin_visit(kiosk)
    return shared_glass


@pytest.fixture
def glass(new_visit: tuple[RunningGlass, Kiosk]) -> RunningGlass:
    """The running glass of an open day."""
    return new_visit[0]


@pytest.fixture
def open_day(new_visit: tuple[RunningGlass, Kiosk]) -> Kiosk:
    """Its device, with a visit at its first stop."""
    return new_visit[1]


@contextmanager
def _opened(folder: Path) -> Iterator[Kiosk]:
    paths = Paths(folder / "data")
    new_device(paths)
    reachable = replace(
        load_config(paths.config),
        console=ConsoleSettings(host="0.0.0.0"),  # noqa: S104
        network=NetworkSettings(visitors=VisitorsNetwork(external=True)),
    )
    paths.config.write_text(to_toml(reachable))  # so that phones are offered a code
    kiosk = open_kiosk(paths)
    yield kiosk
    kiosk.office.database.close()
