"""What the printer's news are to whoever stands before the glass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.events import (
    CopyFailed,
    CopyPrinted,
    CopyWanted,
    SheetFailed,
    SheetPrinted,
    SlipFailed,
    SlipPrinted,
)
from kiosk.service.paper import NoPaper
from kiosk.touch.flow.inputs import CopyKnown, SheetKnown, SlipKnown
from kiosk.touch.flow.state import Slip

if TYPE_CHECKING:
    from kiosk.domain.events import Event
    from kiosk.touch.flow.inputs import Happening


def news_of_paper(event: Event) -> Happening | None:
    """What it means to the glass; None where it is not about paper."""
    news: Happening | None = None
    match event:
        case SlipPrinted(number=number):
            news = SlipKnown(number, Slip.PRINTED)
        case SlipFailed(number=number, reason=reason):
            news = SlipKnown(number, _failed(reason))
        case CopyWanted(ticket=ticket, copy=copy):
            news = CopyKnown(ticket, copy, Slip.COMING)
        case CopyPrinted(ticket=ticket, copy=copy):
            news = CopyKnown(ticket, copy, Slip.PRINTED)
        case CopyFailed(ticket=ticket, copy=copy, reason=reason):
            news = CopyKnown(ticket, copy, _failed(reason))
        case SheetPrinted(sheet=sheet):
            news = SheetKnown(sheet, Slip.PRINTED)
        case SheetFailed(sheet=sheet):
            news = SheetKnown(sheet, Slip.FAILED)
    return news


def _failed(reason: str) -> Slip:
    return Slip.NEVER if reason == NoPaper.NO_PRINTER else Slip.FAILED
