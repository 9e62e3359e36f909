"""Information sheets that people want on paper: wanted, begun, then printed or failed, as slips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk.domain.moment import Moment

if TYPE_CHECKING:
    import sqlite3

    from kiosk.domain.ids import LanguageCode, OfferId, SheetId
    from kiosk.store.slips import SlipState

_SELECT = "SELECT id, offer, language, wanted FROM sheet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of one advice offer in one language."""

    id: SheetId
    offer: OfferId
    language: LanguageCode
    wanted: Moment


def insert(
    connection: sqlite3.Connection, offer: str, language: str, wanted: Moment, wish: str | None
) -> Sheet:
    """A new sheet."""
    row = connection.execute(
        "INSERT INTO sheet (offer, language, wanted, wish) VALUES (?, ?, ?, ?)"
        " RETURNING id, offer, language, wanted",
        (offer, language, wanted.as_text(), wish),
    ).fetchone()
    return _sheet(row)


def by_wish(connection: sqlite3.Connection, wish: str) -> Sheet | None:
    """The sheet that was wanted with this wish."""
    row = connection.execute(f"{_SELECT} WHERE wish = ?", (wish,)).fetchone()
    return _sheet(row) if row else None


def state_of(connection: sqlite3.Connection, sheet_id: int) -> SlipState | None:
    """What has become of a sheet."""
    row = connection.execute("SELECT state FROM sheet WHERE id = ?", (sheet_id,)).fetchone()
    state: SlipState | None = row["state"] if row else None
    return state


def in_state(connection: sqlite3.Connection, state: SlipState) -> list[Sheet]:
    """The sheets in this state, oldest first."""
    rows = connection.execute(f"{_SELECT} WHERE state = ? ORDER BY id", (state,))
    return [_sheet(row) for row in rows]


def move(
    connection: sqlite3.Connection, sheet_id: int, before: SlipState, after: SlipState
) -> bool:
    """Change the state of a sheet; says whether it was in the state before."""
    changed = connection.execute(
        "UPDATE sheet SET state = ? WHERE id = ? AND state = ?", (after, sheet_id, before)
    )
    return changed.rowcount > 0


def delete_all(connection: sqlite3.Connection) -> None:
    """Forget them."""
    connection.execute("DELETE FROM sheet")


def _sheet(row: Any) -> Sheet:  # noqa: ANN401 - a row of the query above
    return Sheet(row["id"], row["offer"], row["language"], Moment.from_text(row["wanted"]))
