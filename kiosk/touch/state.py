"""What the glass is showing, what can happen to it, and what it can ask for. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.domain.ids import FeedbackId, GroupId, LanguageCode, TopicId
    from kiosk.domain.visit import Visit


class Screen(StrEnum):
    """Every screen there is."""

    START = "start"
    LANGUAGE = "language"
    GROUPS = "groups"
    TOPICS = "topics"
    CHECK = "check"
    NUMBER = "number"
    FEEDBACK = "feedback"
    THANKS = "thanks"
    CLOSED = "closed"
    REFUSED = "refused"
    TROUBLE = "trouble"
    STILL_THERE = "still_there"


class Slip(StrEnum):
    """What is known of the paper to a number."""

    UNKNOWN = "unknown"
    PRINTED = "printed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Shown:
    """A number on the glass and how many people were ahead."""

    number: str
    ahead: int
    slip: Slip = Slip.UNKNOWN


@dataclass(frozen=True, slots=True)
class State:
    """One citizen at the glass, from the first touch to the last.

    `visit` is the open one, with its stop and today's topics. `wish` names this citizen's one wish
    for a number. `behind` is the screen to which the choice of a language leads. `asking` says that
    the office has been asked and has not answered: nothing else can be asked meanwhile. `warned`
    says that "Are you still there?" lies over the screen.
    """

    screen: Screen
    language: LanguageCode
    wish: str
    visit: Visit | None
    theme: str = "light"
    language_chosen: bool = False
    behind: Screen = Screen.START
    page: int = 0
    group: GroupId | None = None
    topic: TopicId | None = None
    asking: bool = False
    warned: bool = False
    shown: Shown | None = None
    score: int = 0
    feedback: FeedbackId | None = None

    @property
    def offered(self) -> tuple[TopicId, ...]:
        """The topics for which numbers are given now."""
        return self.visit.taking if self.visit else ()


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happens to the glass."""


@dataclass(frozen=True, slots=True)
class Tapped(Happening):
    """A finger left the element on which it had come down, or a key acted on it."""

    id: str


@dataclass(frozen=True, slots=True)
class TimedOut(Happening):
    """Nobody has touched the glass for as long as the screen waits."""


@dataclass(frozen=True, slots=True)
class VisitChanged(Happening):
    """A visit was opened or closed, or the office answers again."""

    visit: Visit | None


@dataclass(frozen=True, slots=True)
class NumberGiven(Happening):
    """The office answered: this is the citizen's number."""

    number: str
    ahead: int


@dataclass(frozen=True, slots=True)
class WishRemembered(Happening):
    """The glass was cut off in the middle of a wish: here it is, with its number if it has one."""

    language: LanguageCode
    wish: str
    topic: TopicId
    shown: Shown | None


@dataclass(frozen=True, slots=True)
class SlipKnown(Happening):
    """The printer has said how it went with the slip to a number."""

    number: str
    slip: Slip


@dataclass(frozen=True, slots=True)
class FeedbackKept(Happening):
    """The office has counted the smiley."""

    id: FeedbackId


@dataclass(frozen=True, slots=True)
class FeedbackGone(Happening):
    """The office has forgotten the smiley."""


@dataclass(frozen=True, slots=True)
class NotPossible(Happening):
    """The office refused what was asked for; nothing was changed."""


@dataclass(frozen=True, slots=True)
class OfficeSilent(Happening):
    """The office could not be asked at all: the database fails."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that the glass asks of the office."""


@dataclass(frozen=True, slots=True)
class TakeTicket(Action):
    """A number for this topic; the same wish always leads to the same number."""

    topic: TopicId
    language: LanguageCode
    wish: str


@dataclass(frozen=True, slots=True)
class GiveFeedback(Action):
    """Count a smiley."""

    score: int


@dataclass(frozen=True, slots=True)
class TakeBackFeedback(Action):
    """Forget the smiley again."""

    id: FeedbackId


@dataclass(frozen=True, slots=True)
class ForgetWish(Action):
    """The citizen has gone; nothing about them is kept."""
