"""Words for staff about a plugged stick, German: on glass and staff page alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kiosk.domain.stick import StickState

if TYPE_CHECKING:
    from collections.abc import Mapping

PULL = "Sie können den Stick abziehen."

STICK_WORDS: Final[Mapping[StickState, str]] = {
    StickState.WRITING: "Der Stick wird geschrieben. Bitte nicht abziehen.",
    StickState.DONE: f"Die Auszählung ist auf dem Stick. {PULL}",
    StickState.NOTHING_NEW: f"Auf dem Stick ist schon alles. {PULL}",
    StickState.NOTHING_CLOSED: f"Es gibt noch keine abgeschlossene Auszählung. {PULL}",
    StickState.FULL: f"Der Stick ist voll. Bitte machen Sie Platz darauf. {PULL}",
    StickState.PROTECTED: f"Der Stick ist schreibgeschützt. Bitte lösen Sie die Sperre. {PULL}",
    StickState.PULLED: "Der Stick wurde zu früh abgezogen. Bitte prüfen Sie ihn an einem PC.",
    StickState.FOREIGN: f"Dieser Stick ist nicht für diese Box vorbereitet. {PULL}",
    StickState.FORMAT: (
        f"Die Box kann den Stick nicht lesen. Er braucht FAT32 oder exFAT, unverschlüsselt. {PULL}"
    ),
    StickState.DIRTY: (
        f"Der Stick wurde zuletzt zu früh abgezogen. Bitte prüfen Sie ihn an einem PC. {PULL}"
    ),
    StickState.BROKEN: f"Der Stick ist beschädigt. Bitte nehmen Sie einen anderen. {PULL}",
    StickState.FAILED: f"Das Schreiben ist nicht gelungen. Bitte rufen Sie die Technik. {PULL}",
    StickState.READING_UPDATE: "Eine Aktualisierung wird gelesen. Bitte nicht abziehen.",
    StickState.UPDATE_READ: (
        f"Die Aktualisierung ist gelesen und gilt ab dem nächsten Einschalten. {PULL}"
    ),
    StickState.UPDATE_TOO_LARGE: (
        f"Für die Aktualisierung ist kein Platz in der Box. Bitte rufen Sie die Technik. {PULL}"
    ),
}
"""Every state but `GONE`, of which nothing is told."""


class StickAdvice(NamedTuple):
    """What the stick says in its first sentence, and what staff do about it."""

    said: str
    todo: str


_PREPARED: Final = "Nehmen Sie den Stick der Technik."


def stick_advice(state: StickState) -> StickAdvice:
    """The sentence of a state apart from what it asks for; `GONE` has none."""
    said, _, todo = STICK_WORDS[state].removesuffix(PULL).strip().partition(". ")
    if state in {StickState.FOREIGN, StickState.FORMAT}:
        todo = f"{todo} {_PREPARED}".strip()
    return StickAdvice(f"{said.removesuffix('.')}.", todo)


_SHORT: Final[Mapping[StickState, str]] = {
    StickState.WRITING: "Stick nicht abziehen",
    StickState.DONE: "Stick fertig",
    StickState.NOTHING_NEW: "Stick fertig",
    StickState.NOTHING_CLOSED: "Stick: noch nichts",
    StickState.READING_UPDATE: "Stick nicht abziehen",
    StickState.UPDATE_READ: "Stick fertig",
}
_LEFT_TO_RIGHT: Final = "\u200e"


def stick_words_on_glass(state: StickState, *, short: bool = False) -> str:
    """The same for a glass that may be set to Arabic: full stops stay at the German ends.

    `short` is for panes that have no room for a sentence; staff read the whole on their page.
    """
    if state not in STICK_WORDS:
        return ""
    if short:
        return _SHORT.get(state, "Stick: Fehler")
    return re.sub(r"(?<=[.,])", _LEFT_TO_RIGHT, STICK_WORDS[state])
