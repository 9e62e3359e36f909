"""Answers to questions of the profile that staff are shown at their desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.ids import GERMAN
from kiosk.domain.question import STAFF_LABELS
from kiosk.store import answers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.domain.ids import ChoiceId, QuestionId, TicketId
    from kiosk.domain.question import Question
    from kiosk.service.office import Snapshot


def answers_for_staff(snapshot: Snapshot) -> dict[TicketId, dict[QuestionId, ChoiceId]]:
    """The choices of each ticket by question; those that an edited profile lost are left out."""
    shown = [each for each in snapshot.profile.questions if each.shown_at_desk]
    if not shown:
        return {}
    return {
        ticket: {
            question.id: given[question.id]
            for question in shown
            if given.get(question.id) in {choice.id for choice in question.choices}
        }
        for ticket, given in answers.by_ticket(snapshot.connection).items()
    }


def staff_labels(snapshot: Snapshot) -> dict[TicketId, tuple[str, ...]]:
    """The same in German words, in the order of the profile."""
    return {
        ticket: tuple(_label(snapshot.profile.question(name), given) for name in given)
        for ticket, given in answers_for_staff(snapshot).items()
    }


def _label(question: Question, given: Mapping[QuestionId, ChoiceId]) -> str:
    choice = question.choice(given[question.id])
    return choice.label.get(GERMAN) or STAFF_LABELS.get(question.id, choice.id)
