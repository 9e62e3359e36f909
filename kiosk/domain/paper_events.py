"""Events of slips, their copies, information sheets, and reminders of what was promised."""

from dataclasses import dataclass

from kiosk.domain.events import Event, TicketEvent
from kiosk.domain.ids import CopyId, LanguageCode, OfferId, ReminderId, SheetId


@dataclass(frozen=True, slots=True)
class SlipPrinted(TicketEvent):
    """The printer confirmed the slip."""


@dataclass(frozen=True, slots=True)
class SlipFailed(TicketEvent):
    """No slip: the person has to remember the number. `reason` is for staff."""

    reason: str


@dataclass(frozen=True, slots=True)
class CopyEvent(TicketEvent):
    """Base of the events of a further slip of a ticket, which is marked as a copy."""

    copy: CopyId


@dataclass(frozen=True, slots=True)
class CopyWanted(CopyEvent):
    """The slip is to be printed once more."""


@dataclass(frozen=True, slots=True)
class CopyPrinted(CopyEvent):
    """The printer confirmed the copy."""


@dataclass(frozen=True, slots=True)
class CopyFailed(CopyEvent):
    """No copy came out, or the printer cannot tell. `reason` is for staff."""

    reason: str


@dataclass(frozen=True, slots=True)
class SheetEvent(Event):
    """Base of the events of an information sheet."""

    sheet: SheetId


@dataclass(frozen=True, slots=True)
class SheetWanted(SheetEvent):
    """The sheet of an advice offer is to be printed."""

    offer: OfferId
    language: LanguageCode


@dataclass(frozen=True, slots=True)
class SheetPrinted(SheetEvent):
    """The printer confirmed the sheet."""


@dataclass(frozen=True, slots=True)
class SheetFailed(SheetEvent):
    """No sheet came out. `reason` is for staff."""

    reason: str


@dataclass(frozen=True, slots=True)
class ReminderEvent(Event):
    """Base of the events of a slip that says what was promised to a person."""

    reminder: ReminderId


@dataclass(frozen=True, slots=True)
class ReminderWanted(ReminderEvent):
    """The reminder is to be printed."""


@dataclass(frozen=True, slots=True)
class ReminderPrinted(ReminderEvent):
    """The printer confirmed the reminder."""


@dataclass(frozen=True, slots=True)
class ReminderFailed(ReminderEvent):
    """No reminder came out. `reason` is for staff."""

    reason: str
