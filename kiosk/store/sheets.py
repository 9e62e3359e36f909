"""Information sheets that people want on paper: wanted, begun, then printed or failed, as slips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.ids import LanguageCode, OfferId, SheetId
from kiosk.store.table import Table

if TYPE_CHECKING:
    import sqlite3

    from kiosk.domain.moment import Moment
    from kiosk.store.slips import SlipState


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of one advice offer in one language."""

    id: SheetId
    offer: OfferId
    language: LanguageCode
    wanted: Moment


_TABLE = Table("sheet", Sheet)


def insert(
    connection: sqlite3.Connection, offer: str, language: str, wanted: Moment, wish: str | None
) -> Sheet:
    new = _TABLE.add(connection, offer=offer, language=language, wanted=wanted, wish=wish)
    return Sheet(SheetId(new), OfferId(offer), LanguageCode(language), wanted)


def by_wish(connection: sqlite3.Connection, wish: str) -> Sheet | None:
    """The sheet that was wanted with this wish."""
    return _TABLE.first(connection, "WHERE wish = ?", wish)


def state_of(connection: sqlite3.Connection, sheet_id: int) -> SlipState | None:
    """What has become of a sheet."""
    row = connection.execute("SELECT state FROM sheet WHERE id = ?", (sheet_id,)).fetchone()
    return row["state"] if row else None


def list_all(connection: sqlite3.Connection) -> list[Sheet]:
    """All sheets, oldest first."""
    return _TABLE.all(connection, "ORDER BY id")


def in_state(connection: sqlite3.Connection, state: SlipState) -> list[Sheet]:
    """The sheets in this state, oldest first."""
    return _TABLE.all(connection, "WHERE state = ? ORDER BY id", state)


def move(
    connection: sqlite3.Connection, sheet_id: int, before: SlipState, after: SlipState
) -> bool:
    """Change the state of a sheet; says whether it was in the state before."""
    found = "WHERE id = ? AND state = ?"
    return _TABLE.set(connection, {"state": after}, found, sheet_id, before) > 0


def delete(connection: sqlite3.Connection, sheet_id: int) -> None:
    """Forget one sheet."""
    _TABLE.delete(connection, "WHERE id = ?", sheet_id)


def delete_all(connection: sqlite3.Connection) -> None:
    _TABLE.delete(connection)
