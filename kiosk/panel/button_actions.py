"""Use case of each button, and its debounce times."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kiosk.devices.buttons import desk_of_next
from kiosk.devices.debounce import LOCK_S, NEXT_REST_S, PressTimes
from kiosk.domain.feedback import BUTTONS_SURFACE
from kiosk.domain.keys import FOR_THE_GLASS, VOLUME, Key
from kiosk.service import citizens, panel_state, staff, volume

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kiosk.domain.moment import Moment
    from kiosk.panel.buttons import Action
    from kiosk.service.office import Office
    from kiosk.settings.config.devices import ButtonsSettings

PRESS_MAX_AGE_S = 5.0
"""Age limit of a call or key press that had to wait for the disk."""

_REPEATED = (Key.UP, Key.DOWN, Key.LOUDER, Key.SOFTER)
"""Keys that one goes on pressing until it is right."""


def actions_of(
    office: Office, settings: ButtonsSettings, now: Callable[[], Moment]
) -> Mapping[str, Action]:
    """The use case for the name of each button. Raises `Unknown` for a desk there is none of."""
    desk = desk_of_next(office.profile, settings)

    def smiley(score: int, ago_s: float) -> bool:
        # When a slow disk makes presses wait in line, they must not look like drumming.
        return citizens.give_feedback(office, score, now().minus(ago_s), BUTTONS_SURFACE).thanked

    def call_next() -> object:
        return staff.call_next(office, desk, now())

    def press_key(key: Key) -> None:
        panel_state.press_key(office, key, now())

    def change_volume(steps: int) -> object:
        return volume.change(office, steps, now())

    scores = range(1, office.profile.score_levels + 1)
    voice_has_volume = settings.volume_keys == "voice"
    pressed = (*FOR_THE_GLASS, *VOLUME) if voice_has_volume else FOR_THE_GLASS
    volume_of_calls = {
        "key.louder": _thanked(partial(change_volume, 1)),
        "key.softer": _thanked(partial(change_volume, -1)),
    }
    return {
        "next": _thanked(call_next),
        **{f"smiley.{score}": partial(smiley, score) for score in scores},
        **volume_of_calls,
        **{f"key.{key}": _thanked(partial(press_key, key)) for key in pressed},
    }


def _thanked(use_case: Callable[[], object]) -> Action:
    """The lamp thanks for every press that was neither refused nor too old."""

    def act(ago_s: float) -> bool:
        if ago_s <= PRESS_MAX_AGE_S:
            use_case()
        return ago_s <= PRESS_MAX_AGE_S

    return act


def times_of(settings: ButtonsSettings) -> Mapping[str, PressTimes]:
    """The times for each contact: keys follow each other as people type.

    Which presses of smileys count is not said here but by `kiosk.domain.misuse`.
    """
    return {
        name: PressTimes(contact.bounce_ms / 1000, *_lock_and_rest_s(name, settings.key_lock_ms))
        for name, contact in settings.wired.items()
    }


def _lock_and_rest_s(name: str, key_lock_ms: int) -> tuple[float, float]:
    group, _, key = name.partition(".")
    if group == "smiley":
        return LOCK_S, 0.0
    if group != "key":
        return LOCK_S, NEXT_REST_S
    return (key_lock_ms / 1000 if key in _REPEATED else LOCK_S), 0.0
