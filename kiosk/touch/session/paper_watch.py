"""Timeout of paper: the glass gives up by itself on what no printer prints."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kiosk.touch.flow.inputs import CopyUpdate, PrinterAvailability, SheetUpdate, SlipUpdate
from kiosk.touch.flow.state import PaperState, Screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.touch.flow.inputs import Input
    from kiosk.touch.flow.state import State

PATIENCE_S = 8.0
"""A citizen reads by then what to do without a slip; one that comes later is told all the same."""

_AWAITED = (PaperState.UNKNOWN, PaperState.COMING)


class PaperWatch:
    """Since when the glass promises a piece of paper, and whether a panel is alive to print it."""

    def __init__(
        self, panel_answers: Callable[[], bool], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._panel_answers, self._clock = panel_answers, clock
        self._awaited: object = None
        self._since_s = 0.0

    def check(self, state: State) -> tuple[Input, ...]:
        """The input that ends the promise of paper, or the offer of a copy."""
        awaited = _awaited(state)
        if awaited != self._awaited:
            self._awaited, self._since_s = awaited, self._clock()
        if awaited is None and not _may_be_printed_again(state):
            return ()
        attended = self._panel_answers()
        news = () if attended == state.printers_attended else (PrinterAvailability(attended),)
        late = self._clock() - self._since_s > PATIENCE_S
        if awaited is None or (attended and not late):
            return news
        return (*news, *_failed(state))


def _awaited(state: State) -> object:
    """Which piece of paper the screen promises now."""
    if state.screen is Screen.NUMBER and (shown := state.shown) and shown.slip in _AWAITED:
        return None if shown.over else (shown.number, shown.ticket, shown.copy)
    if state.screen is Screen.SHEET and (sheet := state.sheet) and sheet.slip in _AWAITED:
        return sheet.id
    return None


def _may_be_printed_again(state: State) -> bool:
    """Whether the screen has a button for a copy, unless no panel prints."""
    shown = state.shown
    return state.screen is Screen.NUMBER and bool(shown and shown.slip is PaperState.FAILED)


def _failed(state: State) -> tuple[Input, ...]:
    if state.screen is Screen.SHEET and state.sheet:
        return (SheetUpdate(state.sheet.id, PaperState.FAILED),)
    if (shown := state.shown) is None:
        return ()
    if shown.copy is not None and shown.ticket is not None:
        return (CopyUpdate(shown.ticket, shown.copy, PaperState.FAILED),)
    return (SlipUpdate(shown.number, PaperState.FAILED),)
