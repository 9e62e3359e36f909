"""Survey: which question follows a smiley, and its answer, which is counted and never linked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.errors import Unknown
from kiosk.domain.local_time import local_date
from kiosk.domain.survey import planned_question, survey_question
from kiosk.service.action import action
from kiosk.store import feedback, survey_answers

if TYPE_CHECKING:
    from kiosk.domain.feedback import Feedback
    from kiosk.domain.ids import FeedbackId, QuestionId
    from kiosk.domain.moment import Moment
    from kiosk.service.action import Action
    from kiosk.service.office import Office


def ask_after(act: Action, press: Feedback) -> QuestionId | None:
    """Note that the planned question follows a press that counts; None where none is planned."""
    profile = act.profile
    planned = planned_question(profile.survey_questions, act.visit.stop, local_date(act.now))
    if planned is None or not planned.follows(press.score, profile.score_levels):
        return None
    feedback.mark_asked(act.connection, press.id, planned.id)
    return planned.id


def answer_survey(
    office: Office, feedback_id: FeedbackId, question: str, answer: str, now: Moment
) -> bool:
    """Count one answer to the question that followed a smiley; says whether it is the first.

    Any further one changes nothing, so that a smiley brings one answer at most. Raises `Unknown`
    for a smiley after which this was not asked, `NoVisitOpen`.
    """
    asked = survey_question(office.profile.survey_questions, question)
    chosen = asked.answer(answer)
    with action(office, now) as act:
        press = feedback.by_id(act.connection, feedback_id)
        if press is None or press.asked != asked.id:
            raise Unknown("smiley with this question", str(feedback_id), ())
        if press.answered:
            return False
        feedback.mark_answered(act.connection, feedback_id)
        survey_answers.add(act.connection, asked.id, chosen.id)
    return True
