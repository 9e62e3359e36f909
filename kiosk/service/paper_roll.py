"""The paper roll: numbers that staff tore and noted while the box was away are taken in afterwards.

The roll may carry a letter of its own, or go on where the box stopped. When each number was torn
nobody knows, so it is counted without an hour.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kiosk.domain.action import ActionKind
from kiosk.domain.errors import NumbersTaken, RollTooLong, TopicNotOffered
from kiosk.domain.events import RollTakenIn
from kiosk.domain.ids import LanguageCode
from kiosk.domain.moment import Moment
from kiosk.domain.ticket import TicketState
from kiosk.service.citizens import LETTERS, new_ticket
from kiosk.service.office import Office, announce, open_visit_of, tell_offer
from kiosk.service.undo_log import kept
from kiosk.store import series, tickets

if TYPE_CHECKING:
    from kiosk.domain.ids import TopicId
    from kiosk.domain.number import Range
    from kiosk.domain.record import Record
    from kiosk.domain.ticket import Ticket
    from kiosk.store.database import Connection

MOST_TORN: Final = 200
"""More at once is a slip of the pen: 310 for 031."""

TORN_AT_BOOT: Final = "roll"
"""No boot of this machine: no duration is ever told from it."""


def take_in(  # noqa: PLR0913 - the keywords are optional
    office: Office,
    torn: Range,
    topic: str,
    now: Moment,
    *,
    record: Record | None = None,
    desk: str | None = None,
) -> list[Ticket]:
    """Take in numbers from a roll: served already with this record, or without one still waiting.

    All or none. Raises `NumbersTaken` if one of them was given in this visit, `RollTooLong`,
    `NoVisitOpen`, `TopicNotOffered`, `Unknown`.
    """
    if len(torn.running()) > MOST_TORN:
        raise RollTooLong(len(torn.running()), MOST_TORN)
    topic_id = office.profile.topic(topic).id
    desk_id = office.profile.desk(desk).id if desk else None
    if record and record.referral is not None:
        office.profile.referral(record.referral)
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        if topic_id not in visit.topics:
            raise TopicNotOffered(topic)
        _check_free(connection, torn)
        state = TicketState.FINISHED if record else TicketState.WAITING
        noted = _as_noted(office, connection, torn, topic_id, now)
        taken = [replace(ticket, state=state, record=record) for ticket in noted]
        with kept(connection, desk_id, ActionKind.ROLL, [ticket.id for ticket in taken], now):
            for ticket in taken:
                tickets.insert(connection, ticket, wish=None)
        _go_on_behind(connection, torn)
        announce(connection, RollTakenIn(taken[0].number, taken[-1].number), now, visit)
        tell_offer(connection, visit, now)
    return taken


def _check_free(connection: Connection, torn: Range) -> None:
    given = {ticket.number for ticket in tickets.everyone(connection)}
    if already := tuple(written for written in torn.written() if written in given):
        raise NumbersTaken(already)


def _as_noted(
    office: Office, connection: Connection, torn: Range, topic: TopicId, now: Moment
) -> list[Ticket]:
    """A ticket for each number, of which nobody knows the language and the time."""
    torn_then = Moment(TORN_AT_BOOT, 0.0, now.wall, trusted=False)
    language = LanguageCode(office.profile.languages[0])
    return [
        new_ticket(connection, written, topic, language, torn_then) for written in torn.written()
    ]


def _go_on_behind(connection: Connection, torn: Range) -> None:
    name = f"{LETTERS}{torn.letter}"
    series.remember(connection, name, max(torn.last, series.last_of(connection, name)))
