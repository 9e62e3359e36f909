"""What the doctor says of data folder, disk and database when they are broken."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.devices.finding import Result
from kiosk.operate.doctor import run_checks
from kiosk.operate.doctor.files import (
    data_folder,
    database,
    disk,
    disk_space,
    examination_finding,
    ledger,
)
from kiosk.operate.doctor.host import Host
from kiosk.store.examination import Examination
from kiosk.system.paths import Paths
from tests.strange_database import STRANGE, contents

SOUND = Examination(faults=(), pending=(), journal_mode="wal", synchronous=2)


def test_a_world_accessible_folder_is_a_failure(host: Host) -> None:
    host.paths.data.chmod(0o755)
    found = data_folder(host)
    assert (found.result, found.remedy) == (Result.WARNING, f"Run: chmod o= {host.paths.data}.")


def test_a_file_that_the_services_cannot_write(host: Host) -> None:
    host.paths.data.chmod(0o2770)
    for path in host.paths.data.iterdir():
        path.chmod(0o770 if path.is_dir() else 0o660)
    assert data_folder(host).result is Result.OK

    own = host.paths.runtime / "icon.png"
    own.touch(mode=0o600)
    assert data_folder(host).result is Result.OK, "what a door keeps for itself is its own"

    host.paths.database.chmod(0o600)
    found = data_folder(host)
    assert (found.result, found.cause) == (Result.FAILURE, "The services cannot write kiosk.db.")
    assert found.remedy == "Run: sudo kiosk provision."


def test_a_shared_folder_open_to_the_world_is_a_failure(host: Host) -> None:
    for path in host.paths.data.iterdir():
        path.chmod(0o770 if path.is_dir() else 0o660)
    host.paths.data.chmod(0o2775)
    assert data_folder(host).result is Result.FAILURE


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    found = data_folder(Host(Paths(tmp_path / "nowhere")))
    assert (found.result, "kiosk init" in found.remedy) == (Result.FAILURE, True)


def test_a_disk_that_has_become_read_only(host: Host) -> None:
    assert disk(host).result is Result.OK
    found = disk(replace(host, read_only=lambda _folder: True))
    assert (found.result, "replace the card" in found.remedy) == (Result.FAILURE, True)


def test_a_changed_ledger_is_a_failure(host: Host) -> None:
    assert ledger(host).cause == "The ledger is intact, 0 entries."
    with sqlite3.connect(host.paths.database) as connection:
        connection.execute("INSERT INTO ledger VALUES (1, ?, ?)", (b"{}", bytes(32)))
    connection.close()
    found = ledger(host)
    assert (found.result, "Entry 1" in found.cause) == (Result.FAILURE, True)


def test_a_ledger_in_a_broken_database(host: Host) -> None:
    host.paths.database.write_bytes(b"a shopping list" * 500)
    assert ledger(host).result is Result.WARNING


@pytest.mark.parametrize(
    ("free_bytes", "result"),
    [(31 << 20, Result.FAILURE), (511 << 20, Result.WARNING), (512 << 20, Result.OK)],
)
def test_a_disk_that_fills_up(host: Host, free_bytes: int, result: Result) -> None:
    found = disk_space(replace(host, free_bytes=lambda _folder: free_bytes))
    assert (found.result, f"{free_bytes >> 20} MB" in found.cause) == (result, True)


@pytest.mark.parametrize(
    ("free_files", "result"),
    [(999, Result.WARNING), (1000, Result.OK), (None, Result.OK)],
)
def test_a_disk_on_which_few_files_fit(host: Host, free_files: int | None, result: Result) -> None:
    found = disk_space(replace(host, free_files=lambda _folder: free_files))
    assert (found.result, "999 more files" in found.cause) == (result, result is Result.WARNING)


@pytest.mark.parametrize("seed", range(5))
def test_a_damaged_database(host: Host, seed: int) -> None:
    """A card that has lost pages, wherever they were."""
    size = host.paths.database.stat().st_size
    with host.paths.database.open("r+b") as file:
        file.seek(100 if seed == 0 else size * seed // 6)
        file.write(b"\xa5" * 9000)
    found = database(host)
    assert (found.result, "docs/backup.md" in found.remedy) == (Result.FAILURE, True)


def test_no_database(host: Host) -> None:
    host.paths.database.unlink()
    found = database(host)
    assert (found.result, found.remedy) == (Result.FAILURE, "Create it with 'kiosk init'.")
    assert not host.paths.database.exists()


def test_a_folder_in_place_of_the_database(host: Host) -> None:
    host.paths.database.unlink()
    host.paths.database.mkdir()
    assert database(host).result is Result.FAILURE


@pytest.mark.parametrize(
    ("version", "result", "cause"),
    [(1, Result.WARNING, "missing: 2_counts"), (99, Result.FAILURE, "a newer version")],
)
def test_a_database_of_another_release(
    host: Host, version: int, result: Result, cause: str
) -> None:
    with sqlite3.connect(host.paths.database) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    found = database(host)
    assert (found.result, cause in found.cause) == (result, True)


@pytest.mark.parametrize(("change", "said"), STRANGE)
def test_a_database_that_this_program_did_not_write(
    host: Host, change: Callable[[Path], None], said: str
) -> None:
    change(host.paths.database)
    before = contents(host.paths)
    found = database(host)
    assert (found.result, found.cause) == (Result.FAILURE, f"{host.paths.database}: {said}.")
    assert "estore" in found.remedy
    assert {report.name: report.result for report in run_checks(host)}["ledger"] is not Result.OK
    assert contents(host.paths) == before


@pytest.mark.parametrize(
    "unsafe", [replace(SOUND, journal_mode="delete"), replace(SOUND, synchronous=1)]
)
def test_a_database_that_a_power_cut_would_harm(unsafe: Examination) -> None:
    assert examination_finding(SOUND).result is Result.OK
    found = examination_finding(unsafe)
    assert (found.result, "network share" in found.remedy) == (Result.FAILURE, True)
