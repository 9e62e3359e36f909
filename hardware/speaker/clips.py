"""Recorded calls: clips of a speaker, and another voice for what was not recorded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hardware.speaker.chime import chime, signal
from hardware.speaker.waveform import NotPlayable, concatenated, from_wav, normalised

if TYPE_CHECKING:
    from pathlib import Path

    from hardware.speaker.piper import Synthesizer
    from hardware.speaker.port import Sound, Utterance

CHIME = "chime.wav"
LARGEST_BYTES = 2_000_000
"""Ten seconds and more; what is larger is no clip."""

PAUSE_S = 0.08
_PEAK = 0.9
_NAME = re.compile(r"[\w-]+")


class RecordedVoice:
    """Clips from `folder`: `chime.wav`, and `<language>/<name>.wav`.

    A call is spoken by clips only if all of it is there: half a call in another voice would
    confuse. A faulty clip counts as missing (`faults` names them).
    """

    def __init__(self, folder: Path, otherwise: Synthesizer) -> None:
        self._folder = folder
        self._otherwise = otherwise

    def chime(self) -> Sound:
        try:
            return normalised(_read(self._folder / CHIME, "chime"), _PEAK)
        except (OSError, NotPlayable):
            return chime()

    def signal(self, *, good: bool) -> Sound:
        return signal(good=good)

    def speak(self, utterance: Utterance) -> Sound:
        return self._recorded(utterance) or self._otherwise.speak(utterance)

    def check(self, language: str) -> None:
        """A language that no program speaks may still have been recorded."""
        if not (self._folder / language / "call.wav").is_file():
            self._otherwise.check(language)

    def faults(self) -> list[str]:
        """Each clip that cannot be played, with the reason."""
        faults = []
        for path in sorted([*self._folder.glob("*.wav"), *self._folder.glob("*/*.wav")]):
            try:
                _read(path, path.stem)
            except (OSError, NotPlayable) as error:
                reason = error.strerror if isinstance(error, OSError) else error
                faults.append(f"{path.relative_to(self._folder)}: {reason}")
        return faults

    def _recorded(self, utterance: Utterance) -> Sound | None:
        names = [utterance.language, *utterance.clips]
        if not utterance.clips or not all(map(_NAME.fullmatch, names)):
            return None
        folder = self._folder / utterance.language
        told = f"{utterance.language}: {' '.join(utterance.clips)}"
        try:
            clips = [_read(folder / f"{name}.wav", name) for name in utterance.clips]
            return normalised(concatenated(told, clips, PAUSE_S), _PEAK)
        except (OSError, NotPlayable):
            return None


def _read(path: Path, told: str) -> Sound:
    with path.open("rb") as file:
        content = file.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        message = f"it is larger than {LARGEST_BYTES} bytes"
        raise NotPlayable(message)
    return from_wav(content, told)
