"""`kiosk init`: create a device."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import astuple

from kiosk.cli.box import open_box
from kiosk.cli.command_name import as_typed
from kiosk.cli.common import data_option, json_option, print_json
from kiosk.cli.import_file import refused_imports
from kiosk.counts import ledger
from kiosk.operate.first_start import change_device_from, create_device_from
from kiosk.operate.network.staff_urls import staff_url_by_name, staff_urls
from kiosk.operate.setup import create_device, renew_secrets
from kiosk.settings.config import load_config
from kiosk.settings.profiles import load_profile
from kiosk.system.box_authority import fingerprint, load_certificate

if TYPE_CHECKING:
    from kiosk.system.paths import Paths


@click.command()
@click.option("--profile", metavar="NAME|FILE", help="A shipped profile or a file.")
@click.option("--new-secrets", is_flag=True, help="Draw PIN and token anew; all else stays.")
@click.option("--bus", is_flag=True, help="Full screen, and pages for the bus's own network.")
@click.option(
    "--from",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="All settings and the PIN from a kiosk-device.toml.",
)
@click.option("--change", is_flag=True, help="Lay FILE over a box that is set up; its data stay.")
@json_option
@data_option
def command(  # noqa: PLR0913 - one for each option
    profile: str | None,
    file: Path | None,
    paths: Paths,
    *,
    new_secrets: bool,
    bus: bool,
    change: bool,
    as_json: bool,
) -> None:
    """Create configuration, database, device id, staff PIN and API token, each printed once."""
    if file and (profile or new_secrets or bus):
        raise click.UsageError("--from brings everything: leave out the other options.")
    if change and not file:
        raise click.UsageError("Say what changes: --from FILE.")
    if file and change:
        with refused_imports("nothing was changed"):
            change_device_from(paths, file)
        if as_json:
            print_json({"changed": str(file)})
        else:
            click.echo("The box has the settings of the file; its id, its keys and its data stay.")
        return
    if file:
        _first_start(paths, file, as_json=as_json)
        return
    drawn = renew_secrets(paths) if new_secrets else create_device(paths, _given(profile), bus=bus)
    if as_json:
        print_json(drawn)
        return
    click.echo(f"Device     {drawn.device_id}\nStaff PIN  {drawn.staff_pin}")
    click.echo(f"API token  {drawn.api_token}\nWrite PIN and token down: they are not shown again.")
    if bus:
        shown = fingerprint(load_certificate(paths))
        click.echo(f"Certificate of the staff pages, to compare on each laptop, SHA-256\n{shown}")


def _first_start(paths: Paths, file: Path, *, as_json: bool) -> None:
    """What is printed may lie on a stick: no secret is in it."""
    with refused_imports("nothing was set up"):
        drawn = create_device_from(paths, file)
    shown = fingerprint(load_certificate(paths))
    key = ledger.box_key(open_box(paths).office.database).public.fingerprint
    if as_json:
        print_json({"device_id": drawn.device_id, "certificate": shown, "signing_key": key})
        return
    settings = load_config(paths.config)
    profile = load_profile(settings.profile)
    click.echo(f"Device  {drawn.device_id}")
    if settings.name:
        click.echo(f"Name    {settings.name}")
    by_name = staff_url_by_name(settings.console)
    for url in staff_urls(settings.console, settings.network, profile) or filter(None, [by_name]):
        click.echo(f"Staff pages  {url}")
    click.echo(f"Certificate of the staff pages, to compare on each laptop, SHA-256\n{shown}")
    click.echo(f"Key of its packages, to compare in the office, SHA-256\n{key}")
    for device in settings.usb.allow:
        click.echo(f"Let in at USB  {' '.join(filter(None, astuple(device)))}")


def _given(profile: str | None) -> str:
    if profile is None:
        raise click.UsageError(
            as_typed("Say which profile: --profile NAME|FILE ('kiosk profile list').")
        )
    return profile
