"""German labels of a package, for the people who evaluate it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.counts.collect import MISSED, NOT_SAID, WITHDRAWN, question_item
from kiosk.domain.feedback import Misuse
from kiosk.settings.texts import outcomes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.counts.ledger_entry import QuestionNames
    from kiosk.store.counters import RecordKey

OUTCOMES: Final[dict[str, str]] = {
    **outcomes.OUTCOMES,
    MISSED: "Nicht erschienen: nach allen Aufrufen kam niemand",
    WITHDRAWN: "Nicht erschienen: vor dem Aufruf gegangen",
}

ROUNDING: Final = (
    "Alle Anzahlen sind zum Schutz der Besucherinnen und Besucher gerundet: Jede Zelle wurde beim"
    " Abschluss des Zeitraums einmal durch Zufall auf eines der beiden benachbarten Vielfachen von"
    " 5 gerundet, mit unverändertem Erwartungswert; null bleibt null. Jede Zelle weicht um"
    " höchstens 4 von der wahren Zahl ab, eine Summe vieler Zellen um mehr, im Verhältnis zu ihrer"
    " Größe aber um weniger. Eine fehlende Zeile heißt: null, oder auf null gerundet."
)
SIMULATED: Final = "Simulierte Daten: Mindestens ein Teil dieser Menschen war nie da."
UNSET_CLOCK: Final = (
    "Bei mindestens einem Zeitraum war die Uhr des Geräts nicht gestellt: Seine Grenzen sind so"
    " genau wie die Uhr."
)

PERIOD: Final = "Zeitraum: Monat, bei vorzeitigem Abschluss mit laufender Nummer des Teils"
DEVICE: Final = "Gerät, von dem die Zahlen stammen"
AGS: Final = "Amtlicher Gemeindeschlüssel, acht Ziffern, als Text"
STOP: Final = "Standort"
DISTRICT: Final = "Stadtteil oder Bezirk des Standorts"
PARTNER: Final = "Dienststelle, die zum Anliegen berät"
TOPIC: Final = "Anliegen"
HOUR: Final = "Stunde (Ortszeit), leer, wenn die Uhr nicht gestellt war"
OUTCOME: Final = "Ergebnis"
SCORE: Final = "Rückmeldung, 1 ist die schlechteste Stufe"
DATE: Final = "Tag des Einsatzes, leer, wenn die Uhr nicht gestellt war"
AREA: Final = (
    "Schlüssel des kleinsten Gebiets, etwa ein statistischer Distrikt; leer, wo keiner gilt"
)
ITEM: Final = "Was am Ende eines Gesprächs notiert oder am Bildschirm gefragt wurde"
VALUE: Final = "Antwort: ihr Code"
LABEL: Final = "Antwort in Worten"
TALKS: Final = (
    "Gespräche mit dieser Antwort, bei Fragen am Bildschirm Wartenummern, bei Terminen Termine, bei"
    " nicht gezählten Smileys Tastendrücke;"
    " gerundet auf 5; wozu nichts notiert wurde, fehlt"
)

ITEMS: Final = {
    "advice": "Umfang der Beratung",
    "occasion": "Erst- oder Folgebesuch",
    "persons": "Zahl der Personen",
    "interpreter": "Sprachmittlung nötig",
    "referral": "Verwiesen an",
    "appointment": "Termin",
    "set_aside": "Nicht gezählte Tastendrücke auf Smileys",
}
_ANSWERS: Final = {
    ("advice", "short"): "kurz",
    ("advice", "full"): "ausführlich",
    ("occasion", "first"): "Erstbesuch",
    ("occasion", "follow_up"): "Folgebesuch",
    ("interpreter", "yes"): "ja",
    ("interpreter", "no"): "nein",
    ("appointment", "appeared"): "erschienen",
    ("appointment", "not_appeared"): "nicht erschienen",
    ("set_aside", Misuse.REPEATED): "derselbe Smiley immer wieder",
    ("set_aside", Misuse.RATTLING): "verschiedene Smileys durcheinander",
    ("set_aside", Misuse.TRIAL): "beim Prüfen der Tasten",
}

TICKETS: Final = "Wartenummern, gerundet auf 5"
FEEDBACKS: Final = "Rückmeldungen, gerundet auf 5"

DEMAND_TABLE: Final = "Nachfrage: Wartenummern nach Standort, Anliegen, Stunde und Ergebnis"
FEEDBACK_TABLE: Final = "Rückmeldungen nach Standort, Stunde und Stufe"
VISITS_TABLE: Final = "Einsätze: Wartenummern nach Tag und Standort"
RECORDS_TABLE: Final = (
    "Notizen am Ende der Gespräche, Fragen am Bildschirm, Termine, nicht gezählte Smileys:"
    " jedes für sich, mit nichts gekreuzt"
)
STOPS_TABLE: Final = "Standorte mit ihren Gebietsschlüsseln"


IN_WORDS: Final = "{}: in Worten"
FOR_EXCEL: Final = "für Excel"

HEADERS: Final = {
    "device": "Gerät",
    "period": "Zeitraum",
    "ags": "Gemeindeschlüssel",
    "stop": "Standort",
    "district": "Stadtteil",
    "area": "Gebiet",
    "partner": "Dienststelle",
    "topic": "Anliegen",
    "hour": "Stunde",
    "outcome": "Ergebnis",
    "score": "Stufe",
    "date": "Tag",
    "item": "Merkmal",
    "value": "Antwort",
    "label": "Antwort in Worten",
    "name": "Name",
    "group": "Themengruppe",
    "hours": "Uhrzeit",
    "language": "Sprache",
    "measure": "Dauer wovon",
    "kind": "Art",
    "minutes": "Minuten",
    "reason": "Grund",
    "planned": "Geplant",
    "held": "Stattgefunden",
    "count": "Anzahl",
}


def item_labels(questions: Mapping[str, QuestionNames]) -> dict[str, str]:
    """Every item, also the questions of the profile."""
    return ITEMS | {question_item(name): asked.label for name, asked in questions.items()}


def answer_label(key: RecordKey, questions: Mapping[str, QuestionNames]) -> str:
    """An answer in German; a number of persons speaks for itself."""
    if key.value == NOT_SAID:
        return "nicht gesagt"
    choices = {
        (question_item(name), choice): text
        for name, asked in questions.items()
        for choice, text in asked.choices.items()
    }
    return (_ANSWERS | choices).get((key.item, key.value), key.value)
