"""Sentences of the loudspeaker, in the same languages for every call.

Never in the language that a citizen chose: spoken aloud it would tell all who hear it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hardware.speaker.port import Utterance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.domain.ids import LanguageCode
    from kiosk.service.queue_view import Call
    from kiosk.settings.texts import Texts


def spoken(number: str) -> str:
    """A number as it is said: `B, 17` for `B-017`, `17` for `017`.

    The comma is a pause: without it B, C, D and E drown in the number, and English hears in `A 17`
    no letter at all but an article.
    """
    letter, running = _parts(number)
    return f"{letter}, {running}" if letter else str(running)


@dataclass(frozen=True, slots=True)
class Phrases:
    texts: Texts
    languages: Sequence[LanguageCode]

    def call(self, call: Call) -> list[Utterance]:
        """Number and desk."""
        letter, running = _parts(call.number)
        begin = (letter.lower(),) if letter else ()
        clips = ("call", *begin, str(running), "desk", call.desk.lower())
        number = spoken(call.number)
        return [
            Utterance(
                language, self.texts(language, "call.say", number=number, desk=call.desk), clips
            )
            for language in self.languages
        ]

    def sample(self) -> list[Utterance]:
        """A sentence without a number."""
        return [
            Utterance(language, self.texts(language, "call.test"), ("test",))
            for language in self.languages
        ]


def _parts(number: str) -> tuple[str, int]:
    letter, _, running = number.rpartition("-")
    return letter, int(running)
