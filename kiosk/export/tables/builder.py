"""Builder of the tables of a package: the cells of the ledger as rows, with codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kiosk.counts.coarsening import OTHERS, regroup
from kiosk.counts.ledger_entry import READY_NAMES, TABLES
from kiosk.export.tables import german
from kiosk.export.tables.codes import labels_of
from kiosk.export.tables.wait_medians import ALL, MEANINGS, waiting_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kiosk.counts.cell import Code
    from kiosk.counts.ledger_entry import ClosedPeriod

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column, its meaning, and the codes that may stand in it, each with its label."""

    name: str
    type: Literal["string", "integer", "number", "date"]
    meaning: str
    codes: Mapping[str, str] | None = None
    pattern: str | None = None
    least: int | None = None
    most: int | None = None
    required: bool = True


@dataclass(frozen=True, slots=True)
class CsvTable:
    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]


def build_tables(periods: Sequence[ClosedPeriod]) -> list[CsvTable]:
    """All tables over these closed periods, which stand in the order of the calendar."""
    plain = [_table(name, periods) for name in TABLES if name != "visits"]
    made = (_concerns, _visits, _waiting, _stops, _offer)
    return [*plain, *(make(periods) for make in made)]


_LEAST = {"score": 1, "minutes": 0}
_MAY_BE_UNKNOWN = ("date", "hours", "minutes")


def _table(name: str, periods: Sequence[ClosedPeriod]) -> CsvTable:
    labels = labels_of(name, periods)
    columns = [_code_column(code, labels.get(code)) for code in TABLES[name]]
    if "value" in TABLES[name]:  # what a value means depends on its item
        columns.append(Column("value_label", "string", german.IN_WORDS.format("Antwort")))
    if "answer" in TABLES[name]:
        columns.append(Column("answer_label", "string", german.IN_WORDS.format("Antwort")))
    if "outcome" in TABLES[name]:
        columns.append(Column("helped", "integer", german.HELPED, least=0, most=1, required=False))
    columns.append(Column("count", "integer", german.COUNTS[name], least=0))
    rows = [
        (*cell, *_value_label(name, cell, period), *_helped(name, cell, period), count)
        for period in periods
        for cell, count in period.tables.get(name, [])
    ]
    return CsvTable(name, german.TABLES[name], tuple(columns), rows)


def _code_column(code: str, labels: Mapping[str, str] | None) -> Column:
    required = code not in _MAY_BE_UNKNOWN
    if code in _LEAST:
        return Column(code, "integer", german.CODES[code], least=_LEAST[code], required=required)
    if code == "date":
        return Column(code, "date", german.CODES[code], required=required)
    return Column(code, "string", german.CODES[code], codes=labels, required=required)


def _value_label(name: str, cell: tuple[Cell, ...], period: ClosedPeriod) -> tuple[str, ...]:
    if "answer" in TABLES[name]:
        return (german.survey_label(str(cell[0]), str(cell[1]), period.names),)
    if "value" not in TABLES[name]:
        return ()
    return (german.answer_label(str(cell[0]), str(cell[1]), period.names),)


def _helped(name: str, cell: tuple[Cell, ...], period: ClosedPeriod) -> tuple[int | None, ...]:
    if "outcome" not in TABLES[name]:
        return ()
    code = str(cell[TABLES[name].index("outcome")])
    named = period.names.outcomes.get(code) or READY_NAMES.get(code)
    return (int(named.helped) if named else None,)


def _concerns(periods: Sequence[ClosedPeriod]) -> CsvTable:
    """Concerns by topic: the people who came for it, and those who also came for it."""
    labels = labels_of("topics", periods)
    columns = (
        _code_column("group", labels["group"]),
        _code_column("topic", labels["topic"]),
        Column("people", "integer", german.FIRST_CONCERN, least=0),
        Column("further", "integer", german.FURTHER_CONCERN, least=0),
        Column("count", "integer", german.CONCERNS, least=0),
    )
    rows = [row for period in periods for row in concern_rows(period)]
    return CsvTable("concerns", german.CONCERNS_TABLE, columns, rows)


def concern_rows(period: ClosedPeriod) -> Iterable[tuple[Code, Code, int, int, int]]:
    """A topic has a row where both tables show it, the rest stands with its group.

    None where no further concern was noted: then it is unknown how many concerns there were.
    """
    people, further = (dict(period.tables.get(name, [])) for name in ("topics", "further"))
    if not further:
        return
    shown = people.keys() & further.keys()
    first, also = (
        regroup(cells, lambda c: c if c in shown else (c[0], OTHERS)) for cells in (people, further)
    )
    for cell in first | also:
        group, topic = cell
        yield group, topic, first[cell], also[cell], first[cell] + also[cell]


def _visits(periods: Sequence[ClosedPeriod]) -> CsvTable:
    """Each day at a stop: whether it was planned, whether held, and how many came."""
    columns = (
        _code_column("date", None),
        _code_column("stop", labels_of("visits", periods)["stop"]),
        Column("planned", "integer", german.PLANNED, least=0, most=1),
        Column("held", "integer", german.HELD, least=0, most=1),
        Column("count", "integer", german.COUNTS["visits"], least=0),
    )
    rows = [row for period in periods for row in _visit_rows(period)]
    return CsvTable("visits", german.TABLES["visits"], columns, rows)


def _visit_rows(period: ClosedPeriod) -> Iterable[tuple[Cell, ...]]:
    counts = {(date, str(stop)): n for (date, stop), n in period.tables.get("visits", [])}
    planned = {(str(day.date), day.stop) for day in period.days if day.planned and day.date}
    for date, stop in sorted(counts.keys() | planned, key=lambda key: (str(key[0] or ""), key[1])):
        held = (date, stop) in counts
        yield date, stop, int((date, stop) in planned), int(held), counts.get((date, stop), 0)


def _waiting(periods: Sequence[ClosedPeriod]) -> CsvTable:
    """What evaluators ask of the times, ready to read."""
    labels = labels_of("times", periods)
    rows = [row for period in periods for row in waiting_rows(period)]
    hours = {str(row[0]): str(row[0]) for row in rows} | {ALL: german.ALL}
    columns = (
        Column("hours", "string", german.HOURS_OR_ALL, codes=hours),
        _code_column("group", {**labels["group"], ALL: german.ALL}),
        _code_column("kind", labels["kind"]),
        Column("count", "integer", german.COUNTS["times"], least=0),
        *(
            Column(name, "integer", meaning, least=0, required=False)
            for name, meaning in MEANINGS.items()
        ),
    )
    return CsvTable("waiting", german.WAITING_TABLE, columns, rows)


def _stops(periods: Sequence[ClosedPeriod]) -> CsvTable:
    """Every stop of the profile, also those without any visitor."""
    columns = (
        Column("stop", "string", german.CODES["stop"]),
        Column("name", "string", german.CODES["stop"]),
        Column("ags", "string", german.AGS, pattern=r"\d{8}"),
        Column("district", "string", german.DISTRICT),
        Column("area", "string", german.AREA, required=False),
    )
    rows = [
        tuple(cell or None for cell in (code, at.name, at.ags, at.district, at.area))
        for period in periods
        for code, at in sorted(period.names.stops.items())
    ]
    return CsvTable("stops", german.STOPS_TABLE, columns, rows)


def _offer(periods: Sequence[ClosedPeriod]) -> CsvTable:
    """Every topic of the profile with its group and who advises on it."""
    labels = labels_of("topics", periods)
    partners = {code: name for p in periods for code, name in p.names.partners.items()}
    columns = (
        _code_column("topic", labels["topic"]),
        _code_column("group", labels["group"]),
        Column("partner", "string", german.PARTNER, codes=partners or None, required=False),
    )
    rows = [
        (topic, named.group, named.partner or None)
        for period in periods
        for topic, named in sorted(period.names.topics.items())
    ]
    return CsvTable("offer", german.OFFER_TABLE, columns, rows)
