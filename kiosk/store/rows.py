"""Domain objects as rows: columns carry the names of the fields; times and records are text."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kiosk.domain.moment import Moment
from kiosk.domain.record import Record

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection


def columns_of(cls: type[Any]) -> tuple[str, ...]:
    """The column names of a dataclass."""
    return tuple(field.name for field in fields(cls))


def as_row(thing: Any) -> dict[str, Any]:  # noqa: ANN401 - any of our dataclasses
    """The values of a dataclass, ready for SQLite."""
    return {field.name: _stored(getattr(thing, field.name)) for field in fields(thing)}


def with_moments(row: sqlite3.Row, names: Collection[str]) -> dict[str, Any]:
    """A row's values with the named columns read as moments."""
    values = dict(row)
    for name in names:
        if values[name] is not None:
            values[name] = Moment.from_text(values[name])
    return values


def _stored(value: Any) -> Any:  # noqa: ANN401 - whatever a field holds
    if isinstance(value, Moment | Record):
        return value.as_text()
    if isinstance(value, datetime):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value
