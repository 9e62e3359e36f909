"""`kiosk clock`: the time of the box, and whether it is trusted."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.common import data_option
from kiosk.operate.clock_setting import settle_clock
from kiosk.settings.config import load_config
from kiosk.store.database import Database
from kiosk.system import clock
from kiosk.system.clock_request import ClockAnswer, answer_time, asked_time

if TYPE_CHECKING:
    from kiosk.system.paths import Paths


@click.group()
def command() -> None:
    """Say what time it is for the box, and whether that counts."""


@command.command()
@data_option
def show(paths: Paths) -> None:
    """The time by UTC, and whether hours and days are counted by it."""
    now = clock.now(trust_always=load_config(paths.config).trust_always)
    click.echo(f"{now.wall:%Y-%m-%d %H:%M:%S} UTC, {'' if now.trusted else 'not '}trusted")


@command.command(hidden=True)
@click.argument("request", type=click.Path(path_type=Path))
@data_option
def answer(paths: Paths, request: Path) -> None:
    """Set the clock to what staff have confirmed. For kiosk-clock.service."""
    asked, now = asked_time(request), clock.now(trust_always=False)
    with closing(Database.open(paths.database)) as database:
        what = settle_clock(asked, now, database, clock.set_wall)
    click.echo(f"The time that staff have confirmed: {what.value}.")
    if asked and what is not ClockAnswer.LATE:
        answer_time(paths.clock_answer, asked, what)
