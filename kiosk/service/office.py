"""What every use case needs: the file and the profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.errors import NoVisitOpen
from kiosk.domain.events import OfferChanged
from kiosk.store import journal, visits

if TYPE_CHECKING:
    from kiosk.domain.events import Event
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.domain.visit import Visit
    from kiosk.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Office:
    """One door's way to the office behind it."""

    database: Database
    profile: Profile


def open_visit_of(connection: Connection) -> Visit:
    """The open visit; raises `NoVisitOpen`."""
    visit = visits.current(connection)
    if visit is None:
        raise NoVisitOpen
    return visit


def announce(connection: Connection, event: Event, now: Moment, visit: Visit) -> None:
    """Tell the other doors what happened to a person of this visit."""
    journal.append(connection, event, now, visit.id)


def tell_offer(connection: Connection, before: Visit, now: Moment) -> None:
    """Tell the glass if citizens get numbers for other topics now than before this action."""
    if not before.contingents:
        return
    after = open_visit_of(connection)
    if after.taking != before.taking:
        announce(connection, OfferChanged(after.id), now, after)
