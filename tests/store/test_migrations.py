"""The tables come up to date once, and unknown ones are left alone."""

from contextlib import closing
from pathlib import Path

import pytest

from kiosk.store.database import Database, connect
from kiosk.store.errors import NewerDatabase
from kiosk.store.migrations import STEPS


def test_a_new_file_gets_every_step_once(tmp_path: Path) -> None:
    for _ in range(2):
        Database.create(tmp_path / "kiosk.db").close()
    with closing(connect(tmp_path / "kiosk.db")) as connection:
        applied = connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id").fetchall()
    assert [name for (name,) in applied] == list(STEPS)


def test_an_update_torn_before_its_last_mark_is_taken_up(tmp_path: Path) -> None:
    Database.create(tmp_path / "kiosk.db").close()
    with closing(connect(tmp_path / "kiosk.db")) as connection:
        connection.execute("PRAGMA user_version = 0")
    Database.open(tmp_path / "kiosk.db").close()
    with closing(connect(tmp_path / "kiosk.db")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(STEPS)


def test_a_newer_database_is_not_touched(tmp_path: Path) -> None:
    Database.create(tmp_path / "kiosk.db").close()
    with closing(connect(tmp_path / "kiosk.db")) as connection:
        connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    with pytest.raises(NewerDatabase, match="newer release"):
        Database.open(tmp_path / "kiosk.db")
