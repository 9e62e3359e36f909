"""Drivers of sound: recorded voice and chime of the calls, voice and headphones of a glass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.headphones.drivers import headphones_driver
from hardware.speaker.clips import RecordedVoice
from hardware.speaker.piper import PiperVoice
from hardware.speaker.voice import EspeakVoice
from hardware.speaker.waveform import as_wav
from hardware.speech.drivers import speech_driver

if TYPE_CHECKING:
    from hardware.headphones.port import Headphones
    from kiosk.settings.config import VoiceSettings
    from kiosk.system.paths import Paths
    from kiosk.touch.screen_reader import VoiceDevices


def recorded_voice(paths: Paths) -> RecordedVoice:
    """What a real box says: its clips, else by its voices of Piper, else by espeak-ng."""
    return RecordedVoice(paths.clips, PiperVoice(paths.voices, EspeakVoice()))


def voice_devices(settings: VoiceSettings, glass: str, paths: Paths) -> VoiceDevices:
    from kiosk.touch.screen_reader import VoiceDevices  # only here: it brings the glass, and Pillow

    outputs = (settings.output, settings.headphones_output)
    speech = speech_driver(settings.driver, *outputs, recorded_voice(paths), paths.spoken(glass))
    return VoiceDevices(speech, headphones_of(settings, glass, paths), settings.volume_percent)


def headphones_of(voice: VoiceSettings, glass: str, paths: Paths) -> Headphones:
    jack = (voice.jack_card, voice.jack_control, paths.headphones(glass))
    return headphones_driver(voice.headphones, *jack)


def chime_wav(paths: Paths) -> bytes:
    """The chime of this box, for the call display in a browser."""
    return as_wav(recorded_voice(paths).chime())
