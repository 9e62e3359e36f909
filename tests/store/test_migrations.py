"""The tables come up to date once, and unknown ones are left alone."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.domain.feedback import Feedback
from kiosk.domain.ids import FeedbackId
from kiosk.domain.moment import Moment
from kiosk.store import feedback, migrations, visits
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


def test_a_visit_that_was_open_during_an_update_keeps_its_smileys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = STEPS[: STEPS.index("7_presses")]
    given = Moment("boot", 1.0, datetime(2026, 11, 22, 9, tzinfo=UTC), trusted=True)
    with monkeypatch.context() as old:
        old.setattr(migrations, "STEPS", before)
        with (
            closing(Database.create(tmp_path / "kiosk.db")) as database,
            database.write() as connection,
        ):
            connection.execute(
                "INSERT INTO feedback (id, score, given) VALUES (1, 5, ?)", (given.as_text(),)
            )
            connection.execute(
                "INSERT INTO visit (id, stop, topics, opened) VALUES (1, 'market', '[]', ?)",
                (given.as_text(),),
            )
    with closing(Database.open(tmp_path / "kiosk.db")) as database, database.read() as connection:
        assert feedback.everything(connection) == [Feedback(FeedbackId(1), 5, given)]
        visit = visits.current(connection)
    assert visit
    assert visit.trial is None


def test_a_newer_database_is_not_touched(tmp_path: Path) -> None:
    Database.create(tmp_path / "kiosk.db").close()
    with closing(connect(tmp_path / "kiosk.db")) as connection:
        connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    with pytest.raises(NewerDatabase, match="newer release"):
        Database.open(tmp_path / "kiosk.db")
