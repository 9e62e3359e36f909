"""Ports of the loudspeaker, and of the voice that makes its sounds.

A voice makes sounds out of words, a speaker makes them heard; neither knows the other.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from hardware.port import Device

if TYPE_CHECKING:
    from threading import Event

LOUDEST = 32767
"""The largest sample."""


_UNIT = 1 << 15
"""A gain of 1 in whole numbers, which Python multiplies in half the time."""


@dataclass(frozen=True, slots=True)
class Sound:
    """One channel of 16 bit samples; `told` says in words what is to be heard.

    A `gain` is applied when samples are asked for: a sentence has tens of thousands of them.
    """

    told: str
    rate_hz: int
    recorded: array[int] = field(repr=False)
    gain: float = 1.0

    @property
    def samples(self) -> array[int]:
        """With the gain, cut off at the loudest that there is."""
        if self.gain == 1:
            return self.recorded
        factor = round(self.gain * _UNIT)
        scaled = [one * factor >> 15 for one in self.recorded]
        if self.gain > 1:
            scaled = [max(-LOUDEST, min(LOUDEST, one)) for one in scaled]
        return array("h", scaled)

    @property
    def duration_s(self) -> float:
        """How long it lasts."""
        return len(self.recorded) / self.rate_hz

    @property
    def peak(self) -> float:
        """The loudest moment, 0 to 1."""
        loudest = max(max(self.recorded, default=0), -min(self.recorded, default=0))
        return min(1.0, loudest * self.gain / LOUDEST)

    def scaled(self, factor: float) -> Sound:
        """As much louder or softer."""
        return replace(self, gain=self.gain * factor)


WORDS_PER_MIN = 145
"""Slower than the usual 175: said once, to people who are not listening."""

SLOW_WORDS_PER_MIN = 110
"""For Leichte Sprache."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A sentence in a language (BCP 47), and the names of the clips that say the same."""

    language: str
    sentence: str
    clips: tuple[str, ...] = ()
    words_per_min: int = WORDS_PER_MIN


class Voice(Protocol):
    """What is to be heard. Takes a moment for each sound; refuses to know where it is played."""

    def chime(self) -> Sound:
        """What makes people look up."""

    def signal(self, *, good: bool) -> Sound:
        """A short sound for staff: something is done, or refused."""

    def speak(self, utterance: Utterance) -> Sound:
        """The same sentence as a sound; raises `CannotSpeak`."""

    def check(self, language: str) -> None:
        """Raise `CannotSpeak` if nothing can be said in that language."""


class Speaker(Device, Protocol):
    """Makes one sound at a time.

    Refuses to know what is worth hearing: it neither makes sentences nor keeps a queue.
    """

    def play(self, sound: Sound, stopped: Event | None = None) -> None:
        """Return when it has been heard, or at once when `stopped` is set in another thread.

        Raises `DeviceLost`, `DeviceSilent`.
        """

    def check(self) -> None:
        """Raise `DeviceLost` if it is known to be gone; makes no sound."""

    def forget(self) -> None:
        """Delete what the driver has stored of past sounds; raises `DeviceLost`."""
