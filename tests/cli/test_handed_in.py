"""Files that people really hand in, imported with the commands."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.store.database import Database
from kiosk.system import clock
from kiosk.system.paths import Paths
from tests.files.handed_in import CASES, FOLDER, PROFILE, TODAY, HandedIn, stored
from tests.prepared import new_device

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    from tests.cli.conftest import Kiosk


class _OnThatDay(datetime):
    """The wall clock of the machine."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:  # noqa: ANN401 - of datetime itself
        return TODAY.astimezone(tz)


@pytest.fixture(autouse=True)
def _device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "datetime", _OnThatDay)
    new_device(Paths(tmp_path / "data"), PROFILE)


def known(data: Path, what: str) -> list[str]:
    """What is planned or expected, as in `HandedIn`."""
    database = Database.open(Paths(data).database)
    try:
        with database.read() as connection:
            return stored(connection, what)
    finally:
        database.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_becomes_what_was_meant(case: HandedIn, kiosk: Kiosk, tmp_path: Path) -> None:
    for name in case.files:
        previewed = kiosk(case.what, "import", "--dry-run", str(FOLDER / name))
        done = kiosk(case.what, "import", str(FOLDER / name))
        assert (done.exit_code, done.stderr) == (0, "")
        assert done.stdout.splitlines()[-1] in previewed.stdout
    assert tuple(known(tmp_path / "data", case.what)) == case.becomes


@pytest.mark.parametrize(
    ("what", "name", "said"),
    [
        ("timetable", "a15-cancel.ics", "no visit with its UID is planned"),
        ("timetable", "a14-cancel.ics", "one repetition of a series, and that is not planned here"),
    ],
)
def test_a_change_of_what_is_not_planned_is_refused(
    kiosk: Kiosk, tmp_path: Path, what: str, name: str, said: str
) -> None:
    refused = kiosk(what, "import", str(FOLDER / name))
    assert refused.exit_code == 1
    assert f"{name}:5: event" in refused.stderr
    assert said in refused.stderr
    assert "nothing was imported" in refused.stderr
    assert known(tmp_path / "data", what) == []


def test_changes_alone_never_replace_everything(kiosk: Kiosk, tmp_path: Path) -> None:
    for what, first, then in (
        ("timetable", "a14-series.ics", "a14-cancel.ics"),
        ("appointments", "a15b-one.ics", "a15b-cancel.ics"),
    ):
        kiosk(what, "import", str(FOLDER / first))
        before = known(tmp_path / "data", what)
        refused = kiosk(what, "import", "--replace-all", str(FOLDER / then))
        assert refused.exit_code == 1
        assert "tells only changes" in refused.stderr
        assert known(tmp_path / "data", what) == before


def test_a_preview_changes_nothing(kiosk: Kiosk, tmp_path: Path) -> None:
    said = kiosk("timetable", "import", "--dry-run", str(FOLDER / "a14-series.ics"))
    assert "new        Wed 2026-12-02 09:00-13:00  Schalker Markt" in said.stdout
    assert "nothing has changed" in said.stdout
    kiosk("timetable", "import", str(FOLDER / "a14-series.ics"))
    said = kiosk("timetable", "import", "--dry-run", str(FOLDER / "a14-cancel.ics"))
    assert [line for line in said.stdout.splitlines() if "Wed" in line] == [
        "cancelled  Wed 2026-12-09 09:00-13:00  Schalker Markt"
    ]
    said = kiosk("appointments", "import", "--dry-run", str(FOLDER / "b17.csv"))
    assert "columns left out: Anzahl Personen, Sachbearbeiter" in said.stdout
    assert known(tmp_path / "data", "appointments") == []
