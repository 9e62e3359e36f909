"""Summary of docs/audit.md in German, for the page of the data protection officer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

AUDIT, PAGE = Path("docs/audit.md"), Path("docs/datenschutz.md")
_BLOCK = re.compile(r"(?<=<!-- audit -->\n).*(?=<!-- /audit -->)", re.DOTALL)
_OF = {
    "topic": "Anliegen",
    "outcome": "Ausgang",
    "smiley": "Smiley",
    "survey answer": "Antwort der Umfrage",
}


def write_summary() -> None:
    """Put the summary of the audit as it stands into the page."""
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(_BLOCK.sub(lambda _: summary(), page), encoding="utf-8")


def written_summary() -> str:
    """What the page has."""
    found = _BLOCK.search(PAGE.read_text(encoding="utf-8"))
    return found[0] if found else ""


def summary() -> str:
    """The German table of the audit as it stands."""
    rows = ["| Angriff | Ergebnis |", "| --- | --- |", *map(_row, _results(_tables()))]
    return "\n".join([*rows, ""])


def _results(tables: list[list[dict[str, str]]]) -> Iterator[tuple[str, str]]:
    bounds, insiders = _with(tables, "exact"), _with(tables, "certain")
    cells = sum(int(row["cells"]) for row in bounds)
    exact = sum(int(row["exact"]) for row in bounds)
    least = min(int(row["fewest values"]) for row in bounds)
    yield (
        "aus allen Tabellen zusammen zurückrechnen, auch mit mitgelesener Anzeige",
        f"{exact} von {cells} Zahlen genau bestimmt; je Zahl bleiben mindestens {least} Werte",
    )
    for name, german in _OF.items():
        of = [row for row in insiders if row["of what"] == name]
        right, certain = (max(float(row[column]) for row in of) for column in ("right", "certain"))
        attack = f"alle anderen kennen und auf die letzte Person schließen: {german}"
        mean = f"höchstens {_percent(right)} richtig geraten, {_percent(certain)} sicher"
        told = f"im Mittel vieler Quartale {mean}"
        profiles = [row for row in _with(tables, "profile") if name in row]
        if profiles:  # a survey is not played
            played = max(float(row[name].partition(" / ")[2]) for row in profiles)
            told += f"; bei gespielten Quartalen eines Profils bis {_percent(played)} sicher"
        yield attack, told
    for row in _with(tables, "succeeds"):
        learned = _OF.get(row["attack"].removeprefix("insider, "))
        scheme = ", ".join(filter(None, [_SCHEMES[row["scheme"]], learned]))
        yield f"zur Gegenprobe ohne Schutz ({scheme})", f"gelingt in {row['succeeds']}"


_SCHEMES = {
    "cells below five left out, sums exact": "kleine Zahlen nur weggelassen",
    "each of 50 exports rounded anew": "bei jedem Export neu gerundet",
    "exact tables": "ungerundete Tabellen",
}


def _with(tables: list[list[dict[str, str]]], column: str) -> list[dict[str, str]]:
    return next(table for table in tables if column in table[0])


def _tables() -> list[list[dict[str, str]]]:
    tables: list[list[dict[str, str]]] = []
    header: list[str] = []
    for line in AUDIT.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            header = []
        elif not header:
            header = cells
            tables.append([])
        elif not set(line) <= set("| -"):
            tables[-1].append(dict(zip(header, cells, strict=True)))
    return tables


def _percent(share: float) -> str:
    return f"{share:.1%}".replace(".", ",").replace("%", " %")


def _row(cells: tuple[str, str]) -> str:
    return f"| {cells[0]} | {cells[1].replace('%', ' %').replace('  %', ' %')} |"
