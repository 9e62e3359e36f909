"""Table of the desks at which staff have changed something during the open visit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.desk import DeskState
from kiosk.store.visit_cache import DESKS, DeskRow

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kiosk.domain.ids import DeskId, TopicId
    from kiosk.store.visit_cache import Connection


def states(connection: Connection, usual: Mapping[DeskId, Collection[TopicId]]) -> list[DeskState]:
    """These desks as they work now; `usual` are the topics that the profile gives each."""
    rows = connection.cache.desks(connection)
    return [_desk(desk, rows.get(desk), topics) for desk, topics in usual.items()]


def save(connection: Connection, desk: DeskState, usual: Collection[TopicId]) -> None:
    """Keep how a desk works now; with its usual topics it follows the profile."""
    topics = None if desk.topics == frozenset(usual) else tuple(sorted(desk.topics))
    row = DeskRow(desk.id, topics, desk.at_work, desk.wants_help, desk.in_a_row)
    connection.cache.put_desk(connection, row)


def in_a_row(connection: Connection, desk: DeskId) -> int:
    """How many appointments the desk has called since its last walk-in."""
    row = connection.cache.desks(connection).get(desk)
    return row.in_a_row if row else 0


def set_in_a_row(connection: Connection, desk: DeskId, count: int) -> None:
    """Go back to an earlier count."""
    row = connection.cache.desks(connection).get(desk)
    if row and row.in_a_row != count:
        connection.cache.put_desk(connection, replace(row, in_a_row=count))


def delete_all(connection: Connection) -> None:
    DESKS.delete(connection)
    connection.visit_cache.forget()


def _desk(desk: DeskId, row: DeskRow | None, usual: Collection[TopicId]) -> DeskState:
    if row is None:
        return DeskState(desk, frozenset(usual))
    topics = usual if row.topics is None else row.topics
    return DeskState(desk, frozenset(topics), row.at_work, row.wants_help, row.in_a_row)
