"""Words for staff about each check of the doctor: what it means for visitors, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from hardware.trouble import Trouble
from kiosk.devices.kinds import staff_name, words_of
from kiosk.devices.staff_words import CALL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kiosk.devices.staff_words import Words
    from kiosk.system.health_report import HealthCheck


COUNTS: Final = "Auszählung"


class CheckWords(NamedTuple):
    """`good` is said when all is well; `meaning` is for the visitors, `todo` for staff."""

    title: str
    good: str
    meaning: str
    todo: str = CALL


_NOTHING_NOW: Final = "Für die Besucher ändert sich nichts."
_NOT_AS_ASKED: Final = "Die Daten sind nicht geschützt, oder die Box startet nur mit einem Stick."
_PAPER_ROLL: Final = f"Geben Sie Nummern von der Papierrolle aus. {CALL}"
RESTART: Final = (
    "Schalten Sie die Box aus und nach zwei Minuten wieder ein."
    " Hilft das nicht, rufen Sie die Technik."
)
"""After one minute a box with a line from the ignition would still be on, and stay so."""

CHECKS: Final[Mapping[str, CheckWords]] = {
    "python": CheckWords(
        "Programm",
        "Das Programm läuft auf der richtigen Grundlage.",
        "Das Programm kann jederzeit stehen bleiben.",
    ),
    "sqlite": CheckWords(
        "Datenbank-Programm",
        "Das Programm der Datenbank passt.",
        "Nummern können verloren gehen.",
    ),
    "data_folder": CheckWords(
        "Datenordner",
        "Nur die Box selbst kommt an ihre Daten.",
        "Die Dienste der Box kommen nicht richtig an ihre Daten.",
    ),
    "disk": CheckWords(
        "Speicher",
        "Der Speicher nimmt alles an.",
        "Es gibt keine Nummern mehr, und nichts wird gezählt.",
        _PAPER_ROLL,
    ),
    "disk_space": CheckWords(
        "Platz im Speicher",
        "Im Speicher ist genug Platz.",
        "Der Speicher wird voll. Ist er voll, gibt es keine Nummern mehr.",
    ),
    "encryption": CheckWords("Verschlüsselung", "Die Daten sind verschlüsselt.", _NOT_AS_ASKED),
    "database": CheckWords(
        "Datenbank",
        "Die Datenbank ist unbeschädigt.",
        "Nummern und Zahlen von heute können verloren gehen.",
        f"Schreiben Sie die wartenden Nummern auf. {CALL}",
    ),
    "lost_numbers": CheckWords(
        "Nummern",
        "Keine Nummer ist verloren gegangen.",
        "Einige Nummern stehen nur noch auf Zetteln. Sie werden nicht von selbst aufgerufen.",
        f"Tragen Sie sie unter Papierrolle nach, wenn die Leute noch warten. {CALL}",
    ),
    "ledger": CheckWords(
        "Zählbuch",
        "Die abgeschlossenen Zahlen sind unverändert.",
        f"{_NOTHING_NOW} Abgeschlossene Zahlen sind beschädigt.",
        f"Geben Sie keinen Stick mit Zahlen weiter. {CALL}",
    ),
    "backup": CheckWords(
        "Sicherung",
        "Die Daten sind gesichert, soweit das eingestellt ist.",
        f"{_NOTHING_NOW} Ginge der Speicher kaputt, wären die Zahlen verloren.",
    ),
    "configuration": CheckWords(
        "Einstellungen",
        "Die Einstellungen sind richtig.",
        "Manches an der Box arbeitet nicht oder anders als gedacht.",
    ),
    "profile": CheckWords(
        "Profil",
        "Anliegen, Halte und Plätze sind richtig eingetragen.",
        "Anliegen, Halte oder Plätze stimmen nicht.",
    ),
    "texts": CheckWords(
        "Texte",
        "Alle Texte sind in allen Sprachen da.",
        "In manchen Sprachen fehlen Texte auf dem Bildschirm.",
    ),
    "fonts": CheckWords(
        "Schriften",
        "Alle Schriften sind da.",
        "In manchen Sprachen stehen Kästchen statt Buchstaben.",
    ),
    "text_shaping": CheckWords(
        "Arabische Schrift",
        "Arabisch und Persisch sind richtig geschrieben.",
        "Arabisch und Persisch sind nicht lesbar.",
    ),
    "display": CheckWords(
        "Anschluss des Bildschirms",
        "Der Bildschirm ist angeschlossen.",
        "Der Bildschirm bleibt dunkel. Dort gibt es keine Nummern.",
        "Prüfen Sie Kabel und Strom des Bildschirms. Geben Sie Nummern an Ihrem Platz aus."
        " Hilft das nicht, rufen Sie die Technik.",
    ),
    "pane": CheckWords(
        "Größe des Bildschirms",
        "Alles hat auf dem Bildschirm Platz.",
        "Auf dem Bildschirm ist manches abgeschnitten.",
    ),
    "voice": CheckWords(
        "Vorlesen",
        "Der Bildschirm kann vorlesen, soweit das eingestellt ist.",
        "Wer den Bildschirm nicht sieht, kann ihn nicht bedienen.",
        f"Bieten Sie an, die Nummer an Ihrem Platz zu ziehen. {CALL}",
    ),
    "devices": CheckWords(
        "Simulierte Geräte",
        "Kein Gerät ist nur simuliert.",
        "Manche Geräte sind nur simuliert: Sie tun nichts, und ihre Tasten zählen nichts.",
    ),
    "usb": CheckWords(
        "Fremde Geräte an USB",
        "Kein fremdes Gerät steckt in der Box.",
        "Ein Gerät an USB ist gesperrt. Gehört es nicht zum Bus, ändert sich nichts.",
        "Ziehen Sie ab, was nicht zum Bus gehört. Gehört es dazu, rufen Sie die Technik.",
    ),
    "pins": CheckWords(
        "Anschlüsse der Tasten und Lampen",
        "Die Anschlüsse sind da.",
        "Tasten und Lampen arbeiten nicht.",
    ),
    "clock": CheckWords(
        "Uhr",
        "Die Uhr ist gestellt.",
        "Nummern und Aufrufe gehen weiter. Nur Stunden und Tage werden nicht gezählt.",
        "Warten Sie, bis der Bus Internet hat: Dann stellt sich die Uhr von selbst."
        " Ist das heute nicht so, stellen Sie sie.",
    ),
    "open_visit": CheckWords(
        "Einsatz",
        "Kein früherer Einsatz ist offen geblieben.",
        "Ein früherer Einsatz ist noch offen. Die Leute von damals sind noch nicht gezählt.",
        "Beenden Sie ihn unter Einsatz, und öffnen Sie den von heute.",
    ),
    "visit_profile": CheckWords(
        "Geänderte Anliegen",
        "Der Einsatz passt zum Profil.",
        "Ein Anliegen, Halt oder Platz ist gestrichen. Wer dafür wartet, wird noch aufgerufen.",
        "Arbeiten Sie weiter. Nach dem Ende des Einsatzes ist es vorbei.",
    ),
    "closing": CheckWords(
        COUNTS,
        "Jeder vergangene Zeitraum ist abgeschlossen.",
        f"{_NOTHING_NOW} Ein vergangener Zeitraum ist noch nicht abgeschlossen; keine Zahl geht"
        " verloren.",
    ),
    "port": CheckWords(
        "Diese Seiten",
        "Die Seiten für das Team antworten.",
        "Die Seiten für das Team arbeiten nicht richtig.",
        RESTART,
    ),
    "certificate": CheckWords(
        "Sichere Verbindung",
        "Die Verbindung zu diesen Seiten ist verschlüsselt, soweit das nötig ist.",
        "Der Browser kann vor dieser Seite warnen, oder andere können mitlesen.",
    ),
    "phones": CheckWords(
        "Seite für Handys",
        "Der Code auf dem Zettel führt zur richtigen Seite, soweit es einen gibt.",
        "Der Code auf dem Zettel führt am Handy nicht zur richtigen Seite. Die Nummer gilt.",
        f"Sagen Sie den Leuten, dass sie auf den Aufruf achten sollen. {CALL}",
    ),
    "wifi": CheckWords(
        "WLAN der Box",
        "Das WLAN der Box ist da, soweit das eingestellt ist.",
        "Handys oder Laptops finden das WLAN der Box nicht. Die Nummern gelten.",
        "Stecken Sie den Laptop mit dem Kabel an, wenn es eines gibt."
        " Sagen Sie den Leuten, dass sie auf den Aufruf achten sollen. " + CALL,
    ),
    "logins": CheckWords(
        "Anmeldungen",
        "Niemand hat oft eine falsche PIN eingegeben.",
        "Jemand hat oft eine falsche PIN eingegeben.",
        f"Achten Sie darauf, wer die PIN kennt. {CALL}",
    ),
    "upload": CheckWords(
        "Übertragung an die Stadt",
        "Alles ist übertragen, soweit das eingestellt ist.",
        f"{_NOTHING_NOW} Gerundete Zahlen sind noch nicht bei der Stadt; keine geht verloren.",
        "Die Box versucht es von selbst wieder, sobald der Bus Internet hat."
        " Bleibt es so, rufen Sie die Technik.",
    ),
    "update": CheckWords(
        "Aktualisierung",
        "Keine neue Fassung wartet.",
        f"{_NOTHING_NOW} Die Box arbeitet mit der bisherigen Fassung weiter.",
        "Rufen Sie die Technik: Die neue Fassung muss noch einmal aufgespielt werden.",
    ),
    "services": CheckWords(
        "Dienste",
        "Alle Dienste der Box laufen.",
        "Ein Dienst der Box läuft nicht oder ist oft neu gestartet.",
        RESTART,
    ),
    "doors": CheckWords(
        "Bildschirm",
        "Bildschirm, Seiten und Steuerung antworten.",
        "Ein Teil der Box antwortet nicht.",
        RESTART,
    ),
}

_VARIANTS: Final[Mapping[tuple[str, str], str]] = {
    ("encryption", "plain"): "Keine: Wer die Karte stiehlt, kann den offenen Einsatz lesen.",
    ("update", "waiting"): "Die Box wird beim nächsten Einschalten aktualisiert."
    " Das dauert einmal einige Minuten; der Bildschirm sagt es.",
    ("update", "fetching"): "Eine neue Fassung wird geladen, neben der Arbeit.",
}
"""What is said instead of `good`, by check and variant."""

KINDS: Final[Mapping[str, str]] = {
    "printer": "Es kommen keine Zettel. Die Nummern gelten trotzdem: Die Leute merken sie sich.",
    "buttons": "Smileys an den Tasten werden nicht gezählt.",
    "lamp": "Die Lampe zeigt nicht, ob der Bus offen ist.",
    "call_display": "Die Anzeige zeigt Aufrufe nicht.",
    "speaker": "Aufrufe sind nicht zu hören.",
    "scanner": "Termine können nicht eingelesen werden. Die Nummer des Termins geht von Hand.",
    "board": "Hitze, zu wenig Strom oder die Zündung bemerkt die Box vielleicht nicht.",
}
"""What a device that fails means for the visitors, by its kind."""

_DEVICE_GOOD: Final = "Bereit."
_DEVICE_ABSENT: Final = "In diesem Bus nicht vorhanden."
_DEVICE_TODO: Final = "Prüfen Sie Kabel und Strom. Hilft das nicht, rufen Sie die Technik."


def words_of_check(check: HealthCheck) -> CheckWords:
    """Of a device too, by its troubles and its kind.

    A check that is not known here keeps its technical name.
    """
    if check.kind:
        return _words_of_device(check)
    known = CHECKS.get(check.name)
    if known and (good := _VARIANTS.get((check.name, check.variant))):
        return known._replace(good=good)
    return known or CheckWords(
        check.name, "In Ordnung.", "Ein Teil der Box arbeitet nicht richtig."
    )


def _words_of_device(check: HealthCheck) -> CheckWords:
    name, troubles = staff_name(check.name, check.kind), [Trouble(each) for each in check.troubles]
    if not troubles:
        good = _DEVICE_ABSENT if check.variant == "absent" else _DEVICE_GOOD
        return CheckWords(name, good, KINDS.get(check.kind, ""), _DEVICE_TODO)
    words = [words_of(check.kind, trouble) for trouble in troubles]
    harmless = all(trouble.harmless for trouble in troubles)
    return words_of_troubles(name, words, check.kind, harmless=harmless)


def words_of_troubles(
    name: str, words: Sequence[Words], kind: str, *, harmless: bool
) -> CheckWords:
    """All troubles of one thing; `kind` is that of a device, and empty for anything else."""
    meaning = "" if harmless else KINDS.get(kind, "")
    return CheckWords(
        name,
        _DEVICE_GOOD,
        " ".join([*(each.full for each in words), meaning]).strip(),
        " ".join(dict.fromkeys(each.remedy for each in words)),
    )


def title_of_check(name: str, kind: str) -> str:
    """What a check is called in a list; `kind` is that of a device."""
    if kind:
        return staff_name(name, kind)
    return CHECKS[name].title if name in CHECKS else name
