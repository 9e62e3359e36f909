"""Reads a file that is to be imported, and reports its faults."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import click

from kiosk.domain.local_time import local_date
from kiosk.service import timetable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile

Imported = TypeVar("Imported")

NOTHING_CHANGED = "This was a preview: nothing has changed."

dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Only say what would change, and change nothing."
)


def read_import_file(
    read: Callable[[Path, Profile, date], Imported], file: Path, profile: Profile, now: Moment
) -> Imported:
    """The content of the file from today on; where it has faults, print them all and exit with 1.

    Raises `TodayUnknown`.
    """
    timetable.check_clock(now)
    with refused_imports():
        return read(file, profile, local_date(now))


@contextmanager
def refused_imports(outcome: str = "nothing was imported") -> Iterator[None]:
    """Where a file cannot be used, print all of its faults and the outcome, and exit with 1."""
    from kiosk.settings.schema.faults import FileErrors

    try:
        yield
    except FileErrors as errors:
        for line in errors.lines():
            click.echo(line, err=True)
        click.echo(f"kiosk: {outcome}.", err=True)
        sys.exit(1)
