"""A backup and its key tell the draw of no period but the one in whose last month it was made."""

from contextlib import closing
from pathlib import Path
from random import Random

from kiosk.counts.exact import exact_counts
from tests.audit.backup_owner import BEFORE, LAST, chained_draw_known, draws_known
from tests.counting import count_people
from tests.prepared import new_database

SEED = 20261129


def test_no_backup_from_before_the_last_month_reveals_the_draw(tmp_path: Path) -> None:
    known = draws_known(tmp_path, Random(SEED))
    assert known == dict.fromkeys(BEFORE, False) | {LAST: True}


def test_an_old_backup_reveals_the_draw_where_keys_are_chained(tmp_path: Path) -> None:
    with closing(new_database(tmp_path / "kiosk.db")) as database:
        for day in range(1, 20):
            count_people(database, f"2026-07-{day:02}", 13)
        with database.read() as connection:
            exact = exact_counts(connection, ["2026-07"])
    assert chained_draw_known(exact, b"in a backup", closings=3)
