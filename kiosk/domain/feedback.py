"""Feedback: a press of a smiley, never linked to a ticket."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kiosk.domain.errors import ScoreOutOfRange
from kiosk.domain.ids import Surface

if TYPE_CHECKING:
    from kiosk.domain.ids import FeedbackId, QuestionId
    from kiosk.domain.moment import Moment

BUTTONS_SURFACE: Final = Surface("buttons")
STAFF_OR_API: Final = Surface("elsewhere")
"""Staff and programs with a token are trusted: their presses are never misuse."""

PHONES: Final = Surface("phones")
"""The pages of tickets, each of which takes one smiley, when its talk is over."""

TRUSTED: Final = frozenset({STAFF_OR_API, PHONES})
"""Surfaces whose presses are never misuse."""

FACES: Final = {3: (4, 3, 2), 4: (5, 4, 2, 1), 5: (5, 4, 3, 2, 1)}
"""For a scale of that many levels, which of the five faces are shown, the best first."""

FACE_NAMES: Final = {5: "very_good", 4: "good", 3: "middle", 2: "bad", 1: "very_bad"}
"""By which the texts call a face."""

_GLASS: Final = "glass."


class Misuse(StrEnum):
    """Why a press does not count: see `kiosk.domain.misuse`."""

    REPEATED = "repeated"
    RATTLING = "rattling"
    TRIAL = "trial"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One press: 1 is the worst, the profile's number of levels the best.

    `trial` says that staff were trying the buttons then. `until` is when the last press came that
    was misuse after this one and is not kept by itself. `misuse` is what the rule said last.
    `asked` is the survey question that followed, `answered` whether it was answered, never how.
    """

    id: FeedbackId
    score: int
    given: Moment
    surface: Surface = STAFF_OR_API
    trial: bool = False
    until: Moment | None = None
    misuse: Misuse | None = None
    asked: QuestionId | None = None
    answered: bool = False


def glass_surface(name: str) -> Surface:
    """The surface of the glass of that name: a bus may have several."""
    return Surface(f"{_GLASS}{name}")


def is_glass(surface: Surface) -> bool:
    """Whether a surface is a glass, where a press takes a way through several screens."""
    return surface.startswith(_GLASS)


def validate_score(score: int, levels: int) -> int:
    """The score, if the scale has it."""
    if not 1 <= score <= levels:
        raise ScoreOutOfRange(score, levels)
    return score
