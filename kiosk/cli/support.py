"""`kiosk support`: one encrypted file for the help desk."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from kiosk.cli.common import OutputNotWritable, as_folder, data_option, json_option, print_json
from kiosk.operate.doctor.host import Host
from kiosk.operate.support.bundle import keep_bundle, write_bundle
from kiosk.settings import config
from kiosk.settings.config.validation import is_public_key

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.system.paths import Paths


def _as_recipient(
    _context: click.Context, _option: click.Parameter, value: str | None
) -> str | None:
    if value is not None and not is_public_key(value):
        raise click.BadParameter("write a public key of age whole, age1...")
    return value


@click.command()
@click.option(
    "--to",
    "folder",
    metavar="DIR",
    default=".",
    callback=as_folder,
    help="Where to, such as a stick's folder; else the folder you are in.",
)
@click.option(
    "--recipient",
    metavar="KEY",
    callback=_as_recipient,
    help="The help desk's public key, age1...; else the one of [backup].",
)
@click.option("--keep", is_flag=True, help="For the staff page, which hands out the last one.")
@json_option
@data_option
def command(
    paths: Paths, folder: Path, recipient: str | None, *, keep: bool, as_json: bool
) -> None:
    """Write logs, versions and states into one file that only the help desk can read."""
    reader = recipient or config.load_config(paths.config).backup.recipient
    host, now = Host(paths), datetime.now(UTC)
    written = _keep(host, reader, now) if keep else write_bundle(host, reader, folder, now)
    if as_json:
        print_json({"file": str(written), "recipient": reader})
    else:
        click.echo(written)


def _keep(host: Host, recipient: str, now: datetime) -> Path:
    try:
        return keep_bundle(host, recipient, now)
    except OSError as error:
        raise OutputNotWritable(host.paths.support_bundle, error.strerror) from None
