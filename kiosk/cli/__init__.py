"""The `kiosk` command: one module per command group, imported when it is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

import kiosk
from kiosk.cli.command_name import as_typed
from kiosk.cli.common import FAILURES
from kiosk.cli.terminal import escape_output

COMMANDS = (
    "init",
    "run",
    "touch",
    "console",
    "panel",
    "visit",
    "ticket",
    "desk",
    "sheet",
    "feedback",
    "timetable",
    "appointments",
    "profile",
    "simulate",
    "counts",
    "export",
    "report",
    "office",
    "upload",
    "backup",
    "restore",
    "stick",
    "hardware",
    "usb",
    "glass",
    "doctor",
    "support",
    "provision",
    "network",
    "clock",
    "update",
    "encryption",
    "texts",
)


class Commands(click.Group):
    """Looks a command up in `kiosk.cli.<name>`, where it is called `command`."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """In the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """The command of that name, or None."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"kiosk.cli.{name}").command
        return command

    def invoke(self, context: click.Context) -> object:
        """The border where a refusal becomes one line and exit code 1."""
        escape_output()
        try:
            return super().invoke(context)
        except FAILURES as failure:
            click.echo(f"kiosk: {as_typed(str(failure))}", err=True)
            sys.exit(1)


@click.group(cls=Commands)
@click.version_option(kiosk.__version__, prog_name="kiosk")
def main() -> None:
    """Radhaus: numbers, calls and smileys for advice buses."""
    # The doors are users of one group: what one makes the others may write, all others not read.
    os.umask(0o007)
