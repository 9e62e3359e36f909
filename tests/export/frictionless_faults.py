"""What the tools of a data team find in an export package."""

from pathlib import Path


def frictionless_faults(package: Path) -> str:
    """The summary of `frictionless validate` for a package's folder; empty where it is valid."""
    from frictionless import validate  # noqa: PLC0415 - each process that collects tests would load it

    report = validate(str(package / "datapackage.json"))
    return "" if report.valid else str(report.to_summary())
