"""Reads a file that is to be imported, and reports its faults."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

import click

from kiosk.domain.local_time import local_date
from kiosk.service import timetable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile

Imported = TypeVar("Imported")


def read_import_file(
    read: Callable[[Path, Profile, date], Imported], file: Path, profile: Profile, now: Moment
) -> Imported:
    """The content of the file from today on; where it has faults, print them all and exit with 1.

    Raises `TodayUnknown`.
    """
    from kiosk.settings.schema.faults import FileErrors

    timetable.check_clock(now)
    try:
        return read(file, profile, local_date(now))
    except FileErrors as errors:
        for line in errors.lines():
            click.echo(line, err=True)
        click.echo("kiosk: nothing was imported.", err=True)
        sys.exit(1)
