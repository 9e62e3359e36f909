"""`kiosk report`: the report over closed periods as a page or as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kiosk.cli.box import open_box
from kiosk.cli.common import data_option, from_option, report_file_option, until_option
from kiosk.counts import ledger
from kiosk.export.package import NothingToExport
from kiosk.export.report.output import write_report
from kiosk.export.report.page import make_report
from kiosk.export.report.selection import select_periods
from kiosk.export.report.wall import make_wall_sheets

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kiosk.system.paths import Paths


@click.command()
@report_file_option(".html", ".pdf")
@from_option
@until_option
@click.option("--wall", is_flag=True, help="A sheet to hang up for each stop, instead.")
@data_option
def command(paths: Paths, file: Path, first: date | None, last: date | None, *, wall: bool) -> None:
    """Write the report over the last closed period, or over all between two days."""
    with open_box(paths).office.database.read() as connection:
        closed = [frozen.entry for frozen in ledger.read_frozen(connection)]
    if not closed:
        raise NothingToExport
    periods = select_periods(closed, first, last)
    labels = ", ".join(period.period for period in periods)
    if wall:
        page, sheets = make_wall_sheets(periods)
        write_report(page, file)
        labels += ": " + ", ".join(sheet.stop.label for sheet in sheets)
    else:
        write_report(make_report(periods, closed), file)
    click.echo(f"Written: {file.absolute()} ({labels})")
