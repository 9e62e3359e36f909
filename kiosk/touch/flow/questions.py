"""The questions of the profile, which a citizen may answer once the number is there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.touch.flow.requests import AnswerQuestion
from kiosk.touch.flow.state import Screen

if TYPE_CHECKING:
    from kiosk.domain.ids import ChoiceId, QuestionId
    from kiosk.domain.profile import Profile
    from kiosk.touch.flow.state import State


def open_question(profile: Profile, state: State, name: str) -> State:
    """The screen of a question with several choices."""
    question = profile.question(name)
    return replace(state, screen=Screen.QUESTION, question=question.id, page=0)


def answer_request(
    profile: Profile, state: State, answer: str
) -> tuple[State, AnswerQuestion] | None:
    """After a tap on the answer `question.choice`, or without one on "skip".

    A switch changes, any other question is done with. None where there is no number to answer for.
    """
    if state.shown is None or state.shown.ticket is None:
        return None
    name, _, chosen = answer.partition(".")
    question = profile.question(name or state.question or "")
    choice = question.choice(chosen).id if chosen else None
    if question.is_switch and state.choice_of(question.id) is not None:
        choice = None
    answers = _merge_answer(state, question.id, choice)
    request = AnswerQuestion(state.shown.ticket, question.id, answers)
    return replace(state, screen=Screen.NUMBER, question=None, page=0), request


def _merge_answer(
    state: State, question: QuestionId, choice: ChoiceId | None
) -> tuple[tuple[QuestionId, ChoiceId], ...]:
    """What was answered to the others, and this answer instead of an earlier one."""
    others = tuple(answer for answer in state.answers if answer[0] != question)
    return others if choice is None else (*others, (question, choice))
