"""`kiosk export`: the package of tables for whoever evaluates them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.common import data_option
from kiosk.cli.opened import opened
from kiosk.counts import calendar
from kiosk.export.folder import lay_into
from kiosk.export.package import package

if TYPE_CHECKING:
    from kiosk.paths import Paths


def _as_day(text: str | None, *, end_of_month: bool) -> date | None:
    if text is None:
        return None
    with suppress(ValueError):
        return date.fromisoformat(text)
    with suppress(ValueError):
        return calendar.last_day(text) if end_of_month else calendar.first_day(text)
    raise click.BadParameter("write a month such as 2026-11 or a day such as 2026-11-22.")


def _first(_context: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    return _as_day(value, end_of_month=False)


def _last(_context: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    return _as_day(value, end_of_month=True)


@click.command()
@click.option(
    "--to",
    "target",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where to.",
)
@click.option("--from", "first", metavar="DAY", callback=_first, help="First month or day.")
@click.option("--until", "last", metavar="DAY", callback=_last, help="Last month or day, included.")
@data_option
def command(paths: Paths, target: Path, first: date | None, last: date | None) -> None:
    """Write the package of closed periods to DIR, complete or not at all."""
    kiosk = opened(paths)
    click.echo(lay_into(target, package(kiosk.office.database, first, last)))
