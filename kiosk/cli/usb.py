"""`kiosk usb`: what is plugged in, and what may be used of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.common import data_option
from kiosk.domain.errors import Refused
from kiosk.operate.provisioning.steps import File, run_command
from kiosk.operate.usb.plugged import plugged_devices, refuses_strangers
from kiosk.operate.usb.rules import RULES, named_rules, unnamed_ports
from kiosk.settings.config import load_config

if TYPE_CHECKING:
    from kiosk.system.paths import Paths

_SETTLE = (
    ("udevadm", "control", "--reload"),
    ("udevadm", "trigger", "--action=add", "--subsystem-match=usb", "--subsystem-match=input"),
)


class RootRules(Refused):
    """Only root may tell udev."""

    def __init__(self) -> None:
        super().__init__("Rules of udev are the system's: run it as root, with sudo.")


@click.group()
def command() -> None:
    """Show what is plugged into USB, and let in what config.toml names."""


@command.command("list")
def list_devices() -> None:
    """Every device, whether it may be used, and the line for config.toml that lets it in."""
    for device in plugged_devices():
        if device.authorized:
            click.echo(f"in use   {device.sentence}")
        else:
            click.echo(f"refused  {device.sentence}")
            click.echo(f"         if it is yours, under [usb]: {device.setting}")
    if not refuses_strangers(Path("/")):
        click.echo("This machine refuses none: kiosk provision --usb named.")


@command.command()
@data_option
def apply(paths: Paths) -> None:
    """Make the rules of config.toml, and let udev look at everything again. For radhaus-usb."""
    if os.geteuid() != 0:
        raise RootRules
    settings = load_config(paths.config)
    File(RULES, named_rules(settings).encode()).apply(Path("/"))
    for order in _SETTLE:
        run_command(*order)
    for name in unnamed_ports(settings):
        click.echo(
            f"The port of devices.{name} does not say which USB device it is: write its whole name"
            " by id, or name the device under [usb] (kiosk usb list)."
        )
