"""What a device says about itself, in words for whoever drives the bus, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hardware.trouble import Trouble
from kiosk.console.words.refusals import DEVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.domain.events import DeviceChanged

_CALL = "Bitte rufen Sie die Technik."
_AGAIN = "Bitte schalten Sie die Box aus und wieder ein. Hilft das nicht, rufen Sie die Technik."


@dataclass(frozen=True, slots=True)
class Words:
    """`short` follows the device's name and a colon; `full` is a sentence of its own."""

    short: str
    full: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Told:
    """A device in trouble. `detail` is in English, for whoever is called for help."""

    name: str
    words: tuple[Words, ...]
    harmless: bool
    urgent: bool
    detail: str

    @property
    def short(self) -> str:
        """`Drucker: Papier leer`, the worst alone."""
        return f"{self.name}: {self.words[0].short}"


_OF_ANY: Mapping[Trouble, Words] = {
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
    Trouble.CONFUSED: Words("unverständlich", "Das Gerät antwortet unverständlich.", _CALL),
    Trouble.MISCONFIGURED: Words("falsch eingestellt", "Das Gerät ist falsch eingestellt.", _CALL),
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
    Trouble.UNDER_VOLTAGE: Words("zu wenig Strom", "Das Gerät bekommt zu wenig Strom.", _CALL),
    Trouble.THROTTLED: Words("arbeitet langsam", "Das Gerät arbeitet langsamer.", _CALL),
    Trouble.DISK_FULL: Words("Speicher voll", "Der Speicher ist fast voll.", _CALL),
    Trouble.DISK_WORN: Words("Speicher alt", "Der Speicher ist abgenutzt.", _CALL),
    Trouble.DISK_READ_ONLY: Words(
        "Speicher gesperrt",
        "Auf den Speicher kann nichts mehr geschrieben werden.",
        f"Geben Sie Nummern von der Papierrolle aus. {_CALL}",
    ),
    Trouble.CLOCK_UNKNOWN: Words(
        "Uhrzeit unbekannt", "Das Gerät weiß nicht, wie spät es ist.", _CALL
    ),
    Trouble.NO_POWER: Words("kein Strom", "Das Gerät hat keinen Strom.", _CALL),
    Trouble.IGNITION_UNKNOWN: Words(
        "Zündung unbekannt", "Das Gerät erkennt nicht, ob die Zündung an ist.", _CALL
    ),
}

_OF_DEVICE: Mapping[tuple[str, Trouble], Words] = {
    ("printer", Trouble.FAULT): Words(
        "gestört",
        "Der Drucker meldet einen Fehler.",
        "Bitte prüfen Sie, ob Papier klemmt, und schalten Sie ihn aus und wieder ein.",
    ),
    ("printer", Trouble.HOT): Words(
        "zu heiß", "Der Drucker ist zu heiß.", "Er macht nach einer Pause von selbst weiter."
    ),
    ("buttons", Trouble.ABSENT): Words(
        "nicht angeschlossen",
        "Die Tasten sind nicht angeschlossen.",
        f"Rückmeldungen gehen am Bildschirm. {_CALL}",
    ),
    ("buttons", Trouble.STUCK): Words(
        "eine klemmt",
        "Eine Taste klemmt oder hat einen Kurzschluss. Die anderen gehen.",
        "Bitte drücken Sie sie ein paar Mal. Hilft das nicht, rufen Sie die Technik.",
    ),
    ("lamp", Trouble.ABSENT): Words(
        "nicht angeschlossen",
        "Die Lampen sind nicht angeschlossen.",
        f"Die Tasten zählen auch ohne Licht. {_CALL}",
    ),
    ("call_display", Trouble.SILENT): Words(
        "antwortet nicht",
        "Die Anzeige antwortet nicht.",
        "Bitte prüfen Sie Strom und Kabel. Rufen Sie die Nummern so lange laut auf.",
    ),
    ("speaker", Trouble.ABSENT): Words(
        "nicht angeschlossen",
        "Der Lautsprecher ist nicht angeschlossen.",
        "Bitte prüfen Sie Kabel und Strom. Rufen Sie die Nummern so lange laut auf.",
    ),
    ("speaker", Trouble.FAULT): Words(
        "ohne Stimme",
        "Der Gong ertönt, aber die Ansage fehlt ganz oder in einer Sprache.",
        "Rufen Sie die Nummern so lange laut auf, und rufen Sie die Technik.",
    ),
    ("speaker", Trouble.MISCONFIGURED): Words(
        "falsch eingestellt",
        "Der Lautsprecher ist falsch eingestellt.",
        f"Rufen Sie die Nummern so lange laut auf. {_CALL}",
    ),
    ("scanner", Trouble.ABSENT): Words(
        "nicht angeschlossen",
        "Der Scanner ist nicht angeschlossen.",
        "Bitte prüfen Sie das Kabel. Codes lassen sich am Bildschirm eintippen.",
    ),
    ("board", Trouble.ABSENT): Words(
        "ohne Messwerte", "Der Rechner sagt nicht, wie es ihm geht.", _CALL
    ),
    ("board", Trouble.IGNITION_UNKNOWN): Words(
        "Zündung unbekannt",
        "Der Rechner erkennt nicht, ob die Zündung an ist.",
        f"Er fährt nicht von selbst herunter. {_CALL}",
    ),
    ("board", Trouble.HOT): Words(
        "zu heiß",
        "Der Rechner wird zu heiß.",
        "Bitte lüften Sie, und halten Sie die Sonne von der Box fern.",
    ),
    ("board", Trouble.UNDER_VOLTAGE): Words(
        "zu wenig Strom",
        "Der Rechner bekommt zu wenig Strom.",
        "Er kann jederzeit ausgehen. Bitte rufen Sie die Technik: Netzteil und Kabel prüfen.",
    ),
    ("board", Trouble.THROTTLED): Words(
        "arbeitet langsam",
        "Der Rechner arbeitet langsamer, um sich zu schützen.",
        "Bitte lüften Sie. Hilft das nicht, rufen Sie die Technik.",
    ),
    ("board", Trouble.DISK_FULL): Words(
        "Speicher fast voll",
        "Der Speicher ist fast voll.",
        "Bitte rufen Sie die Technik, bevor keine Nummern mehr gespeichert werden.",
    ),
    ("board", Trouble.DISK_WORN): Words(
        "Speicher abgenutzt",
        "Der Speicher ist abgenutzt und kann bald ausfallen.",
        "Bitte rufen Sie die Technik: Er muss getauscht werden.",
    ),
    ("board", Trouble.CLOCK_UNKNOWN): Words(
        "Uhr nicht gestellt",
        "Die Uhr ist nicht gestellt. Nummern und Aufrufe gehen, Uhrzeiten werden nicht gezählt.",
        "Sie stellt sich, sobald das Netz da ist.",
    ),
    ("board", Trouble.NO_POWER): Words(
        "Zündung aus",
        "Die Zündung ist aus: Die Box fährt gleich herunter.",
        "Soll sie anbleiben, schalten Sie die Zündung wieder ein. Nummern bleiben erhalten.",
    ),
}


def words_of(device: str, trouble: Trouble) -> Words:
    """The words for one trouble of a device."""
    return _OF_DEVICE.get((device, trouble)) or _OF_ANY[trouble]


def told(event: DeviceChanged) -> Told:
    """All that staff should know of a device in trouble."""
    condition = event.condition
    return Told(
        DEVICES.get(event.device, event.device),
        tuple(words_of(event.device, trouble) for trouble in condition.troubles),
        condition.ready,
        Trouble.NO_POWER in condition.troubles,
        condition.detail,
    )
