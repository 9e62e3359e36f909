"""Words for staff about a plugged stick, German: on glass and staff page alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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
}
"""Every state but `GONE`, of which nothing is told."""
