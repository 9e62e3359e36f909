"""Open and close a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.counts.collect import collect
from kiosk.domain.errors import PeopleStillThere, VisitAlreadyOpen
from kiosk.domain.events import VisitClosed, VisitOpened
from kiosk.domain.ids import TopicId, VisitId
from kiosk.domain.ticket import AT_DESK, TicketState
from kiosk.domain.visit import Visit
from kiosk.service.office import Office, announce, open_visit_of
from kiosk.store import feedback, journal, series, tickets, visits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.domain.moment import Moment
    from kiosk.store.database import Connection


def open_visit(
    office: Office, stop: str | None, topics: Sequence[str] | None, now: Moment
) -> Visit:
    """Begin a deployment; numbering starts afresh.

    Without `stop` the profile's first one is meant, without `topics` all of them. Raises `Unknown`,
    `VisitAlreadyOpen`.
    """
    profile = office.profile
    chosen_stop = profile.stop(stop) if stop is not None else profile.stops[0]
    chosen = _offered(office, topics)
    with office.database.write() as connection:
        current = visits.current(connection)
        if current:
            raise VisitAlreadyOpen(profile.stop(current.stop).name)
        visit_id = VisitId(series.following(connection, "visit"))
        visit = Visit(visit_id, chosen_stop.id, chosen, now)
        visits.insert(connection, visit)
        announce(connection, VisitOpened(visit.id, visit.stop), now, visit)
    return visit


def current_visit(office: Office) -> Visit | None:
    """The open visit, if one is."""
    with office.database.read() as connection:
        return visits.current(connection)


def close_visit(office: Office, now: Moment, *, force: bool = False) -> Visit:
    """End the deployment: its rows become counts and are deleted, in one transaction.

    Refused with `PeopleStillThere` while somebody waits or is served, unless `force` says so: then
    whoever waits has left without being called. Raises `NoVisitOpen`.
    """
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        still_there = tickets.in_states(connection, TicketState.WAITING, *AT_DESK)
        if still_there and not force:
            raise PeopleStillThere(len(still_there))
        collect(
            connection, visit, tickets.everyone(connection), feedback.everything(connection), now
        )
        _forget(connection, visit)
        journal.append(connection, VisitClosed(visit.id, visit.stop), now, visit=None)
    office.database.forget_wal()  # the panel tries again if a reader is in the way
    return visit


def _offered(office: Office, topics: Sequence[str] | None) -> tuple[TopicId, ...]:
    profile = office.profile
    if topics is None:
        return tuple(topic.id for topic in profile.topics)
    return tuple(dict.fromkeys(profile.topic(topic).id for topic in topics))


def _forget(connection: Connection, visit: Visit) -> None:
    tickets.delete_all(connection)
    feedback.delete_all(connection)
    journal.forget_visit(connection, visit.id)
    series.begin_afresh(connection, "visit:")
    visits.delete(connection)
