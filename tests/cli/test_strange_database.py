"""A database that this program did not write: every command refuses it and leaves it alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.system.paths import Paths
from tests.cli.conftest import Kiosk
from tests.prepared import new_device
from tests.strange_database import EMPTIED, STRANGE, contents, lose_every_byte, lose_every_table

Change = Callable[[Path], None]

COMMANDS = (
    ("counts", "verify"),
    ("visit", "open"),
    ("init", "--profile", "essen"),
    ("init", "--new-secrets"),
)


@pytest.fixture
def box(tmp_path: Path) -> Paths:
    """A device that has drawn a number."""
    paths = Paths(tmp_path / "data")
    new_device(paths)
    paths.database.with_name("kiosk.db-mark").write_text('{"ticket": 7}')
    return paths


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize(("change", "said"), STRANGE)
def test_a_command_refuses_it_and_writes_nothing(
    box: Paths, kiosk: Kiosk, change: Change, said: str, words: tuple[str, ...]
) -> None:
    change(box.database)
    before = contents(box)
    done = kiosk(*words)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"kiosk: {box.database}: {said}. ")
    assert "estore" in done.stderr
    assert done.stderr.count("\n") == 1
    assert contents(box) == before


@pytest.mark.parametrize("change", [lose_every_byte, lose_every_table])
def test_the_mark_alone_proves_that_the_box_was_set_up(
    box: Paths, kiosk: Kiosk, change: Change
) -> None:
    box.config.unlink()
    change(box.database)
    before = contents(box)
    done = kiosk("init", "--profile", "essen")
    assert EMPTIED in done.stderr
    assert f"move {box.data} away and run 'kiosk init'" in done.stderr
    assert contents(box) == before


def test_a_set_up_that_was_cut_off_is_taken_up(tmp_path: Path, kiosk: Kiosk) -> None:
    paths = Paths(tmp_path / "data")
    paths.data.mkdir()
    paths.database.touch()
    assert kiosk("init", "--profile", "essen").exit_code == 0
    assert kiosk("counts", "verify").exit_code == 0


@pytest.mark.parametrize("remains", ["kiosk.db-mark", "kiosk.db-wal", "tls/authority.key"])
@pytest.mark.parametrize("lost", [("kiosk.db",), ("kiosk.db", "config.toml")])
def test_a_box_whose_database_was_deleted_is_not_set_up_again(
    tmp_path: Path, kiosk: Kiosk, remains: str, lost: tuple[str, ...]
) -> None:
    paths = Paths(tmp_path / "data")
    new_device(paths)
    for name in lost:
        (paths.data / name).unlink()
    left = paths.data / remains
    left.parent.mkdir(exist_ok=True)
    left.write_text("of the device before")
    before = contents(paths)
    done = kiosk("init", "--profile", "essen")
    assert done.exit_code == 1
    assert f"{paths.database} is gone, and {remains} " in done.stderr
    assert f"(kiosk restore), or move {paths.data} away and run 'kiosk init'" in done.stderr
    assert done.stderr.count("\n") == 1
    assert contents(paths) == before
