"""While an update is tried: the glass says so in one language after the other, and does nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.touch.flow.inputs import HeadphonesChanged, TimedOut

if TYPE_CHECKING:
    from collections.abc import Collection

    from kiosk.domain.ids import LanguageCode
    from kiosk.domain.profile import Profile
    from kiosk.touch.flow.inputs import Input
    from kiosk.touch.flow.state import State


def while_updating(
    profile: Profile, voices: Collection[LanguageCode] | None, state: State, received: Input
) -> State:
    """Nobody can touch the glass to choose a language; read aloud are those that have a voice."""
    match received:
        case TimedOut():
            return replace(state, language=_next_language(profile, voices, state))
        case HeadphonesChanged(plugged=plugged):
            known = replace(state, headphones=plugged, listening=plugged and bool(voices))
            if not (voices and known.listening) or known.language in voices:
                return known
            return replace(known, language=_next_language(profile, voices, known))
        case _:
            return state


def _next_language(
    profile: Profile, voices: Collection[LanguageCode] | None, state: State
) -> LanguageCode:
    place = profile.languages.index(state.language) + 1
    order = (*profile.languages[place:], *profile.languages[:place])
    heard = voices if state.listening and voices else order
    return next((each for each in order if each in heard), state.language)
