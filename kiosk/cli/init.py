"""`kiosk init`: create a device."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kiosk.cli.command_name import as_typed
from kiosk.cli.common import data_option, json_option, print_json
from kiosk.operate.setup import create_device, renew_secrets
from kiosk.system.box_authority import fingerprint, load_certificate

if TYPE_CHECKING:
    from kiosk.system.paths import Paths


@click.command()
@click.option("--profile", metavar="NAME|FILE", help="A shipped profile or a file.")
@click.option("--new-secrets", is_flag=True, help="Draw PIN and token anew; all else stays.")
@click.option("--bus", is_flag=True, help="Full screen, and pages for the bus's own network.")
@json_option
@data_option
def command(
    profile: str | None, paths: Paths, *, new_secrets: bool, bus: bool, as_json: bool
) -> None:
    """Create configuration, database, device id, staff PIN and API token, each printed once."""
    drawn = renew_secrets(paths) if new_secrets else create_device(paths, _given(profile), bus=bus)
    if as_json:
        print_json(drawn)
        return
    click.echo(f"Device     {drawn.device_id}\nStaff PIN  {drawn.staff_pin}")
    click.echo(f"API token  {drawn.api_token}\nWrite PIN and token down: they are not shown again.")
    if bus:
        shown = fingerprint(load_certificate(paths))
        click.echo(f"Certificate of the staff pages, to compare on each laptop, SHA-256\n{shown}")


def _given(profile: str | None) -> str:
    if profile is None:
        raise click.UsageError(
            as_typed("Say which profile: --profile NAME|FILE ('kiosk profile list').")
        )
    return profile
