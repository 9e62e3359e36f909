"""Timeout of paper: the glass gives up by itself on what nobody prints."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kiosk.service.paper import PAPER_MAX_AGE_S
from kiosk.touch.flow.inputs import CopyKnown, SheetKnown, SlipKnown
from kiosk.touch.flow.state import PaperState, Screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.touch.flow.inputs import Input
    from kiosk.touch.flow.state import State

PATIENCE_S = PAPER_MAX_AGE_S + 2
"""A panel that works has said by then that it is too late."""

_AWAITED = (PaperState.UNKNOWN, PaperState.COMING)


class PaperWatch:
    """Knows since when the glass promises a piece of paper, and whether anybody prints."""

    def __init__(
        self, panel_answers: Callable[[], bool], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._panel_answers, self._clock = panel_answers, clock
        self._awaited: object = None
        self._since_s = 0.0

    def look(self, state: State) -> Input | None:
        """What to tell the citizen who still waits for paper, if it is time."""
        awaited = _awaited(state)
        if awaited != self._awaited:
            self._awaited, self._since_s = awaited, self._clock()
        if awaited is None:
            return None
        if not self._panel_answers():
            return _failed(state, PaperState.NEVER)
        late = self._clock() - self._since_s > PATIENCE_S
        return _failed(state, PaperState.FAILED) if late else None


def _awaited(state: State) -> object:
    """Which piece of paper the screen promises now."""
    if state.screen is Screen.NUMBER and (shown := state.shown) and shown.slip in _AWAITED:
        return None if shown.over else (shown.number, shown.ticket, shown.copy)
    if state.screen is Screen.SHEET and (sheet := state.sheet) and sheet.slip in _AWAITED:
        return sheet.id
    return None


def _failed(state: State, slip: PaperState) -> Input | None:
    """`NEVER` for a number: there is nothing to tap for another one while nobody prints."""
    if state.screen is Screen.SHEET and state.sheet:
        return SheetKnown(state.sheet.id, PaperState.FAILED)
    if (shown := state.shown) is None:
        return None
    if shown.copy is not None and shown.ticket is not None:
        return CopyKnown(shown.ticket, shown.copy, slip)
    return SlipKnown(shown.number, slip)
