"""Builder of `datapackage.json`: what the tables mean, for people and for `frictionless`."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from kiosk.counts.rounding import BASE
from kiosk.export import german

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.export.tables import Column, CsvTable

Json = dict[str, object]


def build_descriptor(
    name: str, periods: Sequence[ClosedPeriod], tables: Sequence[CsvTable]
) -> bytes:
    """The description of a package of at least one period."""
    newest = periods[-1]
    described = {
        "profile": "tabular-data-package",
        "name": name,
        "title": f"{newest.names.service}: Auszählung {_range(periods)}",
        "description": _description(periods),
        "contributors": [{"title": newest.names.operator, "role": "publisher"}],
        "rounding": {"base": BASE, "methods": sorted({period.method for period in periods})},
        "device": newest.names.device,
        "periods": [_period(period) for period in periods],
        "resources": [_resource(table) for table in tables],
    }
    return msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"


def _range(periods: Sequence[ClosedPeriod]) -> str:
    first = min(period.first_day for period in periods)
    last = max(period.last_day for period in periods)
    return f"{first:%d.%m.%Y} bis {last:%d.%m.%Y}"


def _description(periods: Sequence[ClosedPeriod]) -> str:
    sentences = [german.ROUNDING]
    if any(period.names.simulated for period in periods):
        sentences.insert(0, german.SIMULATED)
    if not all(period.clock_trusted for period in periods):
        sentences.append(german.UNSET_CLOCK)
    return " ".join(sentences)


def _period(period: ClosedPeriod) -> Json:
    return {
        "period": period.period,
        "from": period.first_day,
        "until": period.last_day,
        "clock_trusted": period.clock_trusted,
        "simulated": period.names.simulated,
    }


def _resource(table: CsvTable) -> Json:
    content = table.as_csv()
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": [_field(column) for column in table.columns], "missingValues": [""]},
    }


def _field(column: Column) -> Json:
    field: Json = {
        "name": column.name,
        "type": column.type,
        "description": column.meaning,
        "constraints": _constraints(column),
    }
    if column.codes:
        field["categories"] = [
            {"value": code, "label": label} for code, label in column.codes.items()
        ]
    return field


def _constraints(column: Column) -> Json:
    wanted: Json = {
        "required": column.required,
        "enum": list(column.codes) if column.codes else None,
        "pattern": column.pattern,
        "minimum": column.least,
        "maximum": column.most,
    }
    return {rule: value for rule, value in wanted.items() if value is not None}
