from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from kiosk.service.office import Office
from kiosk.store.database import Database
from tests.town import TOWN, TownClock
from tests.waiting import PATIENCE_S

# A shared machine is slow now and then; a slow example is no wrong one.
settings.register_profile("radhaus", deadline=None, print_blob=True)
settings.load_profile("radhaus")


TESTS = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


LONG_FIRST = ("screens", "system", "service", "profiles", "console")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Shared among workers, what takes long begins first, so that nobody waits for the last one."""
    if hasattr(config, "workerinput"):
        turns = {name: turn for turn, name in enumerate(LONG_FIRST)}
        items.sort(key=lambda item: turns.get(item.path.relative_to(TESTS).parts[0], len(turns)))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; it asks nobody for anything by itself."""
    expect.set_options(timeout=PATIENCE_S * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def _nobodys_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps tests off the data of whoever runs them."""
    monkeypatch.delenv("KIOSK_DATA", raising=False)
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)


@pytest.fixture
def clock() -> TownClock:
    """A Sunday morning in November, one second later at each look."""
    return TownClock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A new database file."""
    database = Database.create(tmp_path / "kiosk.db")
    yield database
    database.close()


@pytest.fixture
def office(database: Database) -> Office:
    """The small town's office over a new database; no visit is open."""
    return Office(database, TOWN)
