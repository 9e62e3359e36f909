"""The helps of the bar: language, reading aloud, contrast, text size. The screen stays the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.touch.flow.state import OVERLAYS, Screen

if TYPE_CHECKING:
    from collections.abc import Collection

    from kiosk.domain.ids import LanguageCode
    from kiosk.domain.profile import Profile
    from kiosk.touch.flow.state import State


def apply_control(
    profile: Profile, voices: Collection[LanguageCode] | None, state: State, head: str, rest: str
) -> State:
    """The state after a touch on a help; `rest` is the code of a language."""
    if head == "contrast":
        return replace(state, theme="contrast" if state.theme == "light" else "light")
    if head == "text_size":
        return replace(state, large_text=not state.large_text)
    if head == "listen":
        return _toggle_voice(voices, state)
    if not rest:
        return _toggle_language_sheet(state)
    chosen = replace(_close_overlay(state), language=profile.language(rest), language_chosen=True)
    return _require_voice(voices or (), chosen)


def headphones_changed(
    voices: Collection[LanguageCode] | None, state: State, *, plugged: bool
) -> State:
    """Plugged in they ask for the voice; pulled out, nothing is read to those around."""
    known = replace(state, headphones=plugged)
    if not plugged or voices is None:
        return replace(known, listening=False)
    return _require_voice(voices, replace(known, listening=True))


def _toggle_voice(voices: Collection[LanguageCode] | None, state: State) -> State:
    if voices is None:
        return state
    if state.screen is Screen.NO_VOICE:
        return _close_overlay(state)
    return _require_voice(voices, replace(state, listening=not state.listening))


def _require_voice(voices: Collection[LanguageCode], state: State) -> State:
    """Nothing can be read in a language without a voice: the glass says so in writing."""
    if not state.listening or state.language in voices:
        return state
    return replace(_open_overlay(state, Screen.NO_VOICE), listening=False)


def _toggle_language_sheet(state: State) -> State:
    """The sheet of all languages; on it, the same button leads back."""
    if state.screen is Screen.LANGUAGE:
        return _close_overlay(state)
    return _open_overlay(state, Screen.LANGUAGE)


def _open_overlay(state: State, overlay: Screen) -> State:
    known = _close_overlay(state)
    behind, page = known.screen, known.page
    return replace(known, screen=overlay, behind=behind, behind_page=page, page=0)


def _close_overlay(state: State) -> State:
    if state.screen not in OVERLAYS:
        return state
    return replace(state, screen=state.behind, page=state.behind_page)
