"""What calls become: numbers on the call display, a chime and a sentence from the loudspeaker."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING

from kiosk.domain.device import READY, Condition
from kiosk.panel.duty import LONGEST_WORK_S

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hardware.call_display.port import CallDisplay
    from hardware.speaker.port import Speaker
    from kiosk.domain.ids import LanguageCode
    from kiosk.domain.moment import Moment
    from kiosk.service.queue_view import Call

PATIENCE_S = 30.0
"""A call that has waited longer for its turn is not spoken any more."""


def spoken(number: str) -> str:
    """A number as it is said: `A 17` for `A-017`."""
    letter, _, running = number.partition("-")
    return f"{letter} {int(running)}"


class Showing:
    """The call display: shows the newest call, again after it was gone."""

    device = "call_display"

    def __init__(self, display: CallDisplay, call: Call | None) -> None:
        self.wake = threading.Event()
        self._display = display
        self._call = call

    def show(self, call: Call | None) -> None:
        """From any thread; None when nobody is called."""
        self._call = call
        self.wake.set()

    def open(self) -> None:
        self._display.open()
        self.wake.set()

    def close(self) -> None:
        self._display.close()

    def work(self) -> Condition:
        if self.wake.wait(LONGEST_WORK_S):
            self.wake.clear()
            call = self._call
            if call is None:
                self._display.clear()
            else:
                self._display.show(call.number, call.desk)
        return READY

    def give_up(self) -> None:
        """Keep the call: it is right to show it when the display is back."""


class Speaking:
    """The loudspeaker: one call after the other, each with its chime.

    `sentence` says a call in a language. Calls are spoken in the same `languages` for everybody:
    the language that a person chose is nobody's business.
    """

    device = "speaker"

    def __init__(
        self,
        speaker: Speaker,
        languages: Sequence[LanguageCode],
        sentence: Callable[[LanguageCode, Call], str],
        now: Callable[[], Moment],
    ) -> None:
        self.wake = threading.Event()
        self._speaker = speaker
        self._languages = languages
        self._sentence = sentence
        self._now = now
        self._calls: deque[Call] = deque()

    def call(self, call: Call) -> None:
        """From any thread."""
        self._calls.append(call)
        self.wake.set()

    def open(self) -> None:
        self._speaker.open()

    def close(self) -> None:
        self._speaker.close()

    def work(self) -> Condition:
        if self.wake.wait(LONGEST_WORK_S):
            self.wake.clear()
            while self._calls:
                self._speak(self._calls.popleft())
        return READY

    def give_up(self) -> None:
        self._calls.clear()

    def _speak(self, call: Call) -> None:
        age_s = self._now().seconds_since(call.moment)
        if age_s is None or age_s > PATIENCE_S:
            return
        self._speaker.chime()
        for language in self._languages:
            self._speaker.say(self._sentence(language, call), language)
