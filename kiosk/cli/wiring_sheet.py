"""`kiosk hardware wiring`: how this box is wired, as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.common import data_option
from kiosk.cli.opened import opened
from kiosk.diagram.box import drawn
from kiosk.domain.errors import KioskError

if TYPE_CHECKING:
    from kiosk.paths import Paths


class CannotWrite(KioskError):
    """The picture cannot be put where the technician wants it."""

    def __init__(self, file: Path, reason: str) -> None:
        self.file, self.reason = file, reason
        super().__init__(f"{file} cannot be written: {reason}.")


@click.command("wiring")
@click.argument("file", type=click.Path(path_type=Path))
@data_option
def command(paths: Paths, file: Path) -> None:
    """Draw as FILE.svg which pin and which socket each device of config.toml belongs to."""
    kiosk = opened(paths)
    svg = drawn(kiosk.config.devices, kiosk.office.profile.name)
    try:
        file.write_text(svg, encoding="utf-8")
    except OSError as error:
        raise CannotWrite(file, error.strerror or str(error)) from error
    click.echo(f"Drawn: {file}. Open it in a browser, or print it.")
