"""Check of the voice of the glass: programs, languages, headphones, and what it reports itself."""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from hardware.errors import CannotSpeak
from kiosk.devices.finding import Finding, failure, ok, warning
from kiosk.settings import profiles
from kiosk.system.heartbeat import GLASS
from kiosk.wiring.sound import headphones_of, recorded_voice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.operate.doctor.host import Host
    from kiosk.settings.config import VoiceSettings

_PLAYERS = {"alsa": ("aplay", "alsa-utils"), "pipewire": ("pw-play", "pipewire-bin")}


def voice(host: Host) -> Finding:
    """Citizens who cannot see the glass have nothing else."""
    settings = host.settings().glass.voice
    if not settings.is_there:
        return ok("The glass does not speak.")
    if settings.driver not in _PLAYERS:
        return ok(f"The stand-in '{settings.driver}' runs.")
    program, package = _PLAYERS[settings.driver]
    if not shutil.which(program):
        return failure(
            f"The program {program} is missing: the glass is mute.",
            f"Install it: sudo apt install {package}.",
        )
    return _reported(host) or _mute(host) or _headphones(host, settings) or ok("The glass speaks.")


def _reported(host: Host) -> Finding | None:
    """What a running glass has told of its own voice."""
    reports = sorted(host.paths.runtime.glob("*-voice-trouble"))
    told = [*filter(None, map(_report_in, reports))]
    if not told:
        return None
    return failure(
        f"The glass is mute: {' '.join(told)}",
        "Look at plug and power of the sound card, and at glass.voice in config.toml;"
        " then: systemctl restart kiosk-touch.",
    )


def _report_in(file: Path) -> str:
    """Nothing, where the glass has taken it back since: it speaks again."""
    with suppress(FileNotFoundError):
        return file.read_text(encoding="utf-8")
    return ""


def _mute(host: Host) -> Finding | None:
    mute = [*_languages_without_voice(host)]
    if not mute:
        return None
    return warning(
        f"Nothing can be read aloud in: {', '.join(mute)}. The glass says so in writing.",
        "Install the voices: sudo apt install espeak-ng.",
    )


def _languages_without_voice(host: Host) -> Iterator[str]:
    speaker = recorded_voice(host.paths)
    for language in profiles.load_profile(host.settings().profile).languages:
        try:
            speaker.check(language)
        except CannotSpeak:
            yield language


def _headphones(host: Host, settings: VoiceSettings) -> Finding | None:
    if headphones_of(settings, GLASS, host.paths).is_known():
        return None
    return warning(
        f"The sound card {settings.jack_card!r} has no switch {settings.jack_control!r}:"
        " plugged headphones are not seen.",
        f"See what it has: amixer --card {settings.jack_card} controls; or set"
        ' headphones = "none" in [glass.voice].',
    )
