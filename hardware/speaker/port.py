"""What the rest of the program sees of the loudspeaker, and of the voice that it is given.

A voice makes sounds out of words, a speaker makes them heard; neither knows the other.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Protocol

from hardware.port import Device

LOUDEST = 32767
"""The largest sample."""


@dataclass(frozen=True, slots=True)
class Sound:
    """One channel of 16 bit samples; `told` says in words what is to be heard."""

    told: str
    rate_hz: int
    samples: array[int] = field(repr=False)

    @property
    def duration_s(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate_hz

    @property
    def peak(self) -> float:
        """The loudest moment, 0 to 1."""
        return max(max(self.samples, default=0), -min(self.samples, default=0)) / LOUDEST

    def scaled(self, factor: float) -> Sound:
        """As much louder or softer, cut off at the loudest that there is."""
        scaled = [int(one * factor) for one in self.samples]
        if self.peak * factor > 1:
            scaled = [max(-LOUDEST, min(LOUDEST, one)) for one in scaled]
        return Sound(self.told, self.rate_hz, array("h", scaled))


@dataclass(frozen=True, slots=True)
class Utterance:
    """A sentence in a language (BCP 47), and the names of the clips that say the same."""

    language: str
    sentence: str
    clips: tuple[str, ...] = ()


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

    def play(self, sound: Sound) -> None:
        """Return when it has been heard; raises `DeviceLost`, `DeviceSilent`."""

    def check(self) -> None:
        """Raise `DeviceLost` if it is known to be gone; makes no sound."""

    def forget(self) -> None:
        """Throw away what the driver has kept of past sounds; raises `DeviceLost`."""
