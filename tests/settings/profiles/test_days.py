"""Each shipped profile lives through two weeks: set up, played, closed, verified, exported."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.counts.method import BASE
from kiosk.settings import profiles

MEMORY = Path("/dev/shm")  # noqa: S108 - a disk that syncs at once, where there is one
VISITS, CITIZENS, SEED = 6, 35, 20261122


@pytest.fixture
def data() -> Iterator[str]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.exists() else None) as folder:
        yield str(Path(folder) / "data")


def kiosk(data: str, *words: str) -> str:
    """What `kiosk WORDS` answers in that data folder."""
    answer = CliRunner().invoke(main, words, env={"KIOSK_DATA": data}, catch_exceptions=False)
    assert answer.exit_code == 0, answer.stderr
    return answer.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", profiles.available_profiles())
def test_days_are_played_and_their_counts_are_closed(name: str, data: str) -> None:
    kiosk(data, "init", "--profile", name)
    plan = ("--visits", str(VISITS), "--citizens", str(CITIZENS), "--seed", str(SEED))
    print(f"seed {SEED}")  # noqa: T201 - to play a failure again
    played = kiosk(data, "simulate", *plan)
    assert played.startswith(f"{VISITS * CITIZENS} people at {VISITS} visits")

    closed = CliRunner().invoke(main, ("counts", "close", "--now"), env={"KIOSK_DATA": data})
    assert closed.exit_code == 0 or "Fewer than 100" in closed.stderr
    kiosk(data, "counts", "verify")
    ledger = msgspec.json.decode(kiosk(data, "counts", "show", "--json"))
    tables = [period["tables"] for period in ledger["periods"]]
    people = sum(cell["count"] for each in tables for cell in each["visits"])
    # A contingent turns some away, and a quarter may have begun too lately to be ended early.
    assert 100 <= people < VISITS * CITIZENS + BASE * len(tables)
    for one in ("demand", "topics", "outcomes", "hours"):
        assert sum(cell["count"] for each in tables for cell in each[one]) == people, one

    profile = profiles.load_profile(name)
    asked_for = {cell["topic"] for each in tables for cell in each["topics"]}
    assert asked_for <= {topic.id for topic in profile.topics} | {"others"}
    groups = {cell["group"] for each in tables for cell in each["demand"]}
    missing = {str(group.id) for group in profile.groups} ^ groups
    assert len(missing) <= 1, "rounding hides a small group, and no more"

    exported = kiosk(data, "export", "--to", f"{data}-out").splitlines()
    assert len(exported) == len(ledger["periods"])
    for line in exported:
        package = Path(line.removeprefix("Written: "))
        assert (package / "demand.csv").exists()
        assert "Simulierte Daten" in (package / "datapackage.json").read_text()
    kiosk(data, "counts", "verify", f"{data}-out")
