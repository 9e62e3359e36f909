"""Row of the visit that is open, or closed and not counted yet; there is at most one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.store.visit_cache import VISITS

if TYPE_CHECKING:
    from kiosk.domain.visit import Visit
    from kiosk.store.visit_cache import Connection


def current(connection: Connection) -> Visit | None:
    """The open visit, if one is."""
    return connection.cache.current_visit()


def closed(connection: Connection) -> Visit | None:
    """A visit that was closed and is not counted yet: its rows are all there."""
    return VISITS.first(connection, "WHERE closed IS NOT NULL")


def uncounted(connection: Connection) -> Visit | None:
    """The visit whose rows are here, open or closed."""
    return current(connection) or closed(connection)


def insert(connection: Connection, visit: Visit) -> None:
    VISITS.insert(connection, visit)
    connection.visit_cache.forget()


def save(connection: Connection, before: Visit, after: Visit) -> None:
    """Update the columns that differ."""
    VISITS.update(connection, before, after)
    connection.visit_cache.forget()


def delete(connection: Connection) -> None:
    """Forget it, when its rows have become counts."""
    VISITS.delete(connection)
    connection.visit_cache.forget()
