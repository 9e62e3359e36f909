"""Calls of use cases for the requests of the glass, and their answers as inputs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.appointment import CAME_BEFORE
from kiosk.domain.appointment_errors import AppointmentAtOtherStop, AppointmentOnOtherDay
from kiosk.domain.errors import Refused, SlipComing, WrongState
from kiosk.domain.feedback import glass_surface
from kiosk.domain.local_time import BERLIN
from kiosk.domain.refusal_reason import Reason
from kiosk.service import check_in, citizens, sheets, slips, survey
from kiosk.service.refusals import reason_of
from kiosk.touch.flow.inputs import (
    AnswersStored,
    CopyQueued,
    FeedbackRemoved,
    FeedbackStored,
    GivenBack,
    Input,
    NumberGiven,
    RequestRefused,
    SheetQueued,
    SurveyAnswered,
)
from kiosk.touch.flow.requests import (
    AnswerQuestion,
    AnswerSurvey,
    CheckIn,
    GiveBack,
    GiveFeedback,
    OfficeRequest,
    PrintSheet,
    Reprint,
    TakeBackFeedback,
    TakeTicket,
)
from kiosk.touch.flow.state import PaperState, ShownNumber
from kiosk.touch.session.pending_wish import PendingWish, WishFile

if TYPE_CHECKING:
    from kiosk.domain.ids import TicketId
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.service.citizens import TakenTicket
    from kiosk.service.office import Office

_PAPER = {"printed": PaperState.PRINTED, "failed": PaperState.FAILED}


def ask(office: Office, wish_file: WishFile, action: OfficeRequest, now: Moment) -> Input:
    """Do it, in one transaction. Raises `Refused` and `StoreError`."""
    match action:
        case TakeTicket() | CheckIn():
            return NumberGiven(_number(office, wish_file, action, now))
        case AnswerQuestion() | GiveBack():
            return _of_the_number(office, wish_file, action, now)
        case Reprint(ticket=ticket, wish=wish):
            return _reprinted(office, ticket, wish, now)
        case PrintSheet(offer=offer, language=language, wish=wish):
            wanted = sheets.SheetRequest(offer, language, wish=wish)
            sheet = sheets.want_sheet(office, wanted, now).id
            known = office.read(sheets.sheet_state, sheet)
            return SheetQueued(sheet, _PAPER.get(known, PaperState.UNKNOWN))
        case GiveFeedback() | AnswerSurvey() | TakeBackFeedback():
            return _of_the_smiley(office, wish_file, action, now)
    raise NotImplementedError(action)


def _number(
    office: Office, wish_file: WishFile, action: TakeTicket | CheckIn, now: Moment
) -> ShownNumber:
    topic = action.topic if isinstance(action, TakeTicket) else ""
    wish_file.save(PendingWish(action.wish, topic, action.language, now.as_text()))
    if isinstance(action, TakeTicket):
        request = citizens.TicketRequest(action.topic, action.language, action.wish)
        return shown_of(citizens.take_ticket(office, request, now), office.profile)
    coming = check_in.CheckInRequest(action.code, action.language, action.wish)
    checked_in = check_in.check_in(office, coming, now)
    return shown_at_check_in(office, checked_in.taken, checked_in.punctuality)


def _of_the_number(
    office: Office, wish_file: WishFile, action: AnswerQuestion | GiveBack, now: Moment
) -> Input:
    """Neither can be done any more once the number is called; it stays on the glass."""
    if isinstance(action, GiveBack):
        try:
            citizens.give_back(office, action.ticket, now)
        except WrongState:
            return GivenBack(done=False)
        return GivenBack()
    choice = dict(action.answers).get(action.question)
    try:
        citizens.answer(office, action.ticket, action.question, choice, now)
    except WrongState:
        before = tuple(each for each in action.answers if each[0] != action.question)
        return AnswersStored(before, waits=False)
    wish_file.keep_answers(action.answers)
    return AnswersStored(action.answers)


def _of_the_smiley(
    office: Office,
    wish_file: WishFile,
    action: GiveFeedback | AnswerSurvey | TakeBackFeedback,
    now: Moment,
) -> Input:
    match action:
        case GiveFeedback(score=score):
            surface = glass_surface(wish_file.glass)
            given = citizens.give_feedback(office, score, now, surface, with_survey=True)
            return FeedbackStored(given.id, given.question)
        case AnswerSurvey(feedback=feedback, question=question, answer=answer):
            survey.answer_survey(office, feedback, question, answer, now)
            return SurveyAnswered(answer)
    citizens.take_back_feedback(office, action.id, now, action.answer)
    return FeedbackRemoved()


def _reprinted(office: Office, ticket: TicketId, wish: str, now: Moment) -> CopyQueued:
    """Without a copy the number stays on the glass."""
    try:
        copy = slips.reprint(office, ticket, now, wish=wish)
    except SlipComing:  # staff have asked a moment ago
        return CopyQueued(None)
    except Refused:
        return CopyQueued(None, PaperState.NEVER)
    return CopyQueued(copy.id, _PAPER.get(copy.state, PaperState.COMING))


def with_paper(office: Office, shown: ShownNumber) -> ShownNumber:
    """A number that has been on the glass before, with what became of its slip meanwhile."""
    if shown.ticket is None:
        return shown
    found = office.read(slips.slips_of, shown.ticket)
    newest = found.copies[-1].id if found.copies else None
    return replace(shown, slip=_PAPER.get(found.newest, PaperState.UNKNOWN), copy=newest)


def shown_at_check_in(office: Office, taken: TakenTicket, punctuality: str) -> ShownNumber:
    """A number for a code; who has had it before gets no second slip unless they ask for one."""
    shown = shown_of(taken, office.profile, punctuality)
    if punctuality not in CAME_BEFORE:
        return shown
    shown = with_paper(office, shown)
    gone = shown.slip is PaperState.PRINTED
    return replace(shown, slip=PaperState.FAILED) if gone else shown


def shown_of(taken: TakenTicket, profile: Profile, punctuality: str = "") -> ShownNumber:
    """A ticket as the glass shows it."""
    ticket = taken.ticket
    begins = ticket.appointment.astimezone(BERLIN) if ticket.appointment else None
    return ShownNumber(
        ticket.number,
        taken.ahead,
        estimate_min=taken.estimate_min,
        link=citizens.page_url(profile, ticket) or "",
        appointment=f"{begins:%H:%M}" if begins else "",
        punctuality=punctuality,
        ticket=ticket.id,
    )


def refusal_of(error: Refused) -> RequestRefused:
    """A refusal as an input, with what the citizen must know."""
    reason = shown_reason(reason_of(error))
    match error:
        case AppointmentOnOtherDay(date=date, begins=begins):
            return RequestRefused(reason, f"{date} {begins}")
        case AppointmentAtOtherStop(stop=stop):
            return RequestRefused(reason, stop)
    return RequestRefused(reason)


def shown_reason(reason: str) -> Reason:
    """The reason, or `OTHER` where the glass has nothing of its own to say."""
    return Reason.OTHER if reason in {Reason.NOT_OFFERED, Reason.NO_VISIT} else Reason(reason)
