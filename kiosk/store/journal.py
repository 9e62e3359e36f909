"""The journal: what happened, in order, written in the transaction of the change itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from kiosk.domain import device_events, events, paper_events, visit_events
from kiosk.domain.events import Event
from kiosk.domain.moment import Moment
from kiosk.domain.paper_events import SheetEvent
from kiosk.store.table import delete, marks

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping

    from kiosk.domain.ids import VisitId
    from kiosk.store.visit_cache import Connection

_EVENTS: Final[Mapping[str, type[Event]]] = {
    name: kind
    for module in (events, device_events, paper_events, visit_events)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
}
_MOST_OUTSIDE_VISITS = 1000
MOST_AT_ONCE: Final = 1000
"""Entries that one look returns."""

_SELECT = "SELECT id, kind, body, moment FROM journal"
_LAST_REPORTS = """(
    SELECT max(id) FROM journal WHERE kind = 'DeviceChanged'
    GROUP BY json_extract(body, '$.device')
)"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal. Ids only grow; a closed visit leaves a gap."""

    id: int
    event: Event
    moment: Moment


def append(connection: Connection, event: Event, now: Moment, visit: VisitId | None) -> None:
    """Append an event. `visit` is None for what concerns no person, such as a device."""
    written = connection.execute(
        "INSERT INTO journal (visit, kind, body, moment) VALUES (?, ?, ?, ?)",
        (visit, type(event).__name__, msgspec.json.encode(event).decode(), now.as_text()),
    )
    connection.visit_cache.appended(written.lastrowid or 0)


def since(connection: sqlite3.Connection, after: int, most: int = MOST_AT_ONCE) -> list[Entry]:
    """The first entries after that id, oldest first."""
    rows = connection.execute(f"{_SELECT} WHERE id > ? ORDER BY id LIMIT ?", (after, most))
    return [_entry(row) for row in rows]


def newest(connection: sqlite3.Connection) -> int:
    """The id of the last entry, or 0."""
    return int(connection.execute("SELECT ifnull(max(id), 0) FROM journal").fetchone()[0])


def latest_of(connection: sqlite3.Connection, *kinds: type[Event], most: int) -> list[Entry]:
    """The last entries of these kinds, newest first."""
    names = [kind.__name__ for kind in kinds]
    rows = connection.execute(
        f"{_SELECT} WHERE kind IN ({marks(names)}) ORDER BY id DESC LIMIT ?", (*names, most)
    )
    return [_entry(row) for row in rows]


def of_ticket(
    connection: sqlite3.Connection, kind: type[Event], ticket: int, *, newest: bool = False
) -> Entry | None:
    """The first entry of that kind about a ticket, or the newest."""
    order = "DESC" if newest else "ASC"
    row = connection.execute(
        f"{_SELECT} WHERE kind = ? AND json_extract(body, '$.ticket') = ?"
        f" ORDER BY id {order} LIMIT 1",
        (kind.__name__, ticket),
    ).fetchone()
    return _entry(row) if row else None


def device_reports(connection: sqlite3.Connection) -> list[Entry]:
    """The last report of each device."""
    rows = connection.execute(f"{_SELECT} WHERE id IN {_LAST_REPORTS}")
    return [_entry(row) for row in rows]


def forget_devices_except(connection: sqlite3.Connection, names: Collection[str]) -> None:
    """Delete what devices said that are not there any more, or have another name now."""
    gone = f"json_extract(body, '$.device') NOT IN ({marks(names)})"
    connection.execute(f"{delete('journal')} WHERE kind = 'DeviceChanged' AND {gone}", (*names,))


def keep_last_of(connection: sqlite3.Connection, kind: type[Event], most: int) -> None:
    """Delete the entries of that kind but the last so many."""
    connection.execute(
        "DELETE FROM journal WHERE kind = ? AND id NOT IN"
        " (SELECT id FROM journal WHERE kind = ? ORDER BY id DESC LIMIT ?)",
        (kind.__name__, kind.__name__, most),
    )


def forget_visit(connection: sqlite3.Connection, visit: VisitId) -> None:
    """Delete the entries of a visit's people, of sheets that are gone, and old device reports."""
    connection.execute("DELETE FROM journal WHERE visit = ?", (visit,))
    forget_sheets(connection)
    old = f"{delete('journal')} WHERE id <= ? AND id NOT IN {_LAST_REPORTS}"
    connection.execute(old, (newest(connection) - _MOST_OUTSIDE_VISITS,))


def forget_sheets(connection: sqlite3.Connection) -> None:
    """Delete the entries outside visits of sheets that are not there any more."""
    kinds = [kind for kind, event in _EVENTS.items() if issubclass(event, SheetEvent)]
    outside = f"{delete('journal')} WHERE visit IS NULL AND kind IN ({marks(kinds)})"
    gone = "json_extract(body, '$.sheet') NOT IN (SELECT id FROM sheet)"
    connection.execute(f"{outside} AND {gone}", kinds)


def _entry(row: sqlite3.Row) -> Entry:
    event = _EVENTS[row["kind"]](**json.loads(row["body"]))
    return Entry(row["id"], event, Moment.from_text(row["moment"]))
