"""`kiosk feedback`: a smiley from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kiosk.cli.box import open_box
from kiosk.cli.common import data_option
from kiosk.service import citizens

if TYPE_CHECKING:
    from kiosk.system.paths import Paths


@click.group()
def command() -> None:
    """Record how a visit was."""


@command.command()
@click.argument("score", type=int)
@data_option
def add(paths: Paths, score: int) -> None:
    """Keep a smiley: 1 is the worst, the profile's number of levels the best."""
    kiosk = open_box(paths)
    citizens.give_feedback(kiosk.office, score, kiosk.now())
    click.echo("Thank you.")
