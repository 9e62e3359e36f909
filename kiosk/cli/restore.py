"""`kiosk restore`: put a backup back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.common import data_option
from kiosk.operate.backup.restore import restore

if TYPE_CHECKING:
    from kiosk.system.paths import Paths


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--identity",
    required=True,
    metavar="KEYFILE",
    type=click.Path(path_type=Path),
    help="The operator's secret key, as age-keygen wrote it.",
)
@click.option("--force", is_flag=True, help="Replace the device that is there.")
@data_option
def command(paths: Paths, file: Path, identity: Path, *, force: bool) -> None:
    """Verify a backup, and make the data folder what it was then; all of it or nothing."""
    done = restore(paths, file, identity, force=force)
    click.echo(f"Restored {done.manifest}.")
    if done.replaced not in {None, done.manifest.device}:
        click.echo(f"Before, this was device {done.replaced}.")
    click.echo("PIN and token are those of then. Numbers given since are not known any more.")
