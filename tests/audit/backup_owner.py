"""Attack of who has a backup and its secret key: tries whether what it holds tells a later draw.

They are given all exact counts of the period that was closed later. If a key that their backup has
rounds them to the published numbers, it is the key of that draw.
"""

from __future__ import annotations

import hashlib
import hmac
from contextlib import closing
from itertools import combinations
from typing import TYPE_CHECKING

from kiosk.counts.draw_key import draw_key
from kiosk.counts.exact import exact_counts
from kiosk.counts.published import round_period
from kiosk.store import counters
from kiosk.store.database import Database
from tests.audit.lived_box import LivedBox
from tests.town import TOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from random import Random

    from kiosk.counts.cell import Cell
    from kiosk.counts.exact import ExactCounts

BEFORE = ("of the quarter before", "made after its closing", "of the first month", "of the second")
LAST = "of the last month"
"""Backups of a box, by the time when they were made; the quarter has three months."""

_GROUPS = {str(topic.id): str(topic.group) for topic in TOWN.topics}


def draws_known(folder: Path, random: Random) -> dict[str, bool]:
    """Whether the draw of a quarter is known to who has each of these backups."""
    box = LivedBox(folder / "kiosk.db")
    backups = dict(_quarter_with_backups(box, random, folder))
    with closing(Database.open(box.path)) as database, database.read() as connection:
        exact = exact_counts(connection, counters.open_months(connection))
    assert box.close("2026-10-01") == ["2026-Q3"]
    published = dict(box.ledger()[-1].tables["visits"])
    return {
        name: any(rounded(exact, key) == published for key in keys_in(path))
        for name, path in backups.items()
    }


def _quarter_with_backups(
    box: LivedBox, random: Random, folder: Path
) -> Iterator[tuple[str, Path]]:
    _count_visits(box, random, "2026-06", "2026-Q2")
    yield BEFORE[0], box.put_back(folder / "june.db").path
    assert box.close("2026-07-01") == ["2026-Q2"]
    yield BEFORE[1], box.put_back(folder / "closed.db").path
    for name, month in zip((*BEFORE[2:], LAST), ("2026-07", "2026-08", "2026-09"), strict=True):
        _count_visits(box, random, month, "2026-Q3")
        yield name, box.put_back(folder / f"{month}.db").path
    box.count("2026-09-30", random.randint(10, 40), "2026-Q3")


def _count_visits(box: LivedBox, random: Random, month: str, period: str) -> None:
    for day in range(1, 15):  # so many that another key draws the same once in a million times
        box.count(f"{month}-{day:02}", random.randint(10, 40), period)


def keys_in(path: Path) -> Iterator[bytes]:
    """Every key that a box with this file could draw with, or with a part of it."""
    with closing(Database.open(path)) as database, database.read() as connection:
        months = sorted(counters.open_months(connection))
        for many in range(1, len(months) + 1):
            for some in combinations(months, many):
                yield draw_key(connection, some)


def rounded(exact: ExactCounts, key: bytes) -> Mapping[Cell, int]:
    """The people of each visit as this key would have them published."""
    return round_period(exact, _GROUPS, key)["visits"]


def chained_draw_known(exact: ExactCounts, secret: bytes, closings: int) -> bool:
    """The same where each key follows from the one before; the backup is so many closings old."""
    drawn = list(_chained(secret, closings))[-1]
    published = rounded(exact, drawn)
    return any(rounded(exact, key) == published for key in _chained(secret, closings))


def _chained(secret: bytes, closings: int) -> Iterable[bytes]:
    for _ in range(closings + 1):
        yield hmac.digest(secret, b"draw", hashlib.sha256)
        secret = hmac.digest(secret, b"next", hashlib.sha256)
