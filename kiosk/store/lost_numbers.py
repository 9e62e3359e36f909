"""Numbers on paper whose tickets a damaged write-ahead log has lost: noticed, jumped over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kiosk.domain.number import NumberRange
from kiosk.store import key_values, series
from kiosk.store.high_water_mark import LETTERS, is_behind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from kiosk.store.visit_cache import Connection

_KEY = "lost_numbers"
_OF_VISIT = "visit:"


def series_behind(connection: sqlite3.Connection, marked: Mapping[str, int]) -> dict[str, int]:
    """The series that stand before their mark, and where they stand.

    Those of a visit that was closed do not count: what it gave may be given again.
    """
    names = list(marked)
    lasts = dict(zip(names, series.last_of(connection, *names), strict=True))
    is_open = connection.execute("SELECT 1 FROM visit").fetchone() is not None
    has_begun = lasts.get("visit", 0) < marked.get("visit", 0)
    return {
        name: last
        for name, last in lasts.items()
        if is_behind(name, last, marked[name])
        and (is_open or has_begun or not name.startswith(_OF_VISIT))
    }


def skip_to_mark(connection: Connection, marked: Mapping[str, int]) -> None:
    """Continue each series behind its mark, and remember the numbers that are only on paper."""
    found = series_behind(connection, marked)
    series.remember(connection, {name: marked[name] for name in found})
    new = [
        (name.removeprefix(LETTERS), last + 1, marked[name])
        for name, last in found.items()
        if name.startswith(LETTERS)
    ]
    if new:
        before = json.loads(key_values.get(connection, _KEY) or "[]")
        key_values.put(connection, _KEY, json.dumps([*before, *new]))


def lost_ranges(connection: sqlite3.Connection) -> list[NumberRange]:
    """The numbers of this visit that are on paper and not in the file."""
    kept = json.loads(key_values.get(connection, _KEY) or "[]")
    return [NumberRange(letter, first, last) for letter, first, last in kept]


def forget(connection: sqlite3.Connection) -> None:
    """Delete them, when the visit is closed."""
    if key_values.get(connection, _KEY) is not None:
        key_values.put(connection, _KEY, "[]")
