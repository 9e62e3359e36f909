"""Back navigation: first to the page before, then to the screen before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.refusal_reason import CODE_REFUSED, OF_TOPIC
from kiosk.touch.flow import addresses, offered
from kiosk.touch.flow.state import OF_OFFERS, OVERLAYS, Screen

if TYPE_CHECKING:
    from kiosk.domain.profile import Profile
    from kiosk.touch.flow.state import State

_OF_THE_NUMBER = (Screen.QUESTION, Screen.BRING)
"""Screens that begin at the number."""


def back(profile: Profile, state: State) -> State:
    """One step back; what was chosen on the way is forgotten, the language never."""
    if state.page:
        return replace(state, page=state.page - 1)
    if state.screen in OVERLAYS:
        return replace(state, screen=state.behind, page=state.behind_page)
    if state.screen in OF_OFFERS:
        return addresses.back(profile, state)
    if state.screen in _OF_THE_NUMBER:
        return replace(state, screen=Screen.NUMBER, question=None)
    return replace(
        state,
        screen=_previous_screen(profile, state),
        topic=None,
        typed="" if state.screen is Screen.REFUSED else state.typed,
    )


def _previous_screen(profile: Profile, state: State) -> Screen:
    earlier = Screen.START if state.visit else Screen.CLOSED
    match state.screen:
        case Screen.REFUSED if state.reason in CODE_REFUSED:
            earlier = Screen.CODE
        case Screen.TOPICS | Screen.REFUSED if state.offered:
            earlier = _previous_question(profile, state)
    return earlier


def _previous_question(profile: Profile, state: State) -> Screen:
    """A choice of one was passed over on the way here."""
    of_topic = state.screen is Screen.REFUSED and state.reason in OF_TOPIC
    if of_topic and len(offered.topics(profile, state)) > 1:
        return Screen.TOPICS
    return Screen.GROUPS if offered.by_group(profile, state) else Screen.START
