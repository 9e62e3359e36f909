"""A smiley. It is never linked to a ticket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.errors import ScoreOutOfRange

if TYPE_CHECKING:
    from kiosk.domain.ids import FeedbackId
    from kiosk.domain.moment import Moment


@dataclass(frozen=True, slots=True)
class Feedback:
    """One press: 1 is the worst, the profile's number of levels the best."""

    id: FeedbackId
    score: int
    given: Moment


def checked_score(score: int, levels: int) -> int:
    """The score, if the scale has it."""
    if not 1 <= score <= levels:
        raise ScoreOutOfRange(score, levels)
    return score
