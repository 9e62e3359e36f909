"""Key bindings of the staff pages: one list of shortcuts, each with one meaning wherever it works.

What stands on the page has a letter, what stands in a menu has Shift with it, the n-th entry of a
list Shift and its digit, an outcome its digit. An entry that stands in both has the page's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Binding(NamedTuple):
    """A key as `aria-keyshortcuts` writes it, and what it means."""

    key: str
    meaning: str


SECTIONS: Final[Mapping[str, Mapping[str, Binding]]] = {
    "Auf der Seite": {
        "next": Binding("Space", "Nächste Nummer"),
        "undo": Binding("U", "Rückgängig, auch Strg+Z; Beenden zurücknehmen"),
        "start": Binding("B", "Beginnen"),
        "recall": Binding("R", "Erneut rufen"),
        "miss": Binding("V", "Nicht erschienen"),
        "park": Binding("P", "Parken"),
        "transfer": Binding("W", "Weiterleiten"),
        "slip": Binding("Z", "Zettel noch einmal drucken"),
        "take": Binding("N", "Nummer für jemanden ziehen"),
        "count": Binding("O", "Ohne Nummer zählen"),
        "ended": Binding("A", "Abgeschlossene"),
        "phrases": Binding("C", "Sätze zum Zeigen"),
        "help": Binding("H", "Hilfe rufen"),
        "appointments": Binding("T", "Termine heute"),
        "mine": Binding("M", "Nur mein Platz"),
        "stay_open": Binding("I", "Annahme offen lassen"),
        "day": Binding("E", "Einsatz"),
        "desk": Binding("L", "Platz"),
        "devices": Binding("S", "Geräte"),
    },
    "Zum Gespräch": {
        "advice": Binding("K", "Kurz oder Ausführlich"),
        "occasion": Binding("F", "Folgebesuch oder Erstbesuch"),
        "more": Binding("Plus", "Mehr: Personen, Lautstärke"),
        "less": Binding("-", "Weniger: Personen, Lautstärke"),
        "interpreter": Binding("D", "Dolmetschen"),
        "further": Binding("G", "Weitere Anliegen, auf und zu"),
        "nothing": Binding("Shift+0", "Nichts davon: ohne Eintrag, woanders vereinbart"),
    },
    "Im Fenster einer Nummer": {
        "call": Binding("Shift+A", "Aufrufen"),
        "priority": Binding("Shift+V", "Vorrang"),
        "topic": Binding("Shift+N", "Anliegen ändern"),
        "put_back": Binding("Shift+W", "Wartet wieder"),
        "withdraw": Binding("Shift+G", "Ist gegangen"),
        "amend": Binding("Shift+E", "Ergebnis nachtragen oder ändern"),
    },
    "Unter Einsatz": {
        "intake": Binding("Shift+I", "Annahme schließen oder öffnen"),
        "call_backs": Binding("Shift+C", "Rückrufe heute"),
        "contingents": Binding("Shift+K", "Kontingente"),
        "offered": Binding("Shift+O", "Angebotene Anliegen"),
        "roll": Binding("Shift+R", "Papierrolle nachtragen"),
        "timetable": Binding("Shift+F", "Fahrplan"),
        "display": Binding("Shift+D", "Aufrufanzeige öffnen"),
        "trial": Binding("Shift+T", "Tasten prüfen"),
        "close": Binding("Shift+B", "Einsatz beenden"),
    },
    "Unter Platz": {
        "pause": Binding("Shift+P", "Pause machen, Platz besetzen"),
        "topics": Binding("Shift+M", "Anliegen dieses Platzes"),
        "volume": Binding("Shift+L", "Lautstärke"),
        "sample": Binding("Shift+H", "Probe hören"),
        "other_desk": Binding("Shift+S", "Platz wechseln"),
        "all_keys": Binding("?", "Alle Tasten"),
        "log_out": Binding("Shift+X", "Abmelden"),
    },
}

KEYS: Final[Mapping[str, str]] = {
    name: binding.key for section in SECTIONS.values() for name, binding in section.items()
}
"""The key of each meaning, by the name that templates use."""
