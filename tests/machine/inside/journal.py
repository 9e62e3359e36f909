"""The journal's events of one kind, oldest first, as JSON: `journal.py KIND`."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing

DATABASE = "file:/var/lib/kiosk/kiosk.db?mode=ro"


def events_of_kind(kind: str) -> list[dict[str, object]]:
    with closing(sqlite3.connect(DATABASE, uri=True)) as database:
        rows = database.execute("SELECT body FROM journal WHERE kind = ? ORDER BY id", [kind])
        return [json.loads(body) for (body,) in rows]


if __name__ == "__main__":
    print(json.dumps(events_of_kind(sys.argv[1])))  # noqa: T201 - the answer
