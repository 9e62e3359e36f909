"""Timeouts: how long each screen waits for a citizen who may have gone.

EN 301 549, 11.2.2.1: a warning, at least 20 seconds to answer it, at least ten extensions.
Here the warning is a screen of its own, and it can be answered as often as needed.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kiosk.touch.flow.state import Screen

if TYPE_CHECKING:
    from kiosk.domain.ids import LanguageCode
    from kiosk.touch.flow.state import State

HOMES = (Screen.START, Screen.CLOSED)

_USUAL_S = 45.0
_WARNED_S = 25.0
_PASSING_S = 15.0
_THANKED_S = 6.0
_SECONDS = {
    Screen.START: 15.0,
    Screen.CLOSED: 15.0,
    Screen.THANKS: 30.0,
    Screen.RETURNED: 30.0,
    Screen.TROUBLE: 120.0,
    Screen.UPDATING: 6.0,  # then it says the same in the next language
}


def timeout_s(state: State, home_language: LanguageCode) -> float:
    """Seconds until the glass gives up on this citizen; infinite on an idle glass."""
    said = (
        state.language_chosen or state.language != home_language or state.topic or state.listening
    )
    said = said or state.theme != "light" or state.large_text
    if not said and state.screen in {*HOMES, Screen.TROUBLE}:
        return math.inf
    if state.passing:
        return _THANKED_S if state.screen is Screen.THANKS else _PASSING_S
    if state.warned:
        return _WARNED_S
    if state.listening and state.screen in HOMES:
        return _USUAL_S  # to hear a screen takes longer than to read it
    return _SECONDS.get(state.screen, _USUAL_S)
