from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.service.office import Office
from tests.prepared import load_migrations, new_database
from tests.programs import ProgramAudit
from tests.town import TOWN, TownClock

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from playwright.sync_api import Browser

    from kiosk.store.database import Database

# Some machines forbid it, and each of hundreds of processes would compile everything anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

UMASK = os.umask(0)
os.umask(UMASK)

TESTS = Path(__file__).parent
LONG_FIRST = ("screens", "system", "faults", "console", "operate", "service", "panel", "settings")


class PromptFailures:
    """Tells a failure as it happens: a run that is cut off has no summary."""

    def __init__(self, config: pytest.Config) -> None:
        self._plugins = config.pluginmanager

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        reporter = self._plugins.get_plugin("terminalreporter")
        if report.failed and reporter:
            why = getattr(report.longrepr, "reprcrash", None)
            said = f" - {why.path}:{why.lineno}: {why.message}" if why else ""
            reporter.write(f"\nFAILED {report.nodeid}{said}\n")


class NoKivy:
    """Refuses Kivy in pytest's own process, which it may end: without a display, without a word."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Raise `ImportError` for it; of others it knows nothing."""
        if name == "kivy":
            raise ImportError("Kivy runs in a process of its own: see tests/screens/stand.py")


def pytest_configure(config: pytest.Config) -> None:
    """Set Hypothesis up, imported late: what is imported above may be compiled by each process."""
    sys.meta_path.insert(0, NoKivy())
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(PromptFailures(config))
    from hypothesis import settings  # noqa: PLC0415

    from tests.hypothesis_checks import BUSY_MACHINE  # noqa: PLC0415

    settings.register_profile(
        "radhaus",
        max_examples=int(os.environ.get("RADHAUS_EXAMPLES", "50")),
        deadline=None,
        print_blob=True,
        suppress_health_check=BUSY_MACHINE,
    )
    settings.load_profile("radhaus")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported and collected stays: the garbage collector need not look at it, ever."""
    gc.disable()
    result = yield
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()
    return result


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Among workers the slowest files begin first, so that none waits for the last one.

    That is every file with a slow test, those of folders that start most processes before others.
    """
    if hasattr(config, "workerinput"):
        slow = {item.path for item in items if item.get_closest_marker("slow")}
        turns = {name: turn for turn, name in enumerate(LONG_FIRST)}

        def turn(item: pytest.Item) -> tuple[bool, int]:
            folder = item.path.relative_to(TESTS).parts[0]
            return item.path not in slow, turns.get(folder, len(turns))

        items.sort(key=turn)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, for all pages of the session."""
    from tests.browser import launched  # noqa: PLC0415 - most tests open no page

    with launched() as browser:
        yield browser


@pytest.fixture(scope="session", autouse=True)
def _migrations() -> None:
    load_migrations()


@pytest.fixture(scope="session")
def _audit() -> ProgramAudit:
    audit = ProgramAudit()
    audit.listen()
    return audit


@pytest.fixture(autouse=True)
def _only_declared_programs(_audit: ProgramAudit) -> Iterator[None]:
    """Fails the test that starts a program which a bare machine does not have."""
    yield
    assert _audit.faults() == []


@pytest.fixture(scope="module", autouse=True)
def _garbage() -> Iterator[None]:
    """What a file forgot to close is told there, and not by whichever test is next."""
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def _own_umask() -> Iterator[None]:
    """A command of the product sets that of its process, which here is the tests'."""
    os.umask(UMASK)
    yield
    os.umask(UMASK)


@pytest.fixture(autouse=True)
def _unused_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps tests off the data of the developer."""
    monkeypatch.delenv("KIOSK_DATA", raising=False)
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    monkeypatch.delenv("KIOSK_OFFICE_DATABASE", raising=False)


@pytest.fixture
def clock() -> TownClock:
    """A Sunday morning in November, one second later at each look."""
    return TownClock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A new database file."""
    database = new_database(tmp_path / "kiosk.db")
    yield database
    database.close()


@pytest.fixture
def office(database: Database) -> Office:
    """The small town's office over a new database; no visit is open."""
    return Office(database, TOWN)


def pytest_unconfigure() -> None:
    """Libraries in C++ count at the end what is still held."""
    gc.unfreeze()
