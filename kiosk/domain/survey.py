"""Survey: one planned question after a smiley, as the profile lists them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kiosk.domain.hours import parse_iso_date
from kiosk.domain.ids import ChoiceId, LanguageCode, QuestionId, StopId
from kiosk.domain.lookup import by_id


@dataclass(frozen=True, slots=True)
class SurveyChoice:
    """An answer to a survey question."""

    id: ChoiceId
    label: Mapping[LanguageCode, str]


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """What is asked after a smiley that counts, and may always be left unanswered.

    From `first_day` to `last_day`, local dates such as "2026-11-24" that both belong to it; an
    empty one sets no limit. Without `stops` at all of them. `after` "low-score" asks only who
    pressed a smiley of the lower half.
    """

    id: QuestionId
    text: Mapping[LanguageCode, str]
    answers: tuple[SurveyChoice, ...]
    first_day: str = ""
    last_day: str = ""
    stops: tuple[StopId, ...] = ()
    after: Literal["low-score", "every-score"] = "every-score"

    def is_planned(self, stop: StopId, day: date) -> bool:
        """Whether it is asked at that stop on that local date."""
        if self.stops and stop not in self.stops:
            return False
        begun = not self.first_day or parse_iso_date(self.first_day) <= day
        return begun and (not self.last_day or day <= parse_iso_date(self.last_day))

    def follows(self, score: int, levels: int) -> bool:
        """Whether it is asked after that smiley of a scale of so many levels."""
        return self.after == "every-score" or is_low_score(score, levels)

    def answer(self, answer_id: str) -> SurveyChoice:
        """The answer of that id; raises `Unknown`."""
        return by_id("answer", answer_id, self.answers)


def is_low_score(score: int, levels: int) -> bool:
    """Whether a smiley stands below the middle: one or two of five and of four, one of three."""
    return 2 * score < levels + 1


def survey_question(questions: Sequence[SurveyQuestion], question_id: str) -> SurveyQuestion:
    """The question of that id; raises `Unknown`."""
    return by_id("survey question", question_id, questions)


def planned_question(
    questions: Sequence[SurveyQuestion], stop: StopId, day: date
) -> SurveyQuestion | None:
    """The question of that stop and day; a profile has one at most."""
    return next((each for each in questions if each.is_planned(stop, day)), None)
