"""The questions of the profile on their way from the topic to the number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.touch.flow.state import Screen

if TYPE_CHECKING:
    from kiosk.domain.ids import QuestionId
    from kiosk.domain.profile import Profile
    from kiosk.domain.question import Question
    from kiosk.touch.flow.state import State


def on_screens(profile: Profile) -> list[Question]:
    """The questions that have a screen of their own, in the order in which they are asked."""
    return [question for question in profile.questions if not question.is_switch]


def next_question(profile: Profile, state: State) -> State:
    """On to the question after that of the state, at last to the check."""
    ids = [question.id for question in on_screens(profile)]
    begin = ids.index(state.question) + 1 if state.question else 0
    if begin == len(ids):
        return replace(state, screen=Screen.CHECK, question=None, page=0)
    return replace(state, screen=Screen.QUESTION, question=ids[begin], page=0)


def question_before(profile: Profile, state: State) -> QuestionId | None:
    """The question to which "back" leads; None where it leads out of them."""
    ids = [question.id for question in on_screens(profile)]
    end = ids.index(state.question) if state.question else len(ids)
    return ids[end - 1] if end else None


def question_answered(profile: Profile, state: State, answer: str) -> State:
    """After a tap on the answer `question.choice`, or without one on "skip".

    A switch changes, any other question is done with.
    """
    asked, _, chosen = answer.partition(".")
    question = profile.question(asked or state.question or "")
    known = _without(state, question.id)
    if not chosen:
        return next_question(profile, known) if question.skippable else state
    if not question.is_switch or state.choice_of(question.id) is None:
        choice = question.choice(chosen).id
        known = replace(known, answers=(*known.answers, (question.id, choice)))
    return known if question.is_switch else next_question(profile, known)


def _without(state: State, question: QuestionId | None) -> State:
    """What was answered before does not count any more."""
    others = tuple(answer for answer in state.answers if answer[0] != question)
    return replace(state, answers=others)
