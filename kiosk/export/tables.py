"""Builder of the tables of a package: sums of ledger cells, as rows and as CSV."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kiosk.export import german
from kiosk.export.escaping import escape_formula

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
    stop = Column("stop", "string", german.STOP, codes=_stop_codes(periods))
    return [
        _demand(periods, stop),
        _feedback(periods, stop),
        _visits(periods, stop),
        _records(periods),
        _stops(periods, stop),
    ]


_PERIOD = Column("period", "string", german.PERIOD, pattern=r"\d{4}-\d{2}(\.\d+)?")
_HOUR = Column("hour", "integer", german.HOUR, least=0, most=23, required=False)
_TICKETS = Column("count", "integer", german.TICKETS, least=0)
_FEEDBACKS = Column("count", "integer", german.FEEDBACKS, least=0)


def _demand(periods: Sequence[ClosedPeriod], stop: Column) -> CsvTable:
    columns = (
        _PERIOD,
        Column("ags", "string", german.AGS, pattern=r"\d{8}", required=False),
        stop,
        Column("district", "string", german.DISTRICT, required=False),
        Column("partner", "string", german.PARTNER, codes=_partner_codes(periods), required=False),
        Column("topic", "string", german.TOPIC, codes=_topic_codes(periods)),
        _HOUR,
        Column("outcome", "string", german.OUTCOME, codes=german.OUTCOMES),
        _TICKETS,
    )
    rows = [row for period in periods for row in sorted(_demand_rows(period), key=_by_cells)]
    return CsvTable("demand", german.DEMAND_TABLE, columns, rows)


def _demand_rows(period: ClosedPeriod) -> Iterable[tuple[Cell, ...]]:
    for key, count in period.demand:
        stop, topic = period.names.stops.get(key.stop), period.names.topics.get(key.topic)
        yield (
            period.period,
            escape_formula(stop.ags) if stop else None,
            escape_formula(key.stop),
            escape_formula(stop.district) if stop else None,
            escape_formula(topic.partner) if topic else None,
            escape_formula(key.topic),
            key.hour,
            key.outcome,
            count,
        )


def _feedback(periods: Sequence[ClosedPeriod], stop: Column) -> CsvTable:
    score = Column("score", "integer", german.SCORE, least=1)
    rows = [row for period in periods for row in sorted(_feedback_rows(period), key=_by_cells)]
    columns = (_PERIOD, stop, _HOUR, score, _FEEDBACKS)
    return CsvTable("feedback", german.FEEDBACK_TABLE, columns, rows)


def _feedback_rows(period: ClosedPeriod) -> Iterable[tuple[Cell, ...]]:
    for key, count in period.feedback:
        yield period.period, escape_formula(key.stop), key.hour, key.score, count


def _visits(periods: Sequence[ClosedPeriod], stop: Column) -> CsvTable:
    date = Column("date", "date", german.DATE, required=False)
    total: Counter[tuple[str | None, str]] = Counter()
    for period in periods:
        for key, count in period.visits:
            total[key.date, escape_formula(key.stop)] += count
    rows = sorted(((*key, count) for key, count in total.items()), key=_by_cells)
    return CsvTable("visits", german.VISITS_TABLE, (date, stop, _TICKETS), rows)


def _records(periods: Sequence[ClosedPeriod]) -> CsvTable:
    columns = (
        _PERIOD,
        Column("item", "string", german.ITEM, codes=_item_codes(periods)),
        Column("value", "string", german.VALUE),
        Column("label", "string", german.LABEL),
        Column("count", "integer", german.TALKS, least=0),
    )
    rows = [row for period in periods for row in sorted(_record_rows(period), key=_by_cells)]
    return CsvTable("records", german.RECORDS_TABLE, columns, rows)


def _record_rows(period: ClosedPeriod) -> Iterable[tuple[Cell, ...]]:
    names = {**period.names.partners, **period.names.offers}
    for key, count in period.records:
        label = (
            names.get(key.value, key.value)
            if key.item == "referral"
            else german.answer_label(key, period.names.questions)
        )
        yield period.period, key.item, escape_formula(key.value), escape_formula(label), count


def _stops(periods: Sequence[ClosedPeriod], stop: Column) -> CsvTable:
    columns = (
        stop,
        Column("name", "string", german.STOP),
        Column("ags", "string", german.AGS, pattern=r"\d{8}"),
        Column("district", "string", german.DISTRICT),
        Column("area", "string", german.AREA, required=False),
    )
    newest = {code: names for period in periods for code, names in period.names.stops.items()}
    rows = [
        tuple(
            escape_formula(cell) or None for cell in (code, at.name, at.ags, at.district, at.area)
        )
        for code, at in sorted(newest.items())
    ]
    return CsvTable("stops", german.STOPS_TABLE, columns, rows)


# A stop or topic may have left the profile before its period was closed: its label is the code.


def _stop_codes(periods: Sequence[ClosedPeriod]) -> dict[str, str]:
    counted = {
        key.stop for p in periods for table in (p.demand, p.feedback, p.visits) for key, _ in table
    }
    named = {code: stop.name for p in periods for code, stop in p.names.stops.items()}
    return _coded({code: code for code in counted} | named)


def _topic_codes(periods: Sequence[ClosedPeriod]) -> dict[str, str]:
    counted = {key.topic for p in periods for key, _ in p.demand}
    named = {code: topic.label for p in periods for code, topic in p.names.topics.items()}
    return _coded({code: code for code in counted} | named)


def _partner_codes(periods: Sequence[ClosedPeriod]) -> dict[str, str]:
    return _coded({code: name for p in periods for code, name in p.names.partners.items()})


def _item_codes(periods: Sequence[ClosedPeriod]) -> dict[str, str]:
    named = {code: asked for p in periods for code, asked in p.names.questions.items()}
    counted = {key.item: key.item for p in periods for key, _ in p.records}
    return counted | german.item_labels(named)


def _coded(labels: Mapping[str, str]) -> dict[str, str]:
    return {escape_formula(code): label for code, label in sorted(labels.items())}


def _by_cells(row: tuple[Cell, ...]) -> list[tuple[bool, Cell]]:
    """By all cells from left to right; what is unknown stands first."""
    return [(cell is not None, cell) for cell in row]
