"""Status of a ticket for its page, in its language. Nothing about the person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from kiosk.console.words.names import unbroken
from kiosk.domain.ticket import AT_DESK, TicketState
from kiosk.drawing.bidi import isolated
from kiosk.service.citizens import is_given_back, ticket_by_code
from kiosk.service.queue_positions import newest_call, ticket_of_closed_visit
from kiosk.settings.texts.waits import people_ahead, range_of_wait

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.ids import LanguageCode
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket
    from kiosk.service.citizens import TakenTicket
    from kiosk.service.office import Office, Snapshot
    from kiosk.service.queue_positions import QueuePositions
    from kiosk.settings.texts import Texts


Seal: TypeAlias = "Callable[[int], str]"
"""Seals the id of a call, which is public."""

SOON_AHEAD: Final = 2
"""With so few people ahead it is time to come near."""


class PageState(StrEnum):
    """What a page shows: the state of its ticket, or that the visit is closed."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    MISSED = "missed"
    FINISHED = "finished"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class TicketStatus(msgspec.Struct, frozen=True):
    """A ticket as its page shows it; `soon` to `hint` are in the ticket's language.

    `soon` is empty unless hardly anybody is ahead, `ahead` and the estimate are null unless it
    waits, `desk` unless it is called or served. `call` is the id of the newest call while it is
    called: a recall has another one. `state` is "closed", whatever it was, while the visit is
    closed and not counted yet.
    """

    number: str
    state: PageState
    headline: str
    hint: str
    soon: str = ""
    wait: str = ""
    ahead: int | None = None
    estimate_minutes: tuple[int, int] | None = None
    desk: str | None = None
    call: str | None = None


@dataclass(frozen=True, slots=True)
class PageWords:
    """What stays the same on a ticket's page, and what it says when it has lost box or ticket."""

    language: LanguageCode
    direction: str
    heading: str
    keep_open: str
    alert: str
    lost: str
    gone: str
    gone_hint: str
    bring_heading: str = ""
    bring: str = ""
    mark: str = ""


def ticket_status(
    office: Office, texts: Texts, seal: Seal, code: str, now: Moment
) -> TicketStatus | None:
    """Status of the ticket with that code; None when there is none."""
    with office.snapshot() as snapshot:
        found = _found(snapshot, texts, seal, code, now)
        return found[1] if found else None


def ticket_status_with_words(
    office: Office, texts: Texts, seal: Seal, code: str, now: Moment
) -> tuple[TicketStatus, PageWords] | None:
    """The status and all other words of its page."""
    with office.snapshot() as snapshot:
        found = _found(snapshot, texts, seal, code, now)
        if found is None:
            return None
        ticket, status = found
        words = _page_words(texts, ticket.language)
        group = snapshot.profile.group_of_number(ticket.number)
        if snapshot.visit and snapshot.visit.practice:
            words = replace(words, mark=texts(words.language, "practice.mark"))
    bring = group.bring.get(words.language, "") if group else ""
    return status, replace(words, bring_heading=texts(words.language, "slip.bring"), bring=bring)


def ticket_status_from(
    positions: QueuePositions, ticket: Ticket, texts: Texts, seal: Seal
) -> TicketStatus:
    """Status of a ticket of a queue that has been read."""
    if positions.closed:
        return _closed(texts, ticket)
    if positions.is_given_back(ticket):
        return _given_back(texts, ticket)
    call = positions.call_of(ticket)
    return _status(texts, positions.position_of(ticket), seal(call) if call else None)


def gone_words(texts: Texts, language: LanguageCode) -> tuple[str, str]:
    """What is said of a number that is not known any more, and what helps."""
    return texts(language, "page.gone"), texts(language, "page.gone.hint")


def _found(
    snapshot: Snapshot, texts: Texts, seal: Seal, code: str, now: Moment
) -> tuple[Ticket, TicketStatus] | None:
    if closed := ticket_of_closed_visit(snapshot, code, now):
        return closed, _closed(texts, closed)
    taken = ticket_by_code(snapshot, code, now)
    return (taken.ticket, _current_status(snapshot, texts, seal, taken)) if taken else None


def _closed(texts: Texts, ticket: Ticket) -> TicketStatus:
    """The same for all tickets: a closing can be taken back, and nothing is deleted yet."""
    headline, hint = (texts(ticket.language, key) for key in ("closed.title", "page.gone.hint"))
    return TicketStatus(ticket.number, PageState.CLOSED, headline, hint)


def _given_back(texts: Texts, ticket: Ticket) -> TicketStatus:
    """In the words in which its holder was answered, for their other phones and tabs."""
    number = isolated(unbroken(ticket.number))
    headline = texts(ticket.language, "returned.title", number=number)
    return TicketStatus(ticket.number, PageState.WITHDRAWN, headline, hint="")


def _current_status(
    snapshot: Snapshot, texts: Texts, seal: Seal, taken: TakenTicket
) -> TicketStatus:
    if is_given_back(snapshot, taken.ticket):
        return _given_back(texts, taken.ticket)
    called = taken.ticket.state is TicketState.CALLED
    call = newest_call(snapshot, taken.ticket) if called else None
    return _status(texts, taken, seal(call) if call else None)


def _status(texts: Texts, taken: TakenTicket, call: str | None) -> TicketStatus:
    ticket = taken.ticket
    if ticket.state is TicketState.WAITING:
        return _waiting(texts, taken)
    return TicketStatus(
        ticket.number,
        PageState(ticket.state),
        _headline(texts, ticket),
        _hint(texts, ticket),
        desk=ticket.desk if ticket.state in AT_DESK else None,
        call=call if ticket.state is TicketState.CALLED else None,
    )


def _waiting(texts: Texts, taken: TakenTicket) -> TicketStatus:
    language = taken.ticket.language
    return TicketStatus(
        taken.ticket.number,
        PageState.WAITING,
        people_ahead(texts, language, taken.ahead),
        texts(language, "slip.hint"),
        texts(language, "page.soon") if taken.ahead <= SOON_AHEAD else "",
        range_of_wait(texts, language, taken.estimate_min),
        taken.ahead,
        taken.estimate_min,
    )


def _headline(texts: Texts, ticket: Ticket) -> str:
    return texts(ticket.language, f"page.{ticket.state}", desk=ticket.desk)


def _hint(texts: Texts, ticket: Ticket) -> str:
    if ticket.state is TicketState.SERVING:
        return ""
    return texts(ticket.language, f"page.{ticket.state}.hint")


def _page_words(texts: Texts, language: LanguageCode) -> PageWords:
    gone, gone_hint = gone_words(texts, language)
    return PageWords(
        language,
        texts.direction(language),
        texts(language, "number.title"),
        texts(language, "page.keep_open"),
        texts(language, "page.alert"),
        texts(language, "page.lost"),
        gone,
        gone_hint,
    )
