"""`kiosk backup`: an encrypted copy of the box, while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kiosk.cli.box import open_box
from kiosk.cli.common import as_folder, data_option
from kiosk.operate.backup.backup import back_up

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.system.paths import Paths


@click.command()
@click.option(
    "--to",
    "folder",
    metavar="DIR",
    callback=as_folder,
    help="Where to, and nothing there is deleted; else the backups of the data folder.",
)
@data_option
def command(paths: Paths, folder: Path | None) -> None:
    """Write database, settings and recordings, encrypted to the operator's public key."""
    box = open_box(paths)
    if folder is not None:
        click.echo(back_up(box, folder))
    else:
        click.echo(back_up(box, paths.backups, box.config.backup.keep))
