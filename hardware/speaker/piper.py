"""Speech synthesis by Piper: voices of neural networks, where they lie in a folder."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Protocol

from hardware import program
from hardware.speaker.port import WORDS_PER_MIN, Sound
from hardware.speaker.waveform import HIGHEST_HZ, LOWEST_HZ, normalised

if TYPE_CHECKING:
    from pathlib import Path

    from hardware.speaker.port import Utterance

PROGRAM = "piper"
LONGEST_S = 10.0
"""It reads its network anew for each sentence: a second or two on a small box."""

_PEAK = 0.9


class Synthesizer(Protocol):
    """Makes a sound of any sentence."""

    def speak(self, utterance: Utterance) -> Sound:
        """Raises `CannotSpeak`."""

    def check(self, language: str) -> None:
        """Raise `CannotSpeak` if nothing can be said in that language."""


class PiperVoice:
    """`folder` has voices as Piper names them: `de_DE-NAME-medium.onnx`, and the same with `.json`.

    A language without one, and a voice that fails, is left to `otherwise`: no call stays without
    words because a file is broken.
    """

    def __init__(self, folder: Path, otherwise: Synthesizer, name: str = PROGRAM) -> None:
        self._folder, self._otherwise, self._program = folder, otherwise, name

    def speak(self, utterance: Utterance) -> Sound:
        model = self._model(utterance.language)
        sound = self._synthesized(model, utterance) if model else None
        return sound or self._otherwise.speak(utterance)

    def check(self, language: str) -> None:
        """With its own voice or the other one."""
        if self._model(language) is None:
            self._otherwise.check(language)

    def _model(self, language: str) -> Path | None:
        """The first by name; Leichte Sprache has that of German."""
        spoken = language.partition("-")[0]
        found = [*self._folder.glob(f"{spoken}_*.onnx"), *self._folder.glob(f"{spoken}-*.onnx")]
        return min(found, default=None)

    def _synthesized(self, model: Path, utterance: Utterance) -> Sound | None:
        slower = WORDS_PER_MIN / utterance.words_per_min
        command = [self._program, "--model", str(model), "--output-raw"]
        line = " ".join(utterance.sentence.split())
        try:
            rate_hz = _rate_hz(model)
            done = program.run(
                [*command, "--length-scale", f"{slower:.2f}"], LONGEST_S, given=line.encode()
            )
        except (program.ProgramMissing, program.ProgramHung, OSError, ValueError, KeyError):
            return None
        if done.failed or not done.output:
            return None
        samples = array("h", done.output[: len(done.output) // 2 * 2])
        return normalised(Sound(f"{utterance.language}: {line}", rate_hz, samples), _PEAK)


def _rate_hz(model: Path) -> int:
    """From the description beside the network. Raises `OSError`, `ValueError`, `KeyError`."""
    described = json.loads(model.with_name(f"{model.name}.json").read_text(encoding="utf-8"))
    rate_hz = int(described["audio"]["sample_rate"])
    if not LOWEST_HZ <= rate_hz <= HIGHEST_HZ:
        raise ValueError(rate_hz)
    return rate_hz
