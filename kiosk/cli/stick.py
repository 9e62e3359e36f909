"""`kiosk stick`: sticks that fetch the counts."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.box import open_box
from kiosk.cli.common import data_option
from kiosk.domain.stick import StickState
from kiosk.export.targets.stick_marker import write_marker
from kiosk.service.sticks import report_stick, set_stick_code, stick_code

if TYPE_CHECKING:
    from kiosk.system.paths import Paths

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_WRITER, _GROUP = "kiosk-export", "kiosk"


@click.group()
def command() -> None:
    """Prepare sticks that fetch the counts, and serve a plugged one."""


@command.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@data_option
def prepare(paths: Paths, folder: Path) -> None:
    """Make the stick that is mounted at DIR one of this operator's. What lies on it stays."""
    write_marker(folder, stick_code(open_box(paths).office))
    click.echo(f"Prepared: {folder}. Every box with this stick code writes to it.")


@command.command()
@click.option("--set", "other", metavar="CODE", help="Take over the code of another box.")
@data_option
def code(paths: Paths, other: str | None) -> None:
    """Show the stick code, by which boxes of one operator know their sticks. A secret."""
    office = open_box(paths).office
    if other is not None:
        set_stick_code(office, other)
    click.echo(stick_code(office))


@command.command(hidden=True)
@click.argument("device", type=click.Path(path_type=Path))
@click.argument("place", type=_FOLDER)
def plugged(device: Path, place: Path) -> None:
    """Serve a plugged stick: mount DEVICE at PLACE. For kiosk-export@.service, as root."""
    from kiosk.operate.stick_service import CommandWriter, serve_stick
    from kiosk.wiring.drivers import plugged_stick

    kiosk = (sys.executable, "-m", "kiosk")
    stick = plugged_stick(device, place, _WRITER)
    click.echo(serve_stick(stick, CommandWriter(kiosk, _WRITER, _GROUP)))


@command.command(hidden=True)
@click.argument("folder", type=_FOLDER)
@data_option
def write(paths: Paths, folder: Path) -> None:
    """Write the mounted stick, and say in one word how that ended."""
    from kiosk.operate.stick_delivery import deliver_to_stick

    click.echo(deliver_to_stick(open_box(paths), folder, partial(click.echo, err=True)))


@command.command(hidden=True)
@click.argument("state", type=click.Choice([state.value for state in StickState]))
@data_option
def tell(paths: Paths, state: str) -> None:
    """Report the state of the stick to all doors."""
    kiosk = open_box(paths)
    report_stick(kiosk.office, StickState(state), kiosk.now())
