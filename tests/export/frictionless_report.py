"""What the tools of a data team say about an export package."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from frictionless import Report


def frictionless_report(package: Path) -> Report:
    """The answer of `frictionless validate` for a package's folder."""
    from frictionless import validate  # noqa: PLC0415 - each process that collects tests would load it

    report: Report = validate(str(package / "datapackage.json"))
    return report
