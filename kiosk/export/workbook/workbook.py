"""Builder of `bericht.xlsx`: one period of one box for people who work in Excel."""

from __future__ import annotations

import textwrap
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook

from kiosk.export.report.words import unit_in_words
from kiosk.export.tables import german
from kiosk.export.workbook import statistics
from kiosk.export.workbook.workbook_table import A4, LINE_POINTS, write_table

if TYPE_CHECKING:
    from kiosk.counts.ledger_entry import ClosedPeriod

WORKBOOK: Final = "bericht.xlsx"
_NOTE: Final = (
    "Alle Anzahlen sind auf Vielfache von 5 gerundet; eine fehlende Zeile heißt nicht null."
)
_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_LABEL_WIDTH, _TEXT_WIDTH = 26, 90
_SHEETS: Final = {
    statistics.visits_table: "jeder Einsatz mit Tag, Standort und Menschen",
    statistics.stops_table: "jeder Standort mit Einsätzen und Menschen, und weswegen sie kamen",
    statistics.appearance_table: "wer erschien und wer nicht, mit und ohne Termin",
    statistics.topics_table: "jedes Anliegen mit Menschen, weiteren Anliegen und Ergebnissen",
    statistics.waiting_table: "Warten, Weg und Gespräch als Mediane",
    statistics.feedback_table: "Smileys nach Standort",
    statistics.survey_table: "Antworten auf die Frage nach dem Smiley",
    statistics.cells_table: "alle Zellen mit ihren Codes, zum Filtern und für Pivot-Tabellen",
}
"""The maker of each sheet, and what it answers."""


def make_workbook(period: ClosedPeriod, source: str = "") -> bytes:
    """The same period gives the same bytes. `source` says whose it is, if not of one box."""
    content = BytesIO()
    with Workbook(content, _OPTIONS) as workbook:
        created = datetime.combine(period.last_day, datetime.min.time())
        workbook.set_properties({"title": _title(period), "created": created})
        sheets = [(make(period), answers) for make, answers in _SHEETS.items()]
        answered = {sheet.name: answers for sheet, answers in sheets}
        _write_readme(workbook, period, source or _device(period), answered)
        for sheet, _ in sheets:
            write_table(workbook, sheet, f"{_time(period)}. {_NOTE}")
    return content.getvalue()


def _title(period: ClosedPeriod) -> str:
    return f"{period.names.service}: gerundete Zahlen, {_units(period)}"


def _device(period: ClosedPeriod) -> str:
    return f"Gerät {period.names.device_name or period.names.device}"


def _time(period: ClosedPeriod) -> str:
    return f"{_units(period)}, {period.first_day:%d.%m.%Y} bis {period.last_day:%d.%m.%Y}"


def _units(period: ClosedPeriod) -> str:
    """The period in words, or the first and the last of several."""
    units = " bis ".join(map(unit_in_words, period.unit.split(" bis ")))
    part = f", Teil {period.part}" if period.part and period.period != period.unit else ""
    return f"{units}{part}"


def _write_readme(
    workbook: Workbook, period: ClosedPeriod, source: str, answers: dict[str, str]
) -> None:
    """Whose numbers these are, and a link to each sheet with what it answers."""
    page = workbook.add_worksheet("Lies mich")
    page.set_column(0, 0, _LABEL_WIDTH)
    page.set_column(1, 1, _TEXT_WIDTH)
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    bold = workbook.add_format({"bold": True, "valign": "top"})
    page.write_string(0, 0, _title(period), workbook.add_format({"bold": True, "font_size": 14}))
    lines = [
        ("Herausgegeben von", period.names.operator),
        ("Gezählt von", source),
        ("Zeitraum", _time(period)),
        *(("Hinweis", note) for note in german.period_notes(period)),
        ("Rundung", german.ROUNDING),
        *answers.items(),
    ]
    for row, (label, text) in enumerate(lines, 2):
        if label in answers:
            page.write_url(row, 0, f"internal:'{label}'!A1", string=label)
        else:
            page.write_string(row, 0, label, bold)
        page.write_string(row, 1, text, wrapped)
        page.set_row(row, LINE_POINTS * len(textwrap.wrap(text, _TEXT_WIDTH)))
