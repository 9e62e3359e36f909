"""Speech synthesis by espeak-ng: robotic, in a hundred languages, without any network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware import program
from hardware.errors import CannotSpeak
from hardware.speaker.waveform import NotPlayable, from_wav, normalised

if TYPE_CHECKING:
    from hardware.speaker.port import Sound, Utterance

PROGRAM = "espeak-ng"
LONGEST_S = 5.0
"""A sentence takes some hundredths of a second; a program that takes longer is stuck."""

_PEAK = 0.9


class EspeakVoice:
    """`name` is a program on the PATH or a path. Words never reach a shell or an option."""

    def __init__(self, name: str = PROGRAM, longest_s: float = LONGEST_S) -> None:
        self._program = name
        self._longest_s = longest_s

    def speak(self, utterance: Utterance) -> Sound:
        """The sentence as a sound of the usual loudness; raises `CannotSpeak`."""
        language, sentence = utterance.language, utterance.sentence
        pace = str(utterance.words_per_min)
        said = self._run(language, sentence, "-s", pace, "-z", "--stdout")
        try:
            sound = from_wav(said, f"{language}: {sentence}")
        except NotPlayable as error:
            raise CannotSpeak(language, f"what {self._program} said: {error}") from error
        return normalised(sound, _PEAK)

    def check(self, language: str) -> None:
        """Raise `CannotSpeak` if the program or its voice for that language is missing."""
        self._run(language, "", "-q")

    def _run(self, language: str, sentence: str, *options: str) -> bytes:
        voice = language.partition("-x-")[0]  # Leichte Sprache is spoken by the same voice
        command = [self._program, "-v", voice, "-b", "1", *options, "--stdin"]
        try:
            done = program.run(command, self._longest_s, given=sentence.encode())
        except (program.ProgramMissing, program.ProgramHung) as error:
            raise CannotSpeak(language, str(error)) from error
        except OSError as error:
            raise CannotSpeak(language, f"{self._program}: {error.strerror}") from error
        if done.failed:
            words = " ".join(done.complaint.split()).rstrip(".")
            raise CannotSpeak(language, words or f"{self._program} gave up")
        return done.output
