"""Transitions of the state machine at replies of the office and news of the printer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.appointment import Punctuality
from kiosk.touch.flow.inputs import (
    AnswersStored,
    CopyQueued,
    CopyUpdate,
    FeedbackRemoved,
    FeedbackStored,
    GivenBack,
    NumberGiven,
    OfficeUnavailable,
    RequestRefused,
    SheetQueued,
    SheetUpdate,
    SlipUpdate,
    SurveyAnswered,
)
from kiosk.touch.flow.state import PaperState, Screen, ShownSheet

if TYPE_CHECKING:
    from kiosk.touch.flow.inputs import Input
    from kiosk.touch.flow.state import State


def apply_reply(state: State, answer: Input) -> State:
    """The state after an answer; an answer after the citizen has gone changes nothing."""
    if isinstance(answer, SlipUpdate | CopyUpdate | SheetUpdate):
        return _apply_paper(state, answer)
    return _apply_answer(replace(state, asking=False), answer)


def _apply_paper(state: State, news: SlipUpdate | CopyUpdate | SheetUpdate) -> State:
    shown = state.shown
    match news:
        case SlipUpdate(number=number, slip=slip):
            if shown and shown.number == number and shown.copy is None:
                state = replace(state, shown=replace(shown, slip=slip))
        case CopyUpdate(ticket=ticket, id=copy, slip=slip):
            if shown and shown.ticket == ticket and copy >= (shown.copy or copy):
                state = replace(state, shown=replace(shown, copy=copy, slip=slip))
        case SheetUpdate(id=sheet, slip=slip):
            if state.sheet and state.sheet.id == sheet:
                failures = state.sheets_failed + (slip is PaperState.FAILED)
                state = replace(state, sheet=ShownSheet(sheet, slip), sheets_failed=failures)
    return state


def _mark_called(state: State) -> State:
    """The number was called while its holder was reading: it must say so."""
    shown = state.shown and replace(state.shown, punctuality=Punctuality.CALLED)
    return replace(state, shown=shown, returning=False)


def _apply_feedback(
    state: State, answer: FeedbackStored | SurveyAnswered | FeedbackRemoved
) -> State:
    match answer:
        case FeedbackStored(id=feedback, question=question):
            if not state.score:  # the visit has been closed meanwhile
                return state
            screen = Screen.SURVEY if question else Screen.THANKS
            return replace(state, screen=screen, feedback=feedback, survey=question)
        case SurveyAnswered(answer=chosen):
            return replace(state, screen=Screen.THANKS, survey_answer=chosen)
    state = replace(state, survey=None, survey_answer=None)
    return replace(state, screen=Screen.FEEDBACK, feedback=None, score=0)


def _apply_answer(state: State, answer: Input) -> State:
    match answer:
        case NumberGiven(shown=shown):
            state = replace(state, screen=Screen.NUMBER, shown=shown, page=0, retries=0)
        case AnswersStored(answers=answers, waits=waits):
            state = replace(state if waits else _mark_called(state), answers=answers)
        case GivenBack():  # done, it is told on a screen of its own
            state = _mark_called(state)
        case CopyQueued(id=copy, slip=slip) if state.shown:
            newest = state.shown.copy if copy is None else copy
            state = replace(state, shown=replace(state.shown, copy=newest, slip=slip))
        case SheetQueued(id=sheet, slip=slip):
            state = replace(state, screen=Screen.SHEET, sheet=ShownSheet(sheet, slip), page=0)
        case FeedbackStored() | SurveyAnswered() | FeedbackRemoved():
            state = _apply_feedback(replace(state, page=0), answer)
        case RequestRefused(reason=reason, detail=detail):
            screen = Screen.REFUSED if state.visit else Screen.CLOSED
            state = replace(state, screen=screen, reason=reason, detail=detail, score=0)
        case OfficeUnavailable(lasting=lasting) if not state.shown:
            state = replace(state, screen=Screen.TROUBLE, warned=False, lasting=lasting)
    return state
