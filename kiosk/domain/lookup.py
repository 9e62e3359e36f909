"""Lookup of an entry by its id."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from kiosk.domain.errors import Unknown


class Named(Protocol):
    """A topic, a desk, an advice offer."""

    @property
    def id(self) -> str: ...


NamedT = TypeVar("NamedT", bound=Named)


def by_id(kind: str, name: str, entries: Iterable[NamedT]) -> NamedT:
    """The entry of that id; raises `Unknown` with those that there are."""
    known = {entry.id: entry for entry in entries}
    if name not in known:
        raise Unknown(kind, name, tuple(known))
    return known[name]
