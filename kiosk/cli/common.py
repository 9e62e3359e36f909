"""Options, errors and JSON output that the commands share."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from hardware.errors import HardwareError
from kiosk.counts import periods
from kiosk.domain.errors import KioskError
from kiosk.settings.config.devices import GLASS_NAME, SIZE
from kiosk.system.paths import Paths, data_folder

if TYPE_CHECKING:
    from collections.abc import Callable

FAILURES = (KioskError, HardwareError)
"""These become one line on stderr and exit code 1."""


class OutputNotWritable(KioskError):
    """A file or folder that a command should write."""

    def __init__(self, path: Path, reason: str | None) -> None:
        self.path = path
        super().__init__(f"{path} cannot be written: {reason or 'no reason given'}.")


def _as_paths(_context: click.Context, _option: click.Parameter, value: str | None) -> Paths:
    return Paths(data_folder(value))


def data_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--data DIR`; the command gets `paths`."""
    return click.option(
        "--data",
        "paths",
        metavar="DIR",
        callback=_as_paths,
        help="Data folder; also from KIOSK_DATA or STATE_DIRECTORY, else ./var.",
    )(command)


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--json`; the command gets `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")(
        command
    )


def as_size(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value is not None and not re.search(SIZE, value):
        raise click.BadParameter("write WIDTHxHEIGHT in pixels, such as 1280x800.")
    return value


def _as_name(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if not re.search(GLASS_NAME, value):
        raise click.BadParameter("write up to 20 small letters, digits and hyphens.")
    return value


def size_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--size WxH`; the command gets `size` as text or None."""
    return click.option(
        "--size", metavar="WxH", callback=as_size, help="Size of the glass in pixels; else as set."
    )(command)


def glass_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--name NAME`; the command gets `name`."""
    return click.option(
        "--name",
        default="touch",
        show_default=True,
        callback=_as_name,
        help="Which glass, where a bus has several.",
    )(command)


def comma_list(text: str) -> list[str]:
    """The names in `A,B`."""
    return [name.strip() for name in text.split(",") if name.strip()]


def _as_day(text: str | None, *, end_of_month: bool) -> date | None:
    if text is None:
        return None
    with suppress(ValueError):
        return date.fromisoformat(text)
    with suppress(ValueError):
        return periods.last_day(text) if end_of_month else periods.first_day(text)
    raise click.BadParameter("write a month such as 2026-11 or a day such as 2026-11-22.")


def as_first_day(
    _context: click.Context, _option: click.Parameter, value: str | None
) -> date | None:
    """Read a month or a day; of a month its first day."""
    return _as_day(value, end_of_month=False)


def as_last_day(
    _context: click.Context, _option: click.Parameter, value: str | None
) -> date | None:
    """Read a month or a day; of a month its last day."""
    return _as_day(value, end_of_month=True)


from_option = click.option(
    "--from", "first", metavar="DATE", callback=as_first_day, help="From this day or month on."
)
until_option = click.option(
    "--until", "last", metavar="DATE", callback=as_last_day, help="Until this day or month."
)


def report_file_option(*suffixes: str) -> Callable[..., Any]:
    """`--to FILE`, which must end with one of these suffixes; the command gets `file`."""

    def as_report(_context: click.Context, _option: click.Parameter, value: Path) -> Path:
        if value.suffix not in suffixes:
            raise click.BadParameter(f"name a file {' or '.join(suffixes)}.")
        return value

    return click.option(
        "--to",
        "file",
        required=True,
        metavar=f"FILE{'|'.join(suffixes)}",
        type=click.Path(path_type=Path, dir_okay=False),
        callback=as_report,
        help="Where to; PDF is printed by Chromium.",
    )


def print_json(answer: object) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(answer), indent=2).decode())


def as_folder(_context: click.Context, _option: click.Parameter, value: str | None) -> Path | None:
    """A folder that an option names, which need not exist; an empty word is none."""
    if value is not None and not value.strip():
        raise click.BadParameter("name a folder; '.' is the one you are in.")
    return None if value is None else Path(value)
