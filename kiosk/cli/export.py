"""`kiosk export`: the package of tables for whoever evaluates them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.common import data_option, first_day, last_day
from kiosk.cli.opened import opened
from kiosk.export.package import build_package
from kiosk.export.targets.folder import FolderTarget

if TYPE_CHECKING:
    from datetime import date

    from kiosk.system.paths import Paths


@click.command()
@click.option(
    "--to",
    "target",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where to.",
)
@click.option("--from", "first", metavar="DAY", callback=first_day, help="First month or day.")
@click.option(
    "--until", "last", metavar="DAY", callback=last_day, help="Last month or day, included."
)
@data_option
def command(paths: Paths, target: Path, first: date | None, last: date | None) -> None:
    """Write the package of closed periods to DIR, complete or not at all."""
    kiosk = opened(paths)
    package = build_package(kiosk.office.database, first, last)
    click.echo(FolderTarget(target).put(package).place)
