"""German labels of a package, for the people who evaluate it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from babel import Locale

from kiosk.counts.coarsening import OTHERS as OTHERS_CODE
from kiosk.counts.collect import ALL_KINDS, APPOINTMENT, WALK_IN, question_item
from kiosk.counts.exact import NOT_SAID
from kiosk.domain.feedback import Misuse
from kiosk.domain.outcome import MISSED, NOTHING_RECORDED, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.counts.ledger_entry import ClosedPeriod, LedgerNames, QuestionNames

NO_OUTCOME: Final[dict[str, str]] = {
    NOTHING_RECORDED.id: NOTHING_RECORDED.label,
    MISSED: "Nicht erschienen: nach allen Aufrufen kam niemand",
    WITHDRAWN: "Nicht erschienen: vor dem Aufruf gegangen",
}

ROUNDING: Final = (
    "Alle Anzahlen sind zum Schutz der Besucherinnen und Besucher gerundet: Beim Abschluss des"
    " Zeitraums wurden alle Tabellen einmal gemeinsam durch Zufall auf Vielfache von 5 gerundet;"
    " null bleibt null. Dieselbe Summe hat in jeder Tabelle dieselbe Zahl. Insgesamt, je Standort,"
    " Themengruppe und Anliegen weicht sie um höchstens 4 von der wahren Zahl ab; in den Zeilen"
    " „übrige“ kann es mehr sein. Eine fehlende Zeile heißt nicht, dass niemand kam: null, auf null"
    " gerundet, oder zum Schutz in „übrige“ enthalten."
)
SIMULATED: Final = "Simulierte Daten: Mindestens ein Teil dieser Menschen war nie da."
UNSET_CLOCK: Final = (
    "Beim Abschluss war die Uhr des Geräts nicht gestellt: Die Grenzen des Zeitraums sind so genau"
    " wie die Uhr."
)

DEVICE: Final = "Gerät, von dem die Zahlen stammen"
PERIOD: Final = (
    "Zeitraum: Quartal oder Monat, bei vorzeitigem Abschluss mit laufender Nummer des Teils"
)
AGS: Final = "Amtlicher Gemeindeschlüssel, acht Ziffern, als Text"
DISTRICT: Final = "Stadtteil oder Bezirk des Standorts"
PARTNER: Final = "Dienststelle, die zum Anliegen berät"
AREA: Final = (
    "Schlüssel des kleinsten Gebiets, etwa ein statistischer Distrikt; leer, wo keiner gilt"
)
PLANNED: Final = "1: stand im Jahresplan, 0: nicht"
HELPED: Final = "1: mit diesem Ergebnis wurde geholfen, 0: nicht; leer: kein Ergebnis"
HELD: Final = "1: hat stattgefunden, 0: ist ausgefallen"
OTHERS: Final = "übrige"
ALL: Final = "alle"
NOT_SAID_LABEL: Final = "nicht gesagt"
NO_ANSWER: Final = "keine Antwort"

CODES: Final = {
    "date": "Tag des Einsatzes, leer, wenn die Uhr nicht gestellt war",
    "stop": "Standort",
    "group": "Themengruppe",
    "topic": "Anliegen",
    "outcome": "Ergebnis",
    "hours": (
        "Stunden (Ortszeit), etwa 10-12: von 10 bis vor 12 Uhr; leer, wenn die Uhr ungestellt war"
    ),
    "score": "Rückmeldung, 1 ist die schlechteste Stufe",
    "language": "Sprache, in der die Wartenummer gezogen wurde",
    "item": "Was am Ende eines Gesprächs notiert oder am Bildschirm gefragt wurde",
    "value": "Antwort",
    "question": "Frage, die nach dem Smiley am Bildschirm gestellt wurde",
    "answer": "Antwort auf diese Frage",
    "measure": "Wartezeit, Weg zum Platz oder Gespräch",
    "kind": "Mit oder ohne Termin",
    "minutes": (
        "Von so vielen Minuten an; eine Klasse ist 5 Minuten breit, die letzte ohne Ende; leer:"
        " nicht gemessen"
    ),
    "reason": "Warum keine Wartenummer gegeben wurde",
}
"""What each code says, by column."""

HOURS_OR_ALL: Final = "Stunden (Ortszeit), etwa 10-12: von 10 bis vor 12 Uhr; oder alle"
COUNT: Final = (
    "Menschen, Anliegen, Rückmeldungen, Termine oder Wünsche, je nach Tabelle; gerundet auf 5"
)

KINDS: Final = {
    WALK_IN: "ohne Termin",
    APPOINTMENT: "mit Termin",
    ALL_KINDS: "alle, Termine eingeschlossen",
}
MEASURES: Final = {
    "waiting": "Wartezeit bis zum ersten Aufruf",
    "way": "vom Aufruf bis zum Beginn des Gesprächs",
    "service": "Gespräch",
}
MEDIAN: Final = "{}, Median: Beginn seiner Klasse von 5 Minuten; leer, wo es zu wenige sind"
WAITING_TABLE: Final = "Wartezeiten nach Themengruppe und nach Tageszeit"
REFUSALS: Final = {
    "no_intake": "Annahme geschlossen",
    "used_up": "Kontingent aufgebraucht",
    "by_appointment": "nur mit Termin",
    "not_offered": "Anliegen an diesem Tag nicht angeboten",
}

ITEMS: Final = {
    "advice": "Umfang der Beratung",
    "occasion": "Erst- oder Folgebesuch",
    "persons": "Zahl der Personen",
    "interpreter": "Sprachmittlung nötig",
    "referral": "Verwiesen an",
    "appointment": "Termin",
    "priority": "Vorrang",
    "set_aside": "Nicht gezählte Tastendrücke auf Smileys",
}
_ANSWERS: Final = {
    ("advice", "short"): "kurz",
    ("advice", "full"): "ausführlich",
    ("occasion", "first"): "Erstbesuch",
    ("occasion", "follow_up"): "Folgebesuch",
    ("priority", "yes"): "ja",
    ("priority", "no"): "nein",
    ("interpreter", "yes"): "ja",
    ("interpreter", "no"): "nein",
    ("appointment", "appeared"): "erschienen",
    ("appointment", "not_appeared"): "nicht erschienen",
    ("set_aside", Misuse.REPEATED): "derselbe Smiley immer wieder",
    ("set_aside", Misuse.RATTLING): "verschiedene Smileys durcheinander",
    ("set_aside", Misuse.TRIAL): "beim Prüfen der Tasten",
}

_PEOPLE: Final = "Menschen, gerundet auf 5"
_SMILEYS: Final = "Rückmeldungen, gerundet auf 5"
COUNTS: Final = {
    "visits": _PEOPLE,
    "demand": _PEOPLE,
    "topics": _PEOPLE,
    "further": "weitere Anliegen, gerundet auf 5",
    "outcomes": _PEOPLE,
    "hours": _PEOPLE,
    "feedback": _SMILEYS,
    "feedback_hours": _SMILEYS,
    "survey": "Rückmeldungen, nach denen gefragt wurde, gerundet auf 5",
    "languages": _PEOPLE,
    "records": (
        "Menschen, bei Terminen Termine, bei nicht gezählten Smileys Tastendrücke; gerundet auf 5"
    ),
    "times": "Wartenummern, gerundet auf 5",
    "times_hours": "Wartenummern, gerundet auf 5",
    "refused": "abgelehnte Wünsche, gerundet auf 5",
}
"""What is counted in each table."""

TABLES: Final = {
    "visits": "Einsätze: geplant, gehalten, Menschen je Tag und Standort",
    "demand": "Nachfrage nach Standort und Themengruppe",
    "topics": "Nachfrage nach Anliegen",
    "further": "Weitere Anliegen derselben Menschen",
    "outcomes": "Ergebnisse nach Anliegen",
    "hours": "Nachfrage nach Standort und Tageszeit",
    "feedback": "Rückmeldungen nach Standort und Stufe",
    "feedback_hours": "Rückmeldungen nach Tageszeit",
    "survey": "Umfrage: Antworten auf die Frage nach dem Smiley, mit nichts gekreuzt",
    "languages": "Sprachen",
    "records": (
        "Notizen am Ende der Gespräche, Fragen am Bildschirm, Termine, nicht gezählte Smileys:"
        " jedes für sich, mit nichts gekreuzt"
    ),
    "times": "Warte-, Weg- und Gesprächszeiten nach Themengruppe",
    "times_hours": "Warte-, Weg- und Gesprächszeiten nach Tageszeit",
    "refused": "Wünsche, die abgelehnt wurden",
}
_LANGUAGES: Final = Locale.parse("de").languages
CONCERNS_TABLE: Final = "Alle Anliegen: je Mensch das erste und die weiteren, die notiert wurden"
CONCERNS: Final = "Anliegen, gerundet auf 5: Menschen und weitere zusammen"
FIRST_CONCERN: Final = "Menschen, die mit diesem Anliegen kamen"
FURTHER_CONCERN: Final = "Menschen, die damit außerdem kamen"
OFFER_TABLE: Final = "Anliegen des Angebots mit Themengruppe und Dienststelle"
JOINED: Final = (
    "Enthält auch {}: Dort kamen zu wenige Menschen, um sie für sich zu veröffentlichen."
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
    "outcome": "Ergebnis",
    "helped": "Geholfen",
    "score": "Stufe",
    "date": "Tag",
    "item": "Merkmal",
    "value": "Antwort",
    "question": "Frage",
    "answer": "Antwort",
    "name": "Name",
    "group": "Themengruppe",
    "hours": "Uhrzeit",
    "language": "Sprache",
    "measure": "Dauer wovon",
    "kind": "Art",
    "minutes": "Minuten",
    "reason": "Grund",
    "people": "Menschen",
    "further": "Weitere",
    "planned": "Geplant",
    "held": "Stattgefunden",
    "waiting_min": "Wartezeit (min)",
    "way_min": "Weg (min)",
    "service_min": "Gespräch (min)",
    "over_30_percent": "30 min und mehr (%)",
    "count": "Anzahl",
}


def period_notes(period: ClosedPeriod) -> list[str]:
    """What has to be known of this period before anything else."""
    return [
        *([SIMULATED] if period.names.simulated else []),
        *([JOINED.format(", ".join(period.joined))] if period.joined else []),
        *([] if period.clock_trusted else [UNSET_CLOCK]),
    ]


def language_label(code: str) -> str:
    known = {NOT_SAID: NOT_SAID_LABEL, OTHERS_CODE: OTHERS, "de-x-ls": "Leichte Sprache"}
    return known.get(code) or _LANGUAGES.get(code.partition("_")[0], code)


def item_labels(questions: Mapping[str, QuestionNames]) -> dict[str, str]:
    """Every item, also the questions of the profile."""
    return ITEMS | {question_item(name): asked.label for name, asked in questions.items()}


def survey_label(question: str, answer: str, names: LedgerNames) -> str:
    """An answer to a survey question in German; of one that left the profile its code."""
    if answer == NOT_SAID:
        return NO_ANSWER
    asked = names.survey.get(question)
    return asked.choices.get(answer, answer) if asked else answer


def answer_label(item: str, value: str, names: LedgerNames) -> str:
    """An answer in German; a number of persons speaks for itself."""
    if value == NOT_SAID:
        return NOT_SAID_LABEL
    if item == "referral":
        return {**names.partners, **names.offers}.get(value, value)
    choices = {
        (question_item(name), choice): text
        for name, asked in names.questions.items()
        for choice, text in asked.choices.items()
    }
    return (_ANSWERS | choices).get((item, value), value)
