"""Completion of a table: box and period in every row, a German label beside every code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.export.tables import german
from kiosk.export.tables.builder import Column

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.export.tables.builder import Cell, CsvTable

LABEL = "_label"


def tidy_table(table: CsvTable, period: ClosedPeriod) -> CsvTable:
    """The table as it is published, so that those of many boxes and periods can be put together."""
    return _with_labels(_with_origin(table, period))


def _with_origin(table: CsvTable, period: ClosedPeriod) -> CsvTable:
    there, device = {column.name for column in table.columns}, period.names.device
    origin = [
        (Column("device", "string", german.DEVICE, codes=_device_codes(period)), device),
        (Column("period", "string", german.PERIOD), period.period),
    ]
    missing = [(column, cell) for column, cell in origin if column.name not in there]
    cells = tuple(cell for _, cell in missing)
    return replace(
        table,
        columns=(*(column for column, _ in missing), *table.columns),
        rows=[(*cells, *row) for row in table.rows],
    )


def _device_codes(period: ClosedPeriod) -> dict[str, str]:
    """The box under the name that its operator gave it, or its id where it has none."""
    names = period.names
    return {names.device: names.device_name or names.device}


def _with_labels(table: CsvTable) -> CsvTable:
    there = {column.name for column in table.columns}
    labelled = {
        column.name: column.codes
        for column in table.columns
        if column.codes and f"{column.name}{LABEL}" not in there
    }
    columns: list[Column] = []
    for column in table.columns:
        columns.append(column)
        if column.name in labelled:
            meaning = german.IN_WORDS.format(column.meaning)
            columns.append(
                Column(f"{column.name}{LABEL}", "string", meaning, required=column.required)
            )
    return replace(
        table, columns=tuple(columns), rows=[_labelled(table, row, labelled) for row in table.rows]
    )


def _labelled(
    table: CsvTable, row: tuple[Cell, ...], labelled: Mapping[str, Mapping[str, str]]
) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for column, cell in zip(table.columns, row, strict=True):
        cells.append(cell)
        if column.name in labelled:
            cells.append(None if cell is None else labelled[column.name].get(str(cell), str(cell)))
    return tuple(cells)
