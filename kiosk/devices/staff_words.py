"""Words for staff, German: what each trouble is called, what it means and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from hardware.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping

CALL = "Bitte rufen Sie die Technik."
UNATTENDED = "antwortet nicht"
ITSELF = f"Sie startet von selbst neu. {CALL}"
_AGAIN = "Bitte schalten Sie die Box aus und wieder ein. Hilft das nicht, rufen Sie die Technik."


class Words(NamedTuple):
    """`short` follows the device's name and a colon; `full` is a sentence of its own."""

    short: str
    full: str
    remedy: str


WORDS: Final[Mapping[Trouble, Words]] = {
    Trouble.ABSENT: Words(
        "nicht angeschlossen", "Nicht angeschlossen.", "Bitte prüfen Sie Kabel und Strom."
    ),
    Trouble.BUSY: Words("belegt", "Ein anderes Programm benutzt das Gerät.", _AGAIN),
    Trouble.LOST: Words(
        "Verbindung weg",
        "Die Verbindung ist abgebrochen.",
        "Bitte stecken Sie das Kabel wieder fest ein.",
    ),
    Trouble.SILENT: Words(
        "antwortet nicht",
        "Das Gerät antwortet nicht.",
        "Bitte schalten Sie es aus und wieder ein, und prüfen Sie das Kabel.",
    ),
    Trouble.FAULT: Words(
        "gestört",
        "Das Gerät meldet einen Fehler.",
        "Bitte schalten Sie es aus und wieder ein. Hilft das nicht, rufen Sie die Technik.",
    ),
    Trouble.CONFUSED: Words("unverständlich", "Das Gerät antwortet unverständlich.", CALL),
    Trouble.MISCONFIGURED: Words("falsch eingestellt", "Das Gerät ist falsch eingestellt.", CALL),
    Trouble.PAPER_LOW: Words(
        "Papier wird knapp",
        "Das Papier ist bald zu Ende.",
        "Bitte legen Sie eine neue Rolle bereit.",
    ),
    Trouble.PAPER_OUT: Words(
        "Papier leer", "Das Papier ist leer.", "Bitte legen Sie eine neue Rolle ein."
    ),
    Trouble.COVER_OPEN: Words(
        "Klappe offen",
        "Die Klappe ist offen.",
        "Bitte schließen Sie die Klappe, bis sie einrastet.",
    ),
    Trouble.OFFLINE: Words(
        "nicht bereit",
        "Das Gerät ist auf Pause geschaltet.",
        "Bitte schalten Sie es aus und wieder ein.",
    ),
    Trouble.STUCK: Words(
        "klemmt", "Etwas klemmt.", "Bitte lösen Sie es. Hilft das nicht, rufen Sie die Technik."
    ),
    Trouble.HOT: Words(
        "zu heiß", "Das Gerät ist zu heiß.", "Es macht von selbst weiter. Bitte lüften Sie."
    ),
    Trouble.UNDER_VOLTAGE: Words("zu wenig Strom", "Das Gerät bekommt zu wenig Strom.", CALL),
    Trouble.THROTTLED: Words("arbeitet langsam", "Das Gerät arbeitet langsamer.", CALL),
    Trouble.DISK_FULL: Words("Speicher voll", "Der Speicher ist fast voll.", CALL),
    Trouble.DISK_WORN: Words("Speicher alt", "Der Speicher ist abgenutzt.", CALL),
    Trouble.DISK_READ_ONLY: Words(
        "Speicher gesperrt",
        "Auf den Speicher kann nichts mehr geschrieben werden.",
        f"Geben Sie Nummern von der Papierrolle aus. {CALL}",
    ),
    Trouble.CLOCK_UNKNOWN: Words(
        "Uhrzeit unbekannt", "Das Gerät weiß nicht, wie spät es ist.", CALL
    ),
    Trouble.NO_POWER: Words("kein Strom", "Das Gerät hat keinen Strom.", CALL),
    Trouble.IGNITION_UNKNOWN: Words(
        "Zündung unbekannt", "Das Gerät erkennt nicht, ob die Zündung an ist.", CALL
    ),
    Trouble.UNATTENDED: Words(UNATTENDED, "Die Steuerung der Geräte antwortet nicht.", ITSELF),
}
"""Of any device; a kind may have its own."""
