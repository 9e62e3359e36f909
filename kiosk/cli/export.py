"""`kiosk export`: the packages of closed periods for those who evaluate them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from kiosk.cli.box import open_box
from kiosk.cli.common import as_folder, data_option
from kiosk.export.errors import ExportError
from kiosk.export.package import NothingToExport, build_package, closed_periods
from kiosk.export.targets.folder import FolderTarget
from kiosk.export.verification.examination import has_package
from kiosk.operate.closing import close_if_due

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.system.paths import Paths


@click.command()
@click.option("--to", "folder", required=True, metavar="DIR", callback=as_folder, help="Where to.")
@click.option("--period", metavar="P", help="Only this period, such as 2026-Q4.")
@click.option("--all", "every", is_flag=True, help="All closed periods; so it is without --period.")
@data_option
@click.pass_context
def command(
    context: click.Context, paths: Paths, folder: Path, period: str | None, *, every: bool
) -> None:
    """Write the packages that DIR does not have yet, each complete or not at all."""
    if every and period:
        raise click.UsageError("Say either --period or --all.")
    kiosk = open_box(paths)
    close_if_due(kiosk, partial(click.echo, err=True))
    database, target, failed = kiosk.office.database, FolderTarget(folder), False
    periods = [period] if period else closed_periods(database)
    if not periods:
        raise NothingToExport
    for wanted in periods:
        package = build_package(database, wanted)
        try:
            if has_package(folder, package):
                click.echo(f"There already: {folder.absolute() / package.name}")
            else:
                click.echo(f"Written: {target.put(package).place}")
        except ExportError as error:
            click.echo(f"kiosk: {error}", err=True)
            failed = True
    if failed:
        context.exit(1)
