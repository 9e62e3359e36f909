"""`kiosk office serve`: takes uploads of boxes and shows the office's page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.common import json_option, print_json
from kiosk.cli.office_options import fleet_options, now, open_fleet

if TYPE_CHECKING:
    from kiosk.cli.office_options import FleetSource

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8090, show_default=True, type=click.IntRange(1, 65535))
@click.option("--certificate", type=_FILE, help="PEM; without it nginx or the like does TLS.")
@click.option("--key", type=_FILE, help="Of the certificate, PEM.")
@fleet_options
def serve(
    source: FleetSource, host: str, port: int, certificate: Path | None, key: Path | None
) -> None:
    """Take uploads of boxes at /upload, and show at / who delivered what."""
    if (certificate is None) != (key is None):
        raise click.UsageError("--certificate and --key go together.")
    with open_fleet(source) as database:
        from kiosk.fleet.server import run
        from kiosk.fleet.server.context import FleetContext

        context = FleetContext(database, now, source.paths.data)
        click.echo(f"Listening at {host}, port {port}.", err=True)
        tls = (certificate, key) if certificate and key else None
        run.serve(context, host, port, tls)


@click.command()
@json_option
@fleet_options
def password(source: FleetSource, *, as_json: bool) -> None:
    """Make a new password for the office's page; the one before ends."""
    with open_fleet(source) as database, database.write() as connection:
        from kiosk.fleet.password import new_password

        made = new_password(connection)
    if as_json:
        print_json({"password": made})
        return
    click.echo(f"Password of the page, shown once: {made}")


@click.command("metrics-token")
@json_option
@fleet_options
def metrics_token(source: FleetSource, *, as_json: bool) -> None:
    """Make a new token for /metrics, which Prometheus reads; the one before ends."""
    with open_fleet(source) as database, database.write() as connection:
        from kiosk.fleet.password import METRICS_TOKEN, new_password

        made = new_password(connection, METRICS_TOKEN)
    if as_json:
        print_json({"token": made})
        return
    click.echo(f"Token of /metrics, shown once: {made}")
