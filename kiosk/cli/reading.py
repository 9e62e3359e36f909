"""Read a file that is to be imported."""

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

T = TypeVar("T")


def read_or_tell(
    read: Callable[[Path, Profile, date], T], file: Path, profile: Profile, now: Moment
) -> T:
    """What the file says from today on. Where it is wrong, tell every fault and end.

    Raises `TodayUnknown`.
    """
    from kiosk.settings.schema.problems import FileErrors

    timetable.check_clock(now)
    try:
        return read(file, profile, local_date(now))
    except FileErrors as errors:
        for line in errors.lines():
            click.echo(line, err=True)
        click.echo("kiosk: nothing was imported.", err=True)
        sys.exit(1)
