"""What a city finds out about packages that it has received, by `kiosk counts verify DIR...`."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from click.testing import Result

from kiosk.counts import ledger
from kiosk.export.package import build_package
from kiosk.export.targets.folder import FolderTarget
from kiosk.service import access
from kiosk.store.database import Database
from tests.cli.packages import MONTHS, NAME, flip_a_byte, write_packages
from tests.export.closed import a_period

Kiosk = Callable[..., Result]


def test_packages_that_are_whole_are_reported_with_number_and_key(
    kiosk: Kiosk, packages: Path, tmp_path: Path
) -> None:
    result = kiosk("counts", "verify", str(packages), "--key", str(tmp_path / "box.pem"))
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert len(lines) == 3
    assert f"{NAME.format('2026-07')}: intact, number 1 of rh-1, signed by the key " in lines[0]
    one_by_one = kiosk("counts", "verify", *map(str, sorted(packages.iterdir())))
    assert one_by_one.stdout == result.stdout


def test_a_single_package_says_nothing_of_those_before(kiosk: Kiosk, package: Path) -> None:
    assert kiosk("counts", "verify", str(package)).exit_code == 0


def test_all_packages_signed_by_a_strangers_key_are_found_only_by_the_boxs_own(
    kiosk: Kiosk, packages: Path, tmp_path: Path
) -> None:
    shutil.rmtree(packages)
    write_packages(packages, box="stranger")
    assert kiosk("counts", "verify", str(packages)).exit_code == 0
    result = kiosk("counts", "verify", str(packages), "--key", str(tmp_path / "box.pem"))
    assert result.exit_code == 1
    assert result.stderr.count("none of those you gave") == 3


def test_one_package_of_a_strangers_key_among_others_is_found_without_any_key(
    kiosk: Kiosk, packages: Path, package: Path
) -> None:
    shutil.rmtree(package)
    write_packages(packages.with_name("forged"), box="stranger")
    shutil.copytree(packages.with_name("forged") / package.name, package)
    result = kiosk("counts", "verify", str(packages))
    assert result.exit_code == 1
    assert "rh-1: its packages are signed by different keys" in result.stderr


@pytest.mark.parametrize(
    ("gone", "sentence"),
    [
        (("2026-08",), "package 2 is missing: fetch it from the box"),
        (("2026-07",), "package 1 is missing: fetch it from the box"),
    ],
)
def test_a_gap_is_reported(
    kiosk: Kiosk, packages: Path, gone: tuple[str, ...], sentence: str
) -> None:
    for month in gone:
        shutil.rmtree(packages / NAME.format(month))
    result = kiosk("counts", "verify", str(packages))
    assert result.exit_code == 1
    assert f"rh-1: {sentence}" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_package_that_comes_twice_is_reported(
    kiosk: Kiosk, packages: Path, package: Path
) -> None:
    again = packages.with_name("again")
    shutil.copytree(package, again / package.name)
    result = kiosk("counts", "verify", str(packages), str(again))
    assert result.exit_code == 1
    assert "are the same package; count it once" in result.stderr


def test_a_ledger_that_was_closed_anew_from_an_old_backup_is_reported(
    kiosk: Kiosk, packages: Path, tmp_path: Path
) -> None:
    """The key comes along with the backup, so nothing but the chain tells."""
    path, later = tmp_path / "box.db", tmp_path / "later"
    shutil.copy(path, tmp_path / "backup.db")
    for name, months in (("box.db", ["2026-10"]), ("backup.db", ["2026-11", "2026-12"])):
        with closing(Database.open(tmp_path / name)) as database:
            with database.write() as connection:
                for month in months:
                    ledger.append(connection, a_period(month))
            for month in months:
                FolderTarget(later).put(build_package(database, month))
    result = kiosk("counts", "verify", str(packages), str(later))
    assert result.exit_code == 1
    assert "both have the number 4 and differ; an old backup was put back" in result.stderr


@pytest.mark.usefixtures("device")
def test_the_box_itself_reports_a_package_that_its_ledger_has_lost(
    kiosk: Kiosk, tmp_path: Path
) -> None:
    """The tail of the ledger, with its signatures, was cut off by an old backup."""
    box, out, places = tmp_path / "data" / "kiosk.db", tmp_path / "out", []
    names = msgspec.structs.replace(a_period("2026-07").names, device=device_id(box))
    for number, month in enumerate(MONTHS):
        with closing(Database.open(box)) as database:
            database.truncate_wal()
        shutil.copy(box, tmp_path / f"backup-{number}.db")
        with closing(Database.open(box)) as database:
            with database.write() as connection:
                period = msgspec.structs.replace(a_period(month), names=names)
                ledger.append(connection, period)
            places.append(FolderTarget(out).put(build_package(database, month)).place)
    words = ("counts", "verify", str(out), "--ledger")
    assert kiosk(*words).exit_code == 0
    shutil.copy(tmp_path / "backup-2.db", box)
    result = kiosk(*words)
    assert result.exit_code == 1
    assert result.stderr.startswith(
        f"kiosk: {places[2]}: the ledger of this box, which ends with entry 2, does not have it"
    )
    assert len(result.stderr.splitlines()) == 1


def device_id(box: Path) -> str:
    with closing(Database.open(box)) as database:
        return access.device_id(database)


def test_a_folder_of_packages_may_be_called_as_a_package_is(kiosk: Kiosk, packages: Path) -> None:
    folder = packages.rename(packages.with_name("bus_zahlen_2026-Q3"))
    assert len(kiosk("counts", "verify", str(folder)).stdout.splitlines()) == 3


@pytest.fixture
def unsafe_names(tmp_path: Path) -> Iterator[Path]:
    """A folder of a name that moves the cursor of a terminal."""
    folder = tmp_path / "a\x1b[2J\nkiosk_b_2026-01"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


def test_a_name_does_not_write_on_the_terminal(kiosk: Kiosk, unsafe_names: Path) -> None:
    for words in ((str(unsafe_names),), (str(unsafe_names.parent),)):
        result = kiosk("counts", "verify", *words)
        assert result.exit_code == 1
        assert "\x1b" not in result.stderr
        assert len(result.stderr.splitlines()) == 1
        assert "MANIFEST.sha256 is missing" in result.stderr


@pytest.mark.parametrize("name", ["empty", "nowhere", "file"])
def test_a_folder_without_packages_is_reported(kiosk: Kiosk, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty" / "Fotos").mkdir(parents=True)
    (tmp_path / "file").touch()
    result = kiosk("counts", "verify", str(tmp_path / name))
    assert result.exit_code == 1
    assert "name a package or a folder of packages" in result.stderr


def test_a_key_that_is_none_is_wrong_usage(kiosk: Kiosk, packages: Path) -> None:
    result = kiosk("counts", "verify", str(packages), "--key", str(packages / "none.pem"))
    assert result.exit_code == 2
    assert "is no public key" in result.stderr


def test_a_folder_with_the_packages_of_several_boxes_is_judged_box_by_box(
    kiosk: Kiosk, tmp_path: Path
) -> None:
    received, keys = tmp_path / "received", list[str]()
    for device in ("rh-1", "rh-2", "rh-3"):
        key = tmp_path / f"{device}.pem"
        key.write_bytes(write_packages(received, box=device, device=device))
        keys += ["--key", str(key)]
    whole = kiosk("counts", "verify", str(received), *keys)
    assert (whole.exit_code, whole.stderr) == (0, "")
    assert kiosk("counts", "verify", str(received)).exit_code == 0, "without keys as well"
    told = [line.partition(" of ")[2].partition(",")[0] for line in whole.stdout.splitlines()]
    assert Counter(told) == {"rh-1": 3, "rh-2": 3, "rh-3": 3}

    shutil.rmtree(received / "stadt-groessenwahn_rh-2_2026-08")
    flip_a_byte(received / "stadt-groessenwahn_rh-3_2026-09")
    found = kiosk("counts", "verify", str(received), *keys)
    assert found.exit_code == 1
    assert {line.partition(": ")[2].partition(":")[0] for line in found.stderr.splitlines()} == {
        "rh-2",
        str(received / "stadt-groessenwahn_rh-3_2026-09"),
    }
    assert "package 2 is missing" in found.stderr
    assert sum(" of rh-1, signed" in line for line in found.stdout.splitlines()) == len(MONTHS)

    stranger = kiosk("counts", "verify", str(received), *keys[:4])
    told = [line for line in stranger.stderr.splitlines() if "none of those you gave" in line]
    assert len(told) == len(MONTHS)
    assert all("_rh-3_" in line for line in told)
