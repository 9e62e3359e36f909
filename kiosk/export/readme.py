"""Builder of `LIESMICH.txt`: what an office needs to read a package, in German."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from kiosk.counts import coarsening
from kiosk.export.manifest import ENTRY, MANIFEST, PUBLIC_KEY, SIGNATURE
from kiosk.export.report.page import REPORT
from kiosk.export.tables import german
from kiosk.export.tables.tidy import LABEL
from kiosk.export.workbook.workbook import WORKBOOK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kiosk.export.contents import PackageContents
    from kiosk.export.tables.builder import CsvTable

_WIDTH: Final = 78

_TEXT: Final = """\
{service}: gerundete Zahlen für {period}

Herausgegeben von: {operator}
Gerät:             {device}
Tage:              {first_day:%d.%m.%Y} bis {last_day:%d.%m.%Y}
{notes}
WAS DAS IST

Dieser Ordner enthält die Zahlen eines Zeitraums von einem Gerät: wie viele
Menschen kamen, zu welchem Standort, mit welchem Anliegen, mit welchem
Ergebnis, und welche Rückmeldung sie gaben. Namen stehen nirgends darin.
Gerät und Zeitraum stehen in jeder Zeile: Tabellen mehrerer Geräte und
Zeiträume können Sie untereinander legen. Zählen Sie jeden Ordner nur einmal.

WAS GERUNDET HEISST

Jede Anzahl ist ein Vielfaches von 5. Das schützt die Menschen, die gezählt
wurden. Eine 5 kann für 1 bis 9 Menschen stehen, eine 10 für 6 bis 14; nur
„übrige“ kann weiter abweichen. Kleine Zahlen sagen also wenig; vergleichen
Sie Summen. Zwei Zahlen, die sich um 5 unterscheiden, können in Wahrheit
gleich sein.

Eine Zeile, die fehlt, heißt nicht, dass niemand da war: Auch 1 bis 4 Menschen
können auf 0 gerundet worden sein, und Seltenes steht zusammen als „übrige“.
Für sich stehen, jeweils gerundet:

  ein Standort                          ab {stop} Menschen
  ein Anliegen, eine Sprache            ab {topic}
  Ergebnisse je Anliegen                ab {outcome}, und ab {outcomes} im Zeitraum
  eine Themengruppe in den Wartezeiten  ab {times}
  ein Standort in den Rückmeldungen     ab {smileys} Rückmeldungen
  eine Frage der Umfrage                ab {answers} Antworten

WELCHE DATEI WELCHE FRAGE BEANTWORTET

{report} öffnen Sie im Browser: Das ist der Bericht, mit Diagrammen und dem
Vergleich mit früheren Zeiträumen. Zum Drucken genügt A4. {workbook}
hat dieselben Zahlen als Blätter für Excel, zum Filtern und Rechnen.

{tables}

Jede Tabelle gibt es zweimal, mit denselben Zeilen:

  NAME_excel.csv  öffnen Sie mit einem Doppelklick in Excel
  NAME.csv        ist für Auswertungsprogramme (UTF-8, Komma)

Schlüssel mit führender Null, etwa 05513000, bleiben in Excel erhalten.

WIE ANLIEGEN ZU LESEN SIND

Ein Mensch kann mit mehreren Anliegen kommen. topics.csv zählt Menschen, jeden
einmal, mit dem Anliegen der Wartenummer. further.csv zählt die weiteren
Anliegen, die am Ende des Gesprächs notiert wurden. concerns.csv zählt beide
zusammen; wo nichts Weiteres notiert wurde, hat sie keine Zeile.

WAS DIE SPALTEN BEDEUTEN

Neben jedem Code, etwa „Standort (Code)“, steht, was er heißt. Für Programme
steht alles auch in datapackage.json.

{columns}

WIE WARTEZEITEN ZU LESEN SIND

waiting.csv hat eine Zeile für alle Menschen und dazu je eine für jede
Themengruppe und jede Tageszeit: Addieren Sie diese Zeilen nicht. Der Median
ist die Zeit der Person in der Mitte, in Klassen von 5 Minuten: 10 heißt 10 bis
unter 15 Minuten, 0 heißt unter 5. Er bleibt leer, wo es zu wenige waren.

OB DAS PAKET VOLLSTÄNDIG UND ECHT IST

Das Gerät hat das Paket digital signiert. Mit Radhaus prüfen Sie es, auch
viele Pakete zusammen:

  kiosk counts verify ORDNER

Ohne Radhaus, in diesem Ordner, unter Linux oder in der Git Bash:

  sha256sum -c {manifest}
  openssl pkeyutl -verify -pubin -inkey {public_key} -rawin \\
    -in {manifest} -sigfile {signature}

Der erste Befehl findet geänderte Dateien, der zweite ein Verzeichnis, das
nicht zum Schlüssel passt. Ob {public_key} der Schlüssel Ihres Geräts
ist, sagt nur das Gerät selbst: "kiosk counts key" zeigt dort dieselben
Zeichen. {manifest} nennt die Nummer des Pakets und den Vorgänger: So
fällt ein fehlendes Paket auf. {entry} sind dieselben Zahlen noch
einmal, aus denen "kiosk office" viele Geräte zusammenrechnet.
"""


def make_readme(contents: PackageContents) -> dict[str, bytes]:
    """With BOM and CRLF, so that every editor on Windows shows umlauts and lines."""
    period = contents.period
    text = _TEXT.format(
        service=period.names.service,
        operator=period.names.operator,
        device=_device(contents),
        period=period.period,
        first_day=period.first_day,
        last_day=period.last_day,
        notes=_notes(contents),
        tables=_table_list({f"{table.name}.csv": table.title for table in contents.tables}),
        columns=_table_list(_column_meanings(contents.tables)),
        stop=coarsening.LEAST_STOP,
        topic=coarsening.LEAST_TOPIC,
        outcome=coarsening.LEAST_OUTCOME_ROW,
        outcomes=coarsening.LEAST_FOR_OUTCOMES,
        times=coarsening.LEAST_TIMES_ROW,
        smileys=coarsening.LEAST_SMILEYS_OF_STOP,
        answers=coarsening.LEAST_ANSWERS,
        entry=ENTRY,
        manifest=MANIFEST,
        public_key=PUBLIC_KEY,
        report=REPORT,
        workbook=WORKBOOK,
        signature=SIGNATURE,
    )
    return {"LIESMICH.txt": "\ufeff".encode() + text.replace("\n", "\r\n").encode()}


def _column_meanings(tables: Sequence[CsvTable]) -> dict[str, str]:
    """What the headers for Excel do not say themselves; `count` is another thing in each table."""
    meanings = {german.HEADERS["count"]: german.COUNT}
    for column in (column for table in tables for column in table.columns):
        header = german.HEADERS.get(column.name, column.name)
        if not header.endswith(LABEL) and header != column.meaning:
            meanings.setdefault(header, column.meaning)
    return meanings


def _device(contents: PackageContents) -> str:
    names = contents.period.names
    return f"{names.device_name} ({names.device})" if names.device_name else names.device


def _notes(contents: PackageContents) -> str:
    notes = german.period_notes(contents.period)
    return "".join(f"\n{textwrap.fill(note, _WIDTH)}\n" for note in notes)


def _table_list(titles: Mapping[str, str]) -> str:
    width = max(map(len, titles)) + 2
    return "\n".join(
        textwrap.fill(
            title,
            _WIDTH,
            initial_indent=f"  {name:<{width}}",
            subsequent_indent=" " * (width + 2),
        )
        for name, title in titles.items()
    )
