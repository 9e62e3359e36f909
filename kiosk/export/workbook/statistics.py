"""Sheets of the workbook by the names of ZMS, from one closed period."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

from kiosk.counts.coarsening import OTHERS
from kiosk.counts.ledger_entry import TABLES
from kiosk.domain.outcome import MISSED, WITHDRAWN
from kiosk.export.tables import german
from kiosk.export.tables.builder import build_tables, concern_rows
from kiosk.export.tables.codes import labels_of
from kiosk.export.tables.wait_medians import ALL, MEANINGS, waiting_rows
from kiosk.export.workbook.workbook_table import BarChart, WorkbookTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.export.tables.builder import Cell

_TEN: Final = 10


def visits_table(period: ClosedPeriod) -> WorkbookTable:
    """Kundenstatistik: each day at a stop, and its people."""
    visits = next(table for table in build_tables([period]) if table.name == "visits")
    stops = labels_of("visits", [period])["stop"]
    rows = [
        (_date(day), str(stop), stops.get(str(stop), str(stop)), *_yes(planned, held), count)
        for day, stop, planned, held, count in visits.rows
    ]
    headers = ("Tag", "Standort (Code)", "Standort", "Geplant", "Stattgefunden", "Menschen")
    people = headers.index("Menschen")
    return WorkbookTable(
        "Kundenstatistik", german.TABLES["visits"], headers, rows, summed=(people,)
    )


def _date(day: Cell) -> date | None:
    return date.fromisoformat(str(day)) if day else None


def _yes(*flags: Cell) -> tuple[str, ...]:
    return tuple("ja" if flag else "nein" for flag in flags)


def stops_table(period: ClosedPeriod) -> WorkbookTable:
    """Standortstatistik: each stop with its visits and people, and what groups they came for."""
    labels = labels_of("demand", [period])
    people: dict[str, Counter[str]] = {}
    for (stop, group), n in period.tables.get("demand", []):
        people.setdefault(str(stop), Counter())[str(group)] += n
    groups = sorted(
        {group for counted in people.values() for group in counted},
        key=lambda group: (group == OTHERS, labels["group"].get(group, group).casefold()),
    )
    visits = Counter(day.stop if day.stop in people else OTHERS for day in period.days if day.held)
    rows: list[Sequence[Cell]] = []
    for stop, counted in people.items():
        at = period.names.stops.get(stop)
        label, told = labels["stop"].get(stop, stop), [counted.get(group) for group in groups]
        district = at.district if at else None
        rows.append((label, stop, district, visits.get(stop), counted.total(), *told))
    rows.sort(key=lambda row: (row[1] == OTHERS, str(row[0]).casefold()))
    names = [labels["group"].get(group, group) for group in groups]
    headers = ("Standort", "Standort (Code)", "Stadtteil", "Einsätze", "Menschen", *names)
    chart = BarChart("Menschen nach Standort", 0, headers.index("Menschen"), len(rows))
    summed = tuple(range(headers.index("Einsätze"), len(headers)))
    return WorkbookTable("Standortstatistik", _STOPS_TITLE, headers, rows, chart, summed)


_STOPS_TITLE: Final = "Menschen je Standort, und mit welcher Themengruppe sie kamen"


def appearance_table(period: ClosedPeriod) -> WorkbookTable:
    """Erschienen: who came to a desk and who did not, and the appointments."""
    outcomes = Counter[str]()
    for (_, _, outcome), n in period.tables.get("outcomes", []):
        outcomes[str(outcome)] += n
    absent = {MISSED: outcomes.pop(MISSED, 0), WITHDRAWN: outcomes.pop(WITHDRAWN, 0)}
    rows: list[tuple[Cell, ...]] = [("Erschienen", outcomes.total())]
    rows += [(german.NO_OUTCOME[code], n) for code, n in absent.items()]
    rows += [
        (f"Termin: {german.answer_label('appointment', str(value), period.names)}", n)
        for (item, value), n in period.tables.get("records", [])
        if item == "appointment"
    ]
    return WorkbookTable("Erschienen", "Erschienen und nicht erschienen", ("Wer", "Anzahl"), rows)


def topics_table(period: ClosedPeriod) -> WorkbookTable:
    """Dienstleistungsstatistik: each topic with its people, concerns and outcomes."""
    labels, outcomes = labels_of("topics", [period]), labels_of("outcomes", [period])["outcome"]
    told = {(g, t): (further, count) for g, t, _, further, count in concern_rows(period)}
    crossed: Counter[tuple[str, str, str]] = Counter()
    for (group, topic, outcome), n in period.tables.get("outcomes", []):
        crossed[str(group), str(topic), str(outcome)] += n
    shown = [code for code in outcomes if any(cell[2] == code for cell in crossed)]
    rows = []
    for (group, topic), people in period.tables.get("topics", []):
        key = (str(group), str(topic))
        named = period.names.topics.get(key[1])
        partner = period.names.partners.get(named.partner) if named else None
        further, count = told.get((group, topic), (None, None))
        ended = [crossed.get((*key, code)) for code in shown]
        names = (labels["group"].get(key[0], key[0]), labels["topic"].get(key[1], key[1]))
        rows.append((key[1], *names, partner, people, further, count, *ended))
    rows.sort(key=lambda row: (row[0] == OTHERS, -int(row[4] or 0), str(row[2])))
    headers = (
        *("Anliegen (Code)", "Themengruppe", "Anliegen", "Dienststelle", "Menschen"),
        *("Weitere", "Anliegen zusammen", *(outcomes[code] for code in shown)),
    )
    chart = BarChart("Die häufigsten Anliegen", 2, 4, _TEN)
    return WorkbookTable("Dienstleistungsstatistik", german.TABLES["topics"], headers, rows, chart)


_HOURS: Final = {ALL: german.ALL, OTHERS: german.OTHERS}


def waiting_table(period: ClosedPeriod) -> WorkbookTable:
    """Wartestatistik: medians by hours and topic group."""
    groups = {**labels_of("times", [period])["group"], ALL: german.ALL}
    rows: list[Sequence[Cell]] = [
        (
            _HOURS.get(str(hours), str(hours)),
            groups[str(group)],
            german.KINDS[str(kind)],
            *told,
        )
        for hours, group, kind, *told in waiting_rows(period)
    ]
    headers = (
        "Uhrzeit",
        "Themengruppe",
        "Art",
        "Gezählt",
        *map(german.HEADERS.__getitem__, MEANINGS),
    )
    return WorkbookTable("Wartestatistik", german.WAITING_TABLE, headers, rows)


def feedback_table(period: ClosedPeriod) -> WorkbookTable:
    """Rückmeldungen: smileys of each stop by score."""
    stops = labels_of("feedback", [period])["stop"]
    scores: dict[str, Counter[int]] = {}
    for (stop, score), n in period.tables.get("feedback", []):
        scores.setdefault(str(stop), Counter())[int(str(score))] += n
    levels = range(1, period.names.score_levels + 1)
    rows: list[Sequence[Cell]] = [
        (stop, stops.get(stop, stop), *(counted[level] for level in levels), counted.total())
        for stop, counted in sorted(scores.items(), key=lambda row: (row[0] == OTHERS, row[0]))
    ]
    headers = ("Standort (Code)", "Standort", *(f"Stufe {n}" for n in levels), "Zusammen")
    chart = BarChart("Rückmeldungen nach Standort", 1, len(headers) - 1, len(rows))
    return WorkbookTable("Rückmeldungen", german.TABLES["feedback"], headers, rows, chart)


def survey_table(period: ClosedPeriod) -> WorkbookTable:
    """Umfrage: each question that followed a smiley with its answers."""
    questions = labels_of("survey", [period])["question"]
    rows: list[Sequence[Cell]] = [
        (
            str(question),
            questions.get(str(question), str(question)),
            german.survey_label(str(question), str(answer), period.names),
            n,
        )
        for (question, answer), n in period.tables.get("survey", [])
    ]
    headers = ("Frage (Code)", "Frage", "Antwort", "Rückmeldungen")
    return WorkbookTable("Umfrage", german.TABLES["survey"], headers, rows)


def cells_table(period: ClosedPeriod) -> WorkbookTable:
    """Daten: every published cell, one below the other, with codes."""
    columns = list(dict.fromkeys(code for codes in TABLES.values() for code in codes))
    rows = list(_cells(period, columns))
    headers = ("Tabelle", *(german.HEADERS[column] for column in columns), german.HEADERS["count"])
    return WorkbookTable("Daten", "Alle veröffentlichten Zellen mit ihren Codes", headers, rows)


def _cells(period: ClosedPeriod, columns: list[str]) -> Iterable[tuple[Cell, ...]]:
    for table, codes in TABLES.items():
        for cell, n in period.tables.get(table, []):
            found = dict(zip(codes, cell, strict=True))
            values = ("" if found.get(c) is None else str(found[c]) for c in columns)
            yield (table, *values, n)
