"""An office, and glasses that are started over it, again and again."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from kiosk.service.queue_view import queue_view
from kiosk.store import journal
from kiosk.store.database import Connection, connect
from kiosk.touch.flow.inputs import Tapped
from kiosk.touch.flow.machine import Flow
from kiosk.touch.session.pending_wish import WishFile
from kiosk.touch.session.session import GlassSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.domain.events import Event
    from kiosk.service.office import Office
    from kiosk.touch.flow.state import Screen
    from tests.town import TownClock

TO_THE_TOPICS = ("language.tr", "start.number")
TO_A_NUMBER = (*TO_THE_TOPICS, "topic.rent")


@dataclass
class Bus:
    """An office, and a glass that can be started again over it."""

    office: Office
    clock: TownClock
    wish_file: Path

    def __post_init__(self) -> None:
        self._wishes = count(1)

    def glass(self, at_once_s: float = 60) -> GlassSession:
        """A glass that has just been started."""
        flow = Flow(self.office.profile, lambda: f"wish-{next(self._wishes)}")
        session = GlassSession(self.office, self.clock, flow, WishFile(self.wish_file), at_once_s)
        session.begin()
        return session

    @contextmanager
    def second_door(self) -> Iterator[Connection]:
        """A connection that can keep all others from writing."""
        connection = connect(self.office.database.path)
        yield connection
        connection.close()

    def numbers(self) -> list[str]:
        return [ticket.number for ticket in self.office.read(queue_view).tickets]


def tap(session: GlassSession, *names: str) -> Screen:
    for name in names:
        session.handle(Tapped(name))
    return session.state.screen


def look(session: GlassSession) -> Screen:
    session.look_up_visit()
    return session.state.screen


def heard(bus: Bus, glass: GlassSession, *kinds: type[Event]) -> Screen:
    """The glass after what the journal tells of these kinds."""
    with bus.office.database.read() as connection:
        entries = journal.since(connection, 0)
    for entry in entries:
        if isinstance(entry.event, kinds):
            glass.on_event(entry.event)
    return glass.state.screen
