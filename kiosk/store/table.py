"""Row codec: dataclasses as rows of a table, and the only place where SQL is put together.

Columns carry the names of the fields. What a field holds is encoded by the type in its annotation:
moments, records, dates and enumerations as text, tuples and mappings as JSON.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date, datetime, time
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from kiosk.domain.feedback import Misuse
from kiosk.domain.moment import Moment
from kiosk.domain.record import Record
from kiosk.domain.ticket import TicketState
from kiosk.domain.undo_kind import UndoKind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

Row = TypeVar("Row")
Value = str | int | float | bytes | None


class _Codec(NamedTuple):
    encode: Callable[[Any], Value]
    decode: Callable[[Any], Any]


_CODECS = {
    "bool": _Codec(int, bool),
    "date": _Codec(date.isoformat, date.fromisoformat),
    "time": _Codec("{:%H:%M}".format, time.fromisoformat),
    "datetime": _Codec(datetime.isoformat, datetime.fromisoformat),
    "Rows": _Codec(json.dumps, json.loads),
    "tuple": _Codec(json.dumps, lambda text: tuple(json.loads(text))),
    "Mapping": _Codec(lambda mapping: json.dumps(dict(mapping)), json.loads),
    "Moment": _Codec(Moment.as_text, Moment.from_text),
    "Record": _Codec(Record.as_text, Record.from_text),
    "TicketState": _Codec(str, TicketState),
    "UndoKind": _Codec(str, UndoKind),
    "Misuse": _Codec(str, Misuse),
}


class Table(Generic[Row]):
    """The table of that name; its rows are instances of a dataclass.

    `computed` fields have no column; they stand last and have defaults.
    """

    def __init__(self, name: str, row: type[Row], *, computed: Collection[str] = ()) -> None:
        self.name = name
        self._row = row
        kinds = {
            f.name: str(f.type)
            for f in fields(row)  # type: ignore[arg-type]  # rows are dataclasses
            if f.name not in computed
        }
        self.columns = tuple(kinds)
        self._codecs = {
            column: codec
            for column, kind in kinds.items()
            if (codec := _CODECS.get(kind.removesuffix(" | None").partition("[")[0]))
        }
        coded = [
            (place, self._codecs[column])
            for place, column in enumerate(self.columns)
            if column in self._codecs
        ]
        self._encoders = [(place, codec.encode) for place, codec in coded]
        self._decoders = [(place, codec.decode) for place, codec in coded]
        self._values = attrgetter(*self.columns)
        self.select = select(name, self.columns)

    def all(self, connection: sqlite3.Connection, rest: str = "", *values: Value) -> list[Row]:
        """The rows that `rest` leaves: WHERE, ORDER BY, LIMIT."""
        return list(self.iterate(connection, rest, *values))

    def iterate(
        self, connection: sqlite3.Connection, rest: str = "", *values: Value
    ) -> Iterator[Row]:
        """The same, each read when it is asked for."""
        return map(self.decoded, connection.execute(f"{self.select} {rest}", values))

    def first(self, connection: sqlite3.Connection, rest: str = "", *values: Value) -> Row | None:
        """The first of them, None without one."""
        row = connection.execute(f"{self.select} {rest} LIMIT 1", values).fetchone()
        return None if row is None else self.decoded(row)

    def insert(self, connection: sqlite3.Connection, row: Row, **others: Value) -> int:
        """Store a new row, with values of `others` than its fields; answers its id."""
        sql = insert("INSERT", self.name, (*self.columns, *others))
        values = (*self._stored_values(row), *others.values())
        return connection.execute(sql, values).lastrowid or 0

    def add(self, connection: sqlite3.Connection, **columns: object) -> int:
        """Store a new row of these columns; the others get their defaults. Answers its id."""
        sql = insert("INSERT", self.name, tuple(columns))
        return connection.execute(sql, self.encoded(columns)).lastrowid or 0

    def put(self, connection: sqlite3.Connection, row: Row, known: str = "REPLACE") -> None:
        """Store a row that may be there: REPLACE the one with the same key, or IGNORE the new."""
        sql = insert(f"INSERT OR {known}", self.name, self.columns)
        connection.execute(sql, self._stored_values(row))

    def update(self, connection: sqlite3.Connection, before: Row, after: Row) -> None:
        """Store what has changed of the row with that id, and touch no other column."""
        if changes := self.changes(before, after):
            self.set(connection, changes, "WHERE id = ?", after.id)  # type: ignore[attr-defined]  # only of rows with one

    def changes(self, before: Row, after: Row) -> dict[str, object]:
        """The fields in which two rows differ, as they are in the second."""
        old = self._fields(before)
        return {name: new for name, new in self._fields(after).items() if new != old[name]}

    def set(
        self,
        connection: sqlite3.Connection,
        columns: Mapping[str, object],
        where: str = "",
        *values: Value,
    ) -> int:
        """Set columns of rows; answers of how many."""
        sql = f"{update(self.name, tuple(columns))} {where}"
        return connection.execute(sql, (*self.encoded(columns), *values)).rowcount

    def delete(self, connection: sqlite3.Connection, where: str = "", *values: Value) -> int:
        """Delete rows; answers how many."""
        return connection.execute(f"{delete(self.name)} {where}", values).rowcount

    def stored(self, row: Row) -> dict[str, Value]:
        """The values of a row as they are stored, by column."""
        return dict(zip(self.columns, self._stored_values(row), strict=True))

    def _stored_values(self, row: Row) -> list[Value]:
        values = list(self._values(row))
        for place, encode in self._encoders:
            if values[place] is not None:
                values[place] = encode(values[place])
        return values

    def _fields(self, row: Row) -> dict[str, object]:
        return dict(zip(self.columns, self._values(row), strict=True))

    def encoded(self, columns: Mapping[str, object]) -> tuple[Value, ...]:
        """Values of these columns as they are stored."""
        return tuple(
            codec.encode(value)
            if value is not None and (codec := self._codecs.get(column))
            else value  # type: ignore[misc]  # without a codec it is a Value
            for column, value in columns.items()
        )

    def encoded_by_column(self, columns: Mapping[str, object]) -> dict[str, Value]:
        """The same, each with its column."""
        return dict(zip(columns, self.encoded(columns), strict=True))

    def decoded(self, row: Iterable[Any]) -> Row:
        """A row of these columns as an instance."""
        values = list(row)
        for place, decode in self._decoders:
            if values[place] is not None:
                values[place] = decode(values[place])
        return self._row(*values)


def marks(values: Collection[object]) -> str:
    """As many question marks as there are values."""
    return ", ".join("?" * len(values))


def select(table: str, columns: Collection[str]) -> str:
    """A query for these columns."""
    return f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608 - our own names


@lru_cache
def insert(verb: str, table: str, columns: tuple[str, ...]) -> str:
    """A statement that stores a row of these columns."""
    return f"{verb} INTO {table} ({', '.join(columns)}) VALUES ({marks(columns)})"


@lru_cache
def update(table: str, columns: tuple[str, ...], to: str = "?") -> str:
    """A statement that sets these columns."""
    return f"UPDATE {table} SET {', '.join(f'{column} = {to}' for column in columns)}"  # noqa: S608 - ours


def delete(table: str) -> str:
    """A statement that deletes rows."""
    return f"DELETE FROM {table}"  # noqa: S608 - our own names
