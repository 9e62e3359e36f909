"""Fake loudspeaker and fake voice, in memory."""

from __future__ import annotations

from array import array
from collections import deque
from typing import TYPE_CHECKING

from hardware.errors import CannotSpeak
from hardware.plug import Plug
from hardware.speaker.port import Sound, Utterance

if TYPE_CHECKING:
    from threading import Event

MOST_REMEMBERED = 1000
_RATE_HZ = 8000
_SAMPLES = array("h", [16000, -16000] * 40)


class FakeSpeaker:
    """Keeps what was to be heard, and how loud, 0 to 1."""

    def __init__(self) -> None:
        self.plug = Plug("speaker")
        self.heard: deque[str] = deque(maxlen=MOST_REMEMBERED)
        self.peaks: deque[float] = deque(maxlen=MOST_REMEMBERED)

    def open(self) -> None:
        self.plug.open()

    def close(self) -> None:
        self.plug.close()

    def play(self, sound: Sound, stopped: Event | None = None) -> None:
        self.plug.require()
        if stopped and stopped.is_set():
            return
        self.heard.append(sound.told)
        self.peaks.append(sound.peak)

    def check(self) -> None:
        self.plug.require()

    def forget(self) -> None:
        self.plug.require()
        self.heard.clear()
        self.peaks.clear()


class FakeVoice:
    """A short hum for everything, except in the languages that it was told not to speak."""

    def __init__(self, *mute: str) -> None:
        self.mute = set(mute)

    def chime(self) -> Sound:
        return Sound("chime", _RATE_HZ, _SAMPLES)

    def signal(self, *, good: bool) -> Sound:
        return Sound("done" if good else "refused", _RATE_HZ, _SAMPLES)

    def speak(self, utterance: Utterance) -> Sound:
        self.check(utterance.language)
        return Sound(f"{utterance.language}: {utterance.sentence}", _RATE_HZ, _SAMPLES)

    def check(self, language: str) -> None:
        if language in self.mute:
            raise CannotSpeak(language, "this voice was told so")
