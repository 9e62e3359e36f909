"""Fake voice of the glass, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.errors import CannotSpeak

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hardware.errors import HardwareError
    from hardware.speech.port import SpeechOutput, SpokenText

MOST_REMEMBERED = 100


class FakeSpeech:
    """Keeps what was said last; `mute` are languages without a voice."""

    def __init__(self, *mute: str) -> None:
        self.mute = set(mute)
        self.said: list[tuple[SpokenText, SpeechOutput, int]] = []
        self.speaking = False
        self.trouble: HardwareError | None = None

    def say(
        self, sentences: Sequence[SpokenText], target: SpeechOutput, volume_percent: int
    ) -> None:
        self.speaking, self.trouble = bool(sentences), None
        for sentence in sentences:
            if sentence.language in self.mute:
                self.speaking = False
                self.trouble = CannotSpeak(sentence.language, "this voice was told so")
                return
            self.said.append((sentence, target, volume_percent))
        del self.said[:-MOST_REMEMBERED]

    def stop(self) -> None:
        self.speaking = False

    def has_voice(self, language: str) -> bool:
        return language not in self.mute

    def close(self) -> None:
        self.stop()
