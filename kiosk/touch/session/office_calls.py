"""What the glass asks of the office, as calls of its use cases, and the answers as happenings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.errors import (
    AppointmentAtOtherStop,
    AppointmentOnOtherDay,
    Refused,
    SlipComing,
)
from kiosk.domain.feedback import glass_surface
from kiosk.domain.local_time import BERLIN
from kiosk.service import check_in, citizens, sheets, slips
from kiosk.service.refusals import word_for
from kiosk.touch.flow.inputs import (
    CopyBegun,
    FeedbackGone,
    FeedbackKept,
    Happening,
    NotPossible,
    NumberGiven,
    SheetBegun,
)
from kiosk.touch.flow.requests import (
    Action,
    CheckIn,
    GiveFeedback,
    Reprint,
    TakeBackFeedback,
    TakeTicket,
    WantSheet,
)
from kiosk.touch.flow.state import Reason, Shown, Slip
from kiosk.touch.session.pending_wish import Memory, Wish

if TYPE_CHECKING:
    from kiosk.domain.ids import TicketId
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.service.citizens import TakenTicket
    from kiosk.service.office import Office

_PAPER = {"printed": Slip.PRINTED, "failed": Slip.FAILED}


def ask(office: Office, memory: Memory, action: Action, now: Moment) -> Happening:
    """Do it, in one transaction. Raises `Refused` and `StoreError`."""
    match action:
        case TakeTicket(topic=topic, language=language, wish=wish, answers=answers):
            memory.keep(Wish(wish, topic, language, now.as_text(), answers))
            request = citizens.TicketRequest(topic, language, wish, answers=dict(answers))
            taken = citizens.take_ticket(office, request, now)
            return NumberGiven(shown_of(taken, office.profile))
        case CheckIn(code=code, language=language, wish=wish):
            memory.keep(Wish(wish, "", language, now.as_text()))
            coming = check_in.CheckInRequest(code, language, wish)
            checked_in = check_in.check_in(office, coming, now)
            return NumberGiven(shown_of(checked_in.taken, office.profile, checked_in.punctuality))
        case Reprint(ticket=ticket, wish=wish):
            return _reprinted(office, ticket, wish, now)
        case WantSheet(offer=offer, language=language, wish=wish):
            wanted = sheets.SheetRequest(offer, language, wish=wish)
            sheet = sheets.want_sheet(office, wanted, now).id
            known = office.read(sheets.sheet_state, sheet)
            return SheetBegun(sheet, _PAPER.get(known, Slip.UNKNOWN))
        case GiveFeedback(score=score):
            given = citizens.give_feedback(office, score, now, glass_surface(memory.glass))
            return FeedbackKept(given.id)
        case TakeBackFeedback(id=feedback):
            citizens.take_back_feedback(office, feedback, now)
            return FeedbackGone()
    raise NotImplementedError(action)


def _reprinted(office: Office, ticket: TicketId, wish: str, now: Moment) -> CopyBegun:
    """Whoever gets no copy keeps the number on the glass."""
    try:
        copy = slips.reprint(office, ticket, now, wish=wish)
    except SlipComing:  # staff have asked a moment ago
        return CopyBegun(None)
    except Refused:
        return CopyBegun(None, Slip.NEVER)
    return CopyBegun(copy.id, _PAPER.get(copy.state, Slip.COMING))


def with_paper(office: Office, shown: Shown) -> Shown:
    """A number that has been on the glass before, with what became of its slip meanwhile."""
    if shown.ticket is None:
        return shown
    found = office.read(slips.slips_of, shown.ticket)
    newest = found.copies[-1].id if found.copies else None
    return replace(shown, slip=_PAPER.get(found.newest, Slip.UNKNOWN), copy=newest)


def shown_of(taken: TakenTicket, profile: Profile, punctuality: str = "") -> Shown:
    """A ticket as the glass shows it."""
    ticket = taken.ticket
    begins = ticket.appointment.astimezone(BERLIN) if ticket.appointment else None
    return Shown(
        ticket.number,
        taken.ahead,
        estimate_min=taken.estimate_min,
        link=citizens.page_url(profile, ticket) or "",
        appointment=f"{begins:%H:%M}" if begins else "",
        punctuality=punctuality,
        ticket=ticket.id,
    )


def refusal_of(error: Refused) -> NotPossible:
    """What a citizen is told of a refusal."""
    reason = reason_named(word_for(error))
    match error:
        case AppointmentOnOtherDay(date=date, begins=begins):
            return NotPossible(reason, f"{date} {begins}")
        case AppointmentAtOtherStop(stop=stop):
            return NotPossible(reason, stop)
    return NotPossible(reason)


def reason_named(word: str) -> Reason:
    """The reason with that word, or `OTHER` where the glass has nothing of its own to say."""
    return Reason(word) if word in {*Reason} else Reason.OTHER
