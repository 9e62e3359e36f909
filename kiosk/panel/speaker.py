"""Duty of the loudspeaker: one call after the other, each with its chime."""

from __future__ import annotations

import threading
import time
from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from hardware.errors import CannotSpeak
from hardware.trouble import Trouble
from kiosk.domain.device_condition import READY, Condition
from kiosk.panel.call_queue import CallQueue
from kiosk.panel.duty import LONGEST_WORK_S
from kiosk.panel.worker_thread import WorkerThread

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hardware.speaker.port import Sound, Speaker, Utterance, Voice
    from kiosk.devices.phrases import Phrases
    from kiosk.domain.ids import TicketId
    from kiosk.domain.moment import Moment
    from kiosk.service.queue_view import Call

LOOK_EVERY_S = 10.0
"""How often a speaker with nothing to say is asked whether it is still there."""


class SpeakerDuty:
    """`percent` tells how loud it is to be now; at 0 the display calls alone.

    A voice that fails leaves the chime, and shows as a fault.
    """

    def __init__(
        self,
        speaker: Speaker,
        voice: Voice,
        phrases: Phrases,
        now: Callable[[], Moment],
        percent: Callable[[], int],
    ) -> None:
        self.wake = threading.Event()
        self._speaker = speaker
        self._voice = voice
        self._phrases = phrases
        self._now = now
        self._percent = percent
        self._calls = CallQueue()
        self._ahead = WorkerThread("voice")
        self._sample_wanted = threading.Event()
        self._signals: deque[bool] = deque(maxlen=1)
        self._visit_closed = threading.Event()
        self._faults: dict[str, str] = {}
        self._looked_s = time.monotonic()

    def call(self, call: Call) -> None:
        """From any thread, as the four that follow."""
        self._calls.add(call)
        self.wake.set()

    def take_back(self, ticket: TicketId) -> None:
        """Say nothing more of this call."""
        self._calls.drop(ticket)

    def self_test(self) -> None:
        """Play a sample at the volume chosen; asked again meanwhile, that is one sample."""
        self._sample_wanted.set()
        self.wake.set()

    def signal(self, *, good: bool) -> None:
        """Tell staff without words that something is done, or refused."""
        self._signals.append(good)
        self.wake.set()

    def forget(self) -> None:
        """The visit is closed: delete what is stored of its calls."""
        self._calls.clear()
        self._visit_closed.set()
        self.wake.set()

    def open(self) -> None:
        self._speaker.open()
        self._faults.clear()
        for language in self._phrases.languages:
            try:
                self._voice.check(language)
            except CannotSpeak as error:
                self._faults[language] = str(error)

    def close(self) -> None:
        self._speaker.close()

    def work(self) -> Condition:
        if self.wake.wait(LONGEST_WORK_S):
            self.wake.clear()
            self._sound_all()
        elif time.monotonic() - self._looked_s >= LOOK_EVERY_S:
            self._looked_s = time.monotonic()
            self._speaker.check()
        return (
            Condition((Trouble.FAULT,), " ".join(list(self._faults.values())))
            if self._faults
            else READY
        )

    def give_up(self, _why: Condition) -> None:
        self._calls.clear()
        self._signals.clear()
        self._sample_wanted.clear()

    def _sound_all(self) -> None:
        while call := self._calls.take(self._now()):
            self._announce(self._phrases.call(call), call)
        while self._signals:
            self._play(self._voice.signal(good=self._signals.popleft()))
        if self._sample_wanted.is_set():
            self._sample_wanted.clear()
            self._announce(self._phrases.sample())
        if self._visit_closed.is_set():
            self._speaker.forget()
            self._visit_closed.clear()

    def _announce(self, utterances: Sequence[Utterance], call: Call | None = None) -> None:
        """Chime, and speak: the next sentence is made while the sound before it is heard."""
        spoken = [self._ahead.send(partial(self._spoken, one)) for one in utterances]
        try:
            self._play(self._voice.chime())
            for sentence in spoken:
                if call is None or self._calls.wants(call):
                    self._play(sentence.result())
        finally:
            for sentence in spoken:
                sentence.cancel()

    def _spoken(self, utterance: Utterance) -> Sound | None:
        try:
            sound = self._voice.speak(utterance)
        except CannotSpeak as error:
            self._faults[utterance.language] = str(error)
            return None
        self._faults.pop(utterance.language, None)
        return sound

    def _play(self, sound: Sound | None) -> None:
        percent = self._percent()
        if sound and percent:
            self._speaker.play(sound.scaled(percent / 100))
