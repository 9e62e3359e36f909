"""`kiosk report`: the report over closed periods as a page or as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.box import open_box
from kiosk.cli.common import data_option
from kiosk.counts import ledger
from kiosk.export.package import NothingToExport
from kiosk.export.report.output import write_report
from kiosk.export.report.page import make_report
from kiosk.export.report.selection import select_periods
from kiosk.export.report.wall import make_wall_sheets

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.system.paths import Paths

_DAY = click.DateTime(("%Y-%m-%d",))


def _as_report(_context: click.Context, _option: click.Parameter, value: Path) -> Path:
    if value.suffix not in {".html", ".pdf"}:
        raise click.BadParameter("the report is a page or a PDF: name a file .html or .pdf.")
    return value


@click.command()
@click.option(
    "--to",
    "file",
    required=True,
    metavar="FILE.html|.pdf",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_as_report,
    help="Where to; PDF is printed by Chromium.",
)
@click.option("--from", "first", type=_DAY, metavar="DATE", help="Periods from this day on.")
@click.option("--until", "last", type=_DAY, metavar="DATE", help="Periods until this day.")
@click.option("--wall", is_flag=True, help="A sheet to hang up for each stop, instead.")
@data_option
def command(
    paths: Paths, file: Path, first: datetime | None, last: datetime | None, *, wall: bool
) -> None:
    """Write the report over the last closed period, or over all between two days."""
    with open_box(paths).office.database.read() as connection:
        closed = [frozen.entry for frozen in ledger.read_frozen(connection)]
    if not closed:
        raise NothingToExport
    periods = select_periods(closed, first and first.date(), last and last.date())
    labels = ", ".join(period.period for period in periods)
    if wall:
        page, sheets = make_wall_sheets(periods)
        write_report(page, file)
        labels += ": " + ", ".join(sheet.stop.label for sheet in sheets)
    else:
        write_report(make_report(periods, closed), file)
    click.echo(f"Written: {file.absolute()} ({labels})")
