"""The loudspeaker: what plays, who speaks, and the clips that somebody has recorded."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from hardware.errors import CannotSpeak
from kiosk.operate.doctor.finding import Finding, failure, ok, warning
from kiosk.operate.doctor.settings import names
from kiosk.wiring import recorded_voice

if TYPE_CHECKING:
    from kiosk.operate.doctor.place import Place

_PLAYERS = {"alsa": ("aplay", "alsa-utils"), "pipewire": ("pw-play", "pipewire-bin")}
"""For each driver the program that it needs, and Debian's package that has it."""

_SILENT = {"none": "This box calls nobody aloud.", "fake": "Calls are not made aloud: a fake."}


def speaker(place: Place) -> Finding:
    """A call must be heard in every language that is configured."""
    settings = place.settings().devices.speaker
    if settings.driver in _SILENT:
        return ok(_SILENT[settings.driver])
    program, package = _PLAYERS.get(settings.driver, ("", ""))
    if program and not shutil.which(program):
        return failure(
            f"The program {program} is missing: nothing is heard.",
            f"Install it: sudo apt install {package}.",
        )
    named = names(place, "speaker")
    if named.remedy:
        return named
    return _languages(place, settings.languages) or _clips(place)


def _languages(place: Place, languages: list[str]) -> Finding | None:
    for language in languages:
        try:
            recorded_voice(place.paths).check(language)
        except CannotSpeak as error:
            return failure(
                f"{error} Calls only ring.",
                "Install the voice: sudo apt install espeak-ng; or take that language out of"
                " [devices.speaker] in config.toml.",
            )
    return None


def _clips(place: Place) -> Finding:
    faults = recorded_voice(place.paths).faults()
    if faults:
        return warning(
            f"Of the recorded calls, these cannot be played: {'; '.join(faults)}.",
            "Record them again, or delete them; until then espeak-ng speaks those calls.",
        )
    return ok("There is a voice for every language of the calls.")
