"""Builder of `datapackage.json`: what the tables mean, for people and for `frictionless`."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from kiosk.counts.method import BASE
from kiosk.export.csv_files import EXCEL, excel_csv, excel_headers, tidy_csv
from kiosk.export.escaping import escape_formula
from kiosk.export.tables import german

if TYPE_CHECKING:
    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.export.contents import PackageContents
    from kiosk.export.tables.builder import Column, CsvTable

Json = dict[str, object]


def make_descriptor(contents: PackageContents) -> dict[str, bytes]:
    """The description of a package."""
    period = contents.period
    described = {
        "profile": "tabular-data-package",
        "name": contents.name.lower(),
        "title": f"{period.names.service}: Auszählung {_days(period)}",
        "description": _description(period),
        "contributors": [{"title": period.names.operator, "role": "publisher"}],
        "rounding": {"base": BASE, "method": period.method},
        "device": period.names.device,
        "device_name": period.names.device_name,
        "period": period.period,
        "from": period.first_day,
        "until": period.last_day,
        "joined": period.joined,
        "clock_trusted": period.clock_trusted,
        "simulated": period.names.simulated,
        "resources": [
            *(_tidy_resource(table) for table in contents.tables),
            *(_excel_resource(table) for table in contents.tables),
        ],
    }
    content = msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"
    return {"datapackage.json": content}


def _days(period: ClosedPeriod) -> str:
    return f"{period.first_day:%d.%m.%Y} bis {period.last_day:%d.%m.%Y}"


def _description(period: ClosedPeriod) -> str:
    return " ".join([german.ROUNDING, *german.period_notes(period)])


def _tidy_resource(table: CsvTable) -> Json:
    fields = [_field(column) for column in table.columns]
    return _resource(table.name, table.title, tidy_csv(table), fields)


def _excel_resource(table: CsvTable) -> Json:
    """The same rows; codes are written as Excel keeps them, so they have no rules of their own."""
    fields: list[Json] = [
        {
            "name": header,
            "type": column.type,
            "description": column.meaning,
            **({"decimalChar": ","} if column.type == "number" else {}),
        }
        for column, header in zip(table.columns, excel_headers(table), strict=True)
    ]
    title = f"{table.title} ({german.FOR_EXCEL})"
    dialect = {"delimiter": ";", "lineTerminator": "\r\n"}
    return {
        **_resource(f"{table.name}{EXCEL}", title, excel_csv(table), fields),
        "dialect": dialect,
    }


def _resource(name: str, title: str, content: bytes, fields: list[Json]) -> Json:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "title": title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": fields, "missingValues": [""]},
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
            {"value": escape_formula(code), "label": label} for code, label in column.codes.items()
        ]
    return field


def _constraints(column: Column) -> Json:
    wanted: Json = {
        "required": column.required,
        "enum": [escape_formula(code) for code in column.codes] if column.codes else None,
        "pattern": column.pattern,
        "minimum": column.least,
        "maximum": column.most,
    }
    return {rule: value for rule, value in wanted.items() if value is not None}
