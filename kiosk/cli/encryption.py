"""`kiosk encryption`: what the appliance's first start asks about its data partition."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.common import data_option
from kiosk.operate.data_encryption import draw_recovery_key, is_encrypted

if TYPE_CHECKING:
    from kiosk.system.paths import Paths


@click.group(hidden=True)
def command() -> None:
    """Encrypt the data partition. For the appliance's own services."""


@command.command("missing-for")
@click.argument("file", type=click.Path(path_type=Path))
@data_option
def missing_for(paths: Paths, file: Path) -> None:
    """Print whom the recovery key is for, where FILE wants encryption that is not there."""
    from kiosk.settings.device_file import DeviceFileErrors, read_device_file

    with suppress(DeviceFileErrors):  # `kiosk init` tells them
        settings = read_device_file(file).config
        if settings.data.encrypted and not is_encrypted(paths.data):
            click.echo(settings.backup.recipient)


@command.command("draw-key")
@click.argument("recipient")
@click.argument("key", type=click.Path(path_type=Path))
@click.argument("sealed", type=click.Path(path_type=Path))
def draw_key(recipient: str, key: Path, sealed: Path) -> None:
    """Draw a recovery key into KEY, and encrypted to RECIPIENT into SEALED."""
    draw_recovery_key(recipient, key, sealed)
