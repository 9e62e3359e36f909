import os
import shutil
import subprocess
import sys
from multiprocessing import get_context
from pathlib import Path

import pytest

from kiosk.export.errors import ExportError, SomethingElseThere
from kiosk.export.package import Package
from kiosk.export.targets.folder import FolderTarget
from tests.waiting import PATIENCE_S

PACKAGE = Package("town_rh-1_2026-10-01_2026-10-31", {"a.csv": b"a\n1\n", "b.json": b"{}\n"})


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_package_is_laid_into_a_folder_that_need_not_exist(tmp_path: Path) -> None:
    place = Path(FolderTarget(tmp_path / "new" / "folder").put(PACKAGE).place)
    assert place == tmp_path / "new" / "folder" / PACKAGE.name
    assert contents(place) == PACKAGE.files
    assert [path.name for path in place.parent.iterdir()] == [PACKAGE.name]


def test_the_same_package_again_is_done_already(tmp_path: Path) -> None:
    place = Path(FolderTarget(tmp_path).put(PACKAGE).place)
    before = place.stat().st_ino
    assert FolderTarget(tmp_path).put(PACKAGE).place == str(place)
    assert place.stat().st_ino == before


@pytest.mark.parametrize("change", ["other", "more", "less", "file", "link", "pipe"])
def test_something_else_of_that_name_is_left_alone(tmp_path: Path, change: str) -> None:
    place = Path(FolderTarget(tmp_path / "out").put(PACKAGE).place)
    match change:
        case "other":
            (place / "a.csv").write_bytes(b"a\n2\n")
        case "more":
            (place / "notes.txt").write_text("mine")
        case "less":
            (place / "a.csv").unlink()
        case "file":
            shutil.rmtree(place)
            place.write_text("mine")
        case "link":
            place.rename(tmp_path / "elsewhere")
            place.symlink_to(tmp_path / "elsewhere")
        case "pipe":
            (place / "a.csv").unlink()
            os.mkfifo(place / "a.csv")
    with pytest.raises(SomethingElseThere, match="move it away"):
        FolderTarget(tmp_path / "out").put(PACKAGE)
    assert [path.name for path in place.parent.iterdir()] == [PACKAGE.name]


def test_leftovers_of_a_torn_run_are_cleaned_up(tmp_path: Path) -> None:
    torn = tmp_path / ".town_rh-1_2026-09-01_2026-09-30.radhaus-unfinished"
    torn.mkdir()
    (torn / "a.csv").write_bytes(b"a\n")
    (tmp_path / "precious").write_text("kept")
    (torn / "link").symlink_to(tmp_path / "precious")
    FolderTarget(tmp_path).put(PACKAGE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["precious", PACKAGE.name]


@pytest.mark.parametrize("below", ["", "2026"])
def test_no_symbolic_link_is_followed(tmp_path: Path, below: str) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "stick").symlink_to(tmp_path / "etc")
    with pytest.raises(ExportError, match="stick: is a symbolic link"):
        FolderTarget(tmp_path / "stick" / below).put(PACKAGE)
    assert contents(tmp_path / "etc") == {}


def test_a_file_is_no_target(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ExportError, match="file: is not a folder"):
        FolderTarget(tmp_path / "file").put(PACKAGE)


@pytest.mark.slow
def test_several_exports_at_once_make_one_package(tmp_path: Path) -> None:
    context = get_context("spawn")
    workers = [
        context.Process(target=FolderTarget(tmp_path).put, args=(PACKAGE,)) for _ in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(PATIENCE_S)
    assert [worker.exitcode for worker in workers] == [0] * 4
    assert [path.name for path in tmp_path.iterdir()] == [PACKAGE.name]
    assert contents(tmp_path / PACKAGE.name) == PACKAGE.files


EXPORT = """
import sys
from pathlib import Path
from kiosk.export.errors import ExportError
from kiosk.export.targets.folder import FolderTarget
from kiosk.export.package import Package
try:
    package = Package("town", {f"{n}.csv": bytes(20_000) for n in range(5)})
    FolderTarget(Path(sys.argv[1])).put(package)
except ExportError as error:
    sys.exit(str(error))
"""


def in_a_mount(folder: Path, options: str) -> subprocess.CompletedProcess[str]:
    """Export to a small file system of its own, which ends with the command."""
    mount, export = f'mount -t tmpfs -o {options} tmpfs "$1"', '"$2" -c "$3" "$1"'
    script = f'{mount} && {export}; code=$?; ls -A "$1"; exit $code'
    words = ["sh", "-c", script, "sh", str(folder), sys.executable, EXPORT]
    return subprocess.run(
        ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"]), *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )


@pytest.fixture
def mountable(tmp_path: Path) -> Path:
    """A folder on which this machine lets us mount."""
    folder = tmp_path / "stick"
    folder.mkdir()
    if in_a_mount(folder, "size=1m").returncode != 0:
        pytest.skip("this machine does not let us mount a file system of our own")
    return folder


@pytest.mark.parametrize(
    ("options", "sentence"), [("size=64k", "no room is left"), ("ro", "can only be read")]
)
def test_a_full_or_protected_stick_is_reported_and_left_as_it_was(
    mountable: Path, options: str, sentence: str
) -> None:
    result = in_a_mount(mountable, options)
    assert result.returncode == 1
    assert sentence in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""
