"""`kiosk export`: the package of tables for those who evaluate them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.common import as_first_day, as_last_day, data_option
from kiosk.cli.device import open_device
from kiosk.export.package import build_package
from kiosk.export.targets.folder import FolderTarget

if TYPE_CHECKING:
    from datetime import date

    from kiosk.export.targets.port import Target
    from kiosk.system.paths import Paths


@click.command()
@click.option(
    "--to",
    "folder",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where to.",
)
@click.option("--from", "first", metavar="DAY", callback=as_first_day, help="First month or day.")
@click.option(
    "--until", "last", metavar="DAY", callback=as_last_day, help="Last month or day, included."
)
@data_option
def command(paths: Paths, folder: Path, first: date | None, last: date | None) -> None:
    """Write the package of closed periods to DIR, complete or not at all."""
    kiosk = open_device(paths)
    package = build_package(kiosk.office.database, first, last)
    target: Target = FolderTarget(folder)
    click.echo(target.put(package).place)
