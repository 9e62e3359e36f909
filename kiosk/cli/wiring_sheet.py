"""`kiosk hardware wiring`: how this box is wired, as a picture."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.box import open_box
from kiosk.cli.common import OutputNotWritable, data_option
from kiosk.operate.wiring_diagram.box import draw_wiring

if TYPE_CHECKING:
    from kiosk.system.paths import Paths


_OURS = b"kiosk hardware wiring"
"""Stands on every picture that we draw, in its second line."""


@click.command("wiring")
@click.argument("file", type=click.Path(path_type=Path))
@data_option
def command(paths: Paths, file: Path) -> None:
    """Draw as FILE.svg which pin and which socket each device of config.toml belongs to.

    Replaces a picture that it has drawn before, and nothing else.
    """
    kiosk = open_box(paths)
    svg = draw_wiring(kiosk.config.devices, kiosk.office.profile.name)
    try:
        _spare_others(file)
        _put(file, svg)
    except OSError as error:
        raise OutputNotWritable(file, error.strerror or str(error)) from error
    click.echo(f"Drawn: {file}. Open it in a browser, or print it.")


def _spare_others(file: Path) -> None:
    """Raise `OutputNotWritable` for what is not a picture that this command has drawn."""
    if file.suffix != ".svg":
        raise OutputNotWritable(file, "the picture is an SVG, so its name must end in .svg")
    if not os.path.lexists(file):
        return
    if file.is_symlink() or not file.is_file() or _OURS not in file.read_bytes():
        raise OutputNotWritable(
            file, "something else has that name; choose another one, or delete it"
        )


def _put(file: Path, svg: str) -> None:
    """Under another name first: the old picture stays until the new one is whole."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with unfinished.open("x", encoding="utf-8") as begun:
            begun.write(svg)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
