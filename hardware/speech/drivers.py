"""Picks the driver of the voice by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.speaker.alsa import AlsaSpeaker
from hardware.speaker.pipewire import PipeWireSpeaker
from hardware.speech.fake import FakeSpeech
from hardware.speech.file import FileSpeech
from hardware.speech.port import SpeechOutput
from hardware.speech.synthesized import SynthesizedSpeech

if TYPE_CHECKING:
    from pathlib import Path

    from hardware.speaker.port import Voice
    from hardware.speech.port import Speech


def speech_driver(name: str, loudspeaker: str, headphones: str, voice: Voice, file: Path) -> Speech:
    """`loudspeaker` and `headphones` are outputs; without its own, headphones use the other's."""
    match name:
        case "fake":
            return FakeSpeech()
        case "file":
            return FileSpeech(file)
        case "alsa" | "pipewire":
            player = AlsaSpeaker if name == "alsa" else PipeWireSpeaker
            aloud = player(loudspeaker)
            private = player(headphones) if headphones else aloud
            return SynthesizedSpeech(
                voice, {SpeechOutput.LOUDSPEAKER: aloud, SpeechOutput.HEADPHONES: private}
            )
    message = f"there is no driver {name!r} of a voice"
    raise LookupError(message)
