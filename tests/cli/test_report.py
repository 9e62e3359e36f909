"""`kiosk report`: the report of a box as a file."""

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from kiosk.counts import ledger
from kiosk.store.database import Database
from kiosk.system.paths import Paths
from tests.browser import CHROMIUM
from tests.export.closed import a_period
from tests.prepared import new_device

Kiosk = Callable[..., Result]
QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3")


@pytest.fixture
def closed(tmp_path: Path) -> None:
    """A box with three closed quarters."""
    paths = Paths(tmp_path / "data")
    new_device(paths)
    with closing(Database.open(paths.database)) as database, database.write() as connection:
        for unit in QUARTERS:
            ledger.append(connection, a_period(unit))


@pytest.mark.usefixtures("closed")
def test_the_last_closed_period_is_reported(kiosk: Kiosk, tmp_path: Path) -> None:
    told = kiosk("report", "--to", str(tmp_path / "report.html"))
    assert told.output == f"Written: {tmp_path / 'report.html'} (2026-Q3)\n"
    assert "Bericht 3. Quartal 2026</title>" in (tmp_path / "report.html").read_text()


@pytest.mark.usefixtures("closed")
def test_all_periods_between_two_days_are_reported(kiosk: Kiosk, tmp_path: Path) -> None:
    days = ("--from", "2026-01-01", "--until", "2026-06-30")
    told = kiosk("report", "--to", str(tmp_path / "report.html"), *days)
    assert told.output.endswith("(2026-Q1, 2026-Q2)\n")


@pytest.mark.usefixtures("closed")
def test_sheets_for_the_wall_name_the_stops_that_have_one(kiosk: Kiosk, tmp_path: Path) -> None:
    told = kiosk("report", "--wall", "--to", str(tmp_path / "wall.html"))
    assert told.exit_code == 0, told.output
    assert told.output.startswith(f"Written: {tmp_path / 'wall.html'} (2026-Q3: ")
    assert "Das haben Sie uns gesagt" in (tmp_path / "wall.html").read_text()


@pytest.mark.usefixtures("closed")
def test_days_without_a_closed_period_are_refused_with_what_there_is(
    kiosk: Kiosk, tmp_path: Path
) -> None:
    told = kiosk("report", "--to", str(tmp_path / "report.html"), "--from", "2026-08-01")
    assert told.exit_code == 1
    assert "2026-Q3 (2026-07-01 to 2026-09-30)" in told.stderr
    assert not (tmp_path / "report.html").exists()


def test_a_box_that_has_closed_nothing_says_so(kiosk: Kiosk, tmp_path: Path) -> None:
    new_device(Paths(tmp_path / "data"))
    told = kiosk("report", "--to", str(tmp_path / "report.html"))
    assert (told.exit_code, "There is no closed period" in told.stderr) == (1, True)


@pytest.mark.parametrize("name", ["report", "report.docx"])
def test_another_kind_of_file_is_refused(kiosk: Kiosk, tmp_path: Path, name: str) -> None:
    told = kiosk("report", "--to", str(tmp_path / name))
    assert (told.exit_code, "name a file .html or .pdf" in told.stderr) == (2, True)


@pytest.mark.usefixtures("closed")
def test_a_folder_that_is_not_there_is_reported_in_one_line(kiosk: Kiosk, tmp_path: Path) -> None:
    told = kiosk("report", "--to", str(tmp_path / "nowhere" / "report.html"))
    assert (told.exit_code, len(told.stderr.splitlines())) == (1, 1)


@pytest.mark.slow
@pytest.mark.usefixtures("closed")
def test_chromium_prints_a_pdf(kiosk: Kiosk, tmp_path: Path) -> None:
    assert Path(CHROMIUM).exists()
    told = kiosk("report", "--to", str(tmp_path / "report.pdf"))
    assert told.exit_code == 0, told.stderr
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.usefixtures("closed")
def test_without_chromium_the_error_says_how_to_print(
    kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    told = kiosk("report", "--to", str(tmp_path / "report.pdf"))
    assert (told.exit_code, "write the report as .html" in told.stderr) == (1, True)


@pytest.mark.parametrize(
    ("script", "printed"),
    [
        ('case "$*" in *--no-sandbox*) echo %PDF-1.4 >"${5#*=}" ;; *) exit 1 ;; esac', True),
        ("echo first >&2; echo no room on the disk >&2; exit 1", False),
    ],
    ids=["no sandbox to be had", "another fault"],
)
@pytest.mark.usefixtures("closed")
def test_a_chromium_without_a_sandbox_prints_and_another_fault_is_reported(
    kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, *, printed: bool
) -> None:
    browser = tmp_path / "chromium-headless-shell"
    browser.write_text(f"#!/bin/sh\n{script}\n")
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    told = kiosk("report", "--to", str(tmp_path / "report.pdf"))
    assert (told.exit_code == 0) == printed, told.stderr
    assert ("no room on the disk. Write it as .html" in told.stderr) != printed
