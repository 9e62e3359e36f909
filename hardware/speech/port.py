"""Port of the voice that reads a screen aloud."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hardware.errors import HardwareError

_LONGEST = 40
_BETWEEN = re.compile(r"[\W_]+")


class SpeechOutput(StrEnum):
    """Who hears it: the wearer of the headphones, or all around the loudspeaker."""

    HEADPHONES = "headphones"
    LOUDSPEAKER = "loudspeaker"


@dataclass(frozen=True, slots=True)
class SpokenText:
    """What is said in one breath, in a language (BCP 47)."""

    language: str
    text: str


class Speech(Protocol):
    """Says one thing at a time. Every call returns at once and raises nothing.

    Refuses to know why something is said, and when it would be polite to be silent.
    """

    @property
    def speaking(self) -> bool:
        """Whether something is still to be heard."""

    @property
    def trouble(self) -> HardwareError | None:
        """Why the last sentence was not heard; None when it was."""

    def say(
        self, sentences: Sequence[SpokenText], target: SpeechOutput, volume_percent: int
    ) -> None:
        """End what is being said, and say this."""

    def stop(self) -> None:
        """End what is being said."""

    def has_voice(self, language: str) -> bool:
        """Whether anything can be said in that language; may take a moment."""

    def close(self) -> None:
        """Be silent for good."""


def clip_name(sentence: str) -> str:
    """The file, without its ending: the sentence's first words, and a check digit of all of it.

    `Nummer ziehen` is `nummer-ziehen-5c6f`: names stay readable, and two sentences that begin alike
    have two files.
    """
    words = _BETWEEN.sub("-", sentence.casefold()).strip("-")[:_LONGEST].rstrip("-")
    return f"{words}-{zlib.crc32(sentence.encode()) & 0xFFFF:04x}"
