"""Kind of device: the loudspeaker, with the voice that it is given."""

from __future__ import annotations

import shutil
from datetime import time
from typing import TYPE_CHECKING, NamedTuple

from hardware.errors import CannotSpeak
from hardware.trouble import Trouble
from kiosk.devices.finding import Finding, failure, warning
from kiosk.devices.kind import DeviceKind, opened
from kiosk.devices.phrases import Phrases
from kiosk.devices.staff_words import CALL, ITSELF, UNATTENDED, Words
from kiosk.domain.errors import Unknown
from kiosk.domain.ids import LanguageCode
from kiosk.domain.volume import QuietTime
from kiosk.settings.config.devices import SpeakerSettings

if TYPE_CHECKING:
    from hardware.speaker.port import Speaker, Voice
    from kiosk.devices.kind import CheckedVoice, Checkup, SelfTestContext
    from kiosk.domain.profile import Profile
    from kiosk.settings.texts import Texts

_PLAYERS = {"alsa": ("aplay", "alsa-utils"), "pipewire": ("pw-play", "pipewire-bin")}
"""For each driver the program that it needs, and Debian's package that has it."""


class SpeakerWithVoice(NamedTuple):
    """What plays, and who makes the sounds."""

    speaker: Speaker
    voice: Voice


def quiet_times(settings: SpeakerSettings) -> list[QuietTime]:
    """The quiet times of config.toml."""
    return [
        QuietTime(time.fromisoformat(one.begins), time.fromisoformat(one.ends), one.percent)
        for one in settings.quiet
    ]


def phrases_of(settings: SpeakerSettings, texts: Texts) -> Phrases:
    """The sentences in the languages of config.toml."""
    return Phrases(texts, [LanguageCode(code) for code in settings.languages])


def _speak(driver: SpeakerWithVoice, settings: SpeakerSettings, context: SelfTestContext) -> str:
    speaker, voice = driver
    phrases = phrases_of(settings, context.texts)
    with opened(speaker):
        for sound in (voice.chime(), *map(voice.speak, phrases.sample())):
            speaker.play(sound.scaled(settings.volume_percent / 100))
    return f"A chime was played, and a sentence in: {', '.join(phrases.languages)}."


def _misconfigured(settings: SpeakerSettings, _profile: Profile, texts: Texts) -> str | None:
    for language in settings.languages:
        if language not in texts.languages:
            return f"languages: {Unknown('language', language, tuple(texts.languages))}"
    return None


def _check(settings: SpeakerSettings, checkup: Checkup) -> Finding | None:
    """A call must be heard in every language that is configured."""
    if not settings.is_there or settings.driver == "fake":
        return None
    program, package = _PLAYERS.get(settings.driver, ("", ""))
    if program and not shutil.which(program):
        return failure(
            f"The program {program} is missing: nothing is heard.",
            f"Install it: sudo apt install {package}.",
        )
    voice = checkup.voice()
    return _languages(voice, settings.languages) or _clips(voice)


def _languages(voice: CheckedVoice, languages: list[str]) -> Finding | None:
    for language in languages:
        try:
            voice.check(language)
        except CannotSpeak as error:
            return failure(
                f"{error} Calls only ring.",
                "Install the voice: sudo apt install espeak-ng; or take that language out of its"
                " section in config.toml.",
            )
    return None


def _clips(voice: CheckedVoice) -> Finding | None:
    faults = voice.faults()
    if not faults:
        return None
    return warning(
        f"Of the recorded calls, these cannot be played: {'; '.join(faults)}.",
        "Record them again, or delete them; until then espeak-ng speaks those calls.",
    )


SPEAKER = DeviceKind(
    settings=SpeakerSettings,
    german="Lautsprecher",
    page="sound",
    self_test=_speak,
    misconfigured=_misconfigured,
    check=_check,
    nodes={"alsa": "dev/snd/pcm*"},
    words={
        Trouble.UNATTENDED: Words(
            UNATTENDED,
            "Die Steuerung der Geräte antwortet nicht: Aufrufe sind nicht zu hören.",
            f"Rufen Sie die Nummern so lange laut auf. {ITSELF}",
        ),
        Trouble.ABSENT: Words(
            "nicht angeschlossen",
            "Der Lautsprecher ist nicht angeschlossen.",
            "Bitte prüfen Sie Kabel und Strom. Rufen Sie die Nummern so lange laut auf.",
        ),
        Trouble.FAULT: Words(
            "ohne Stimme",
            "Der Gong ertönt, aber die Ansage fehlt ganz oder in einer Sprache.",
            "Rufen Sie die Nummern so lange laut auf, und rufen Sie die Technik.",
        ),
        Trouble.MISCONFIGURED: Words(
            "falsch eingestellt",
            "Der Lautsprecher ist falsch eingestellt.",
            f"Rufen Sie die Nummern so lange laut auf. {CALL}",
        ),
    },
)
