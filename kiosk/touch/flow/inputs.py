"""What can happen to the glass. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.touch.flow.state import Reason, Slip

if TYPE_CHECKING:
    from kiosk.domain.ids import (
        ChoiceId,
        CopyId,
        FeedbackId,
        LanguageCode,
        QuestionId,
        SheetId,
        TicketId,
        TopicId,
    )
    from kiosk.domain.visit import Visit
    from kiosk.touch.flow.state import Shown


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
    """A visit was opened or closed, its offer changed, or the office answers again.

    `expected` says that people with an appointment are still to come.
    """

    visit: Visit | None
    expected: bool = False


@dataclass(frozen=True, slots=True)
class NumberGiven(Happening):
    """The office answered: this is the citizen's number."""

    shown: Shown


@dataclass(frozen=True, slots=True)
class ScannerRead(Happening):
    """The scanner let somebody check in, or refused their code: the glass says so to them."""

    language: LanguageCode
    shown: Shown | None
    reason: Reason = Reason.OTHER


@dataclass(frozen=True, slots=True)
class SmileyPressed(Happening):
    """Somebody pressed a smiley on a button beside the glass, and it was kept."""


@dataclass(frozen=True, slots=True)
class WishRemembered(Happening):
    """The glass was cut off in the middle of a wish: here it is, with its number if it has one."""

    language: LanguageCode
    wish: str
    topic: TopicId | None
    shown: Shown | None
    answers: tuple[tuple[QuestionId, ChoiceId], ...] = ()


@dataclass(frozen=True, slots=True)
class SlipKnown(Happening):
    """The printer has said how it went with the slip to a number."""

    number: str
    slip: Slip


@dataclass(frozen=True, slots=True)
class CopyBegun(Happening):
    """The office has a copy of the slip for the printer; without an id it takes no wish for one."""

    id: CopyId | None
    slip: Slip = Slip.COMING


@dataclass(frozen=True, slots=True)
class CopyKnown(Happening):
    """Somebody has asked for a copy of a slip, or the printer has said how it went with it."""

    ticket: TicketId
    id: CopyId
    slip: Slip


@dataclass(frozen=True, slots=True)
class SheetBegun(Happening):
    """The office has an information sheet for the printer, or has had it before."""

    id: SheetId
    slip: Slip = Slip.UNKNOWN


@dataclass(frozen=True, slots=True)
class SheetKnown(Happening):
    """The printer has said how it went with an information sheet."""

    id: SheetId
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

    reason: Reason = Reason.OTHER
    detail: str = ""


@dataclass(frozen=True, slots=True)
class OfficeSilent(Happening):
    """The office could not be asked at all: the database fails."""
