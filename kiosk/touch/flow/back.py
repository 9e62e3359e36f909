"""Back navigation: first to the page before, then to the screen before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.refusal_reason import CODE_REFUSED, OF_TOPIC
from kiosk.touch.flow import offered
from kiosk.touch.flow.questions import question_before
from kiosk.touch.flow.state import Screen

if TYPE_CHECKING:
    from kiosk.domain.profile import Profile
    from kiosk.touch.flow.state import State

ASKS_LANGUAGE = (Screen.GROUPS, Screen.CODE, Screen.OFFERS)
"""Before these screens a citizen chooses a language."""

_AFTER_TOPIC = (Screen.QUESTION, Screen.CHECK)


def back(profile: Profile, state: State) -> State:
    """One step back; what was chosen on the way is forgotten, the language never."""
    if state.page:
        return replace(state, page=state.page - 1)
    if state.screen in _AFTER_TOPIC and state.offered:
        question = question_before(profile, state)
        if question:
            return replace(state, screen=Screen.QUESTION, question=question)
    earlier = _before(profile, state)
    return replace(
        state,
        screen=earlier,
        topic=state.topic if earlier in _AFTER_TOPIC else None,
        typed="" if state.screen is Screen.REFUSED else state.typed,
        sheet=None,
    )


def _before(profile: Profile, state: State) -> Screen:
    earlier = Screen.START
    match state.screen:
        case Screen.LANGUAGE if state.language_chosen or state.behind not in ASKS_LANGUAGE:
            earlier = state.behind
        case Screen.SHEET if state.offer:
            earlier = Screen.OFFER
        case Screen.SHEET:
            earlier = Screen.OFFERS
        case Screen.OFFER:
            earlier = Screen.OFFERS
        case Screen.BRING:
            earlier = Screen.CHECK
        case Screen.REFUSED if state.reason in CODE_REFUSED:
            earlier = Screen.CODE
        case Screen.TOPICS | Screen.QUESTION | Screen.CHECK | Screen.REFUSED if state.offered:
            earlier = _question_before(profile, state)
    return earlier


def _question_before(profile: Profile, state: State) -> Screen:
    """A choice of one was passed over on the way here."""
    of_topic = state.screen in _AFTER_TOPIC or (
        state.screen is Screen.REFUSED and state.reason in OF_TOPIC
    )
    if of_topic and len(offered.topics(profile, state)) > 1:
        return Screen.TOPICS
    return Screen.GROUPS if len(offered.groups(profile, state)) > 1 else Screen.START
