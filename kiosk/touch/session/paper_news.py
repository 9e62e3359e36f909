"""Printer events of the journal as inputs of the state machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.paper_events import (
    CopyFailed,
    CopyPrinted,
    CopyWanted,
    SheetFailed,
    SheetPrinted,
    SlipFailed,
    SlipPrinted,
)
from kiosk.service.paper import NoPaper
from kiosk.touch.flow.inputs import CopyUpdate, SheetUpdate, SlipUpdate
from kiosk.touch.flow.state import PaperState

if TYPE_CHECKING:
    from kiosk.domain.events import Event
    from kiosk.touch.flow.inputs import Input


def paper_input(event: Event) -> Input | None:
    """What it means to the glass; None where it is not about paper."""
    news: Input | None = None
    match event:
        case SlipPrinted(number=number):
            news = SlipUpdate(number, PaperState.PRINTED)
        case SlipFailed(number=number, reason=reason):
            news = SlipUpdate(number, _failed(reason))
        case CopyWanted(ticket=ticket, copy=copy):
            news = CopyUpdate(ticket, copy, PaperState.COMING)
        case CopyPrinted(ticket=ticket, copy=copy):
            news = CopyUpdate(ticket, copy, PaperState.PRINTED)
        case CopyFailed(ticket=ticket, copy=copy, reason=reason):
            news = CopyUpdate(ticket, copy, _failed(reason))
        case SheetPrinted(sheet=sheet):
            news = SheetUpdate(sheet, PaperState.PRINTED)
        case SheetFailed(sheet=sheet):
            news = SheetUpdate(sheet, PaperState.FAILED)
    return news


def _failed(reason: str) -> PaperState:
    return PaperState.NEVER if reason == NoPaper.NO_PRINTER else PaperState.FAILED
