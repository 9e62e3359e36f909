"""Voice of the glass through a loudspeaker or headphones: synthesised, played, interruptible."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import TYPE_CHECKING

from hardware.errors import CannotSpeak, HardwareError
from hardware.speaker.port import SLOW_WORDS_PER_MIN, WORDS_PER_MIN, Utterance
from hardware.speech.port import clip_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hardware.speaker.port import Sound, Speaker, Voice
    from hardware.speech.port import SpeechOutput, SpokenText

_EASY = "-x-ls"
"""Leichte Sprache: the voice of its language, slower."""


@dataclass(frozen=True, slots=True)
class _Job:
    """What is said at once; `stopped` is set by whatever comes after it."""

    sentences: Sequence[SpokenText]
    target: SpeechOutput
    volume_percent: int
    stopped: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)


class SynthesizedSpeech:
    """A thread makes each sentence and plays it; a new utterance ends the sound at once."""

    def __init__(self, voice: Voice, speakers: Mapping[SpeechOutput, Speaker]) -> None:
        self._voice, self._speakers = voice, speakers
        self._open: set[SpeechOutput] = set()
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._job: _Job | None = None
        self.trouble: HardwareError | None = None
        self._thread = threading.Thread(target=self._work, name="speech", daemon=True)
        self._thread.start()

    @property
    def speaking(self) -> bool:
        job = self._job
        return job is not None and not job.done.is_set() and not job.stopped.is_set()

    def say(
        self, sentences: Sequence[SpokenText], target: SpeechOutput, volume_percent: int
    ) -> None:
        self.stop()
        self._job = _Job(tuple(sentences), target, volume_percent)
        self._jobs.put(self._job)

    def stop(self) -> None:
        if self._job is not None:
            self._job.stopped.set()

    def has_voice(self, language: str) -> bool:
        try:
            self._voice.check(language)
        except CannotSpeak:
            return False
        return True

    def close(self) -> None:
        """The thread ends by itself; a player that hangs is left to its own time limit."""
        self.stop()
        self._jobs.put(None)
        self._thread.join(1.0)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                self._say(job)
            except HardwareError as error:
                self.trouble = error
                self._close(job.target)
            finally:
                job.done.set()
        for target in tuple(self._open):
            self._close(target)

    def _say(self, job: _Job) -> None:
        for sentence in job.sentences:
            if job.stopped.is_set():
                return
            sound = self._sound(sentence).scaled(job.volume_percent / 100)
            if job.target not in self._open:
                self._speakers[job.target].open()
                self._open.add(job.target)
            self._speakers[job.target].play(sound, job.stopped)
            self.trouble = None

    def _sound(self, sentence: SpokenText) -> Sound:
        pace = SLOW_WORDS_PER_MIN if sentence.language.endswith(_EASY) else WORDS_PER_MIN
        clips = (clip_name(sentence.text),)
        return self._voice.speak(Utterance(sentence.language, sentence.text, clips, pace))

    def _close(self, target: SpeechOutput) -> None:
        """It is opened again for the next sentence."""
        self._speakers[target].close()
        self._open.discard(target)
