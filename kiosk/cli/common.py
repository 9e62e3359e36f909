"""What the commands share: the data folder, the border for errors, JSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import msgspec

from hardware.errors import HardwareError
from kiosk.domain.errors import KioskError
from kiosk.paths import Paths, data_folder

if TYPE_CHECKING:
    from collections.abc import Callable

FAILURES = (KioskError, HardwareError)
"""What is told in one line on stderr, exit code 1."""


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


def print_json(answer: object) -> None:
    """Answer a program."""
    click.echo(msgspec.json.format(msgspec.json.encode(answer), indent=2).decode())
