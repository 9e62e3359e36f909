"""`kiosk network`: how the box is connected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.common import OutputNotWritable, data_option, json_option, print_json
from kiosk.domain.errors import KioskError
from kiosk.operate.network.files import write_network
from kiosk.operate.network.interfaces import Wireless, plan_interfaces
from kiosk.settings import config, profiles

if TYPE_CHECKING:
    from kiosk.operate.network.interfaces import Interface
    from kiosk.system.paths import Paths


class NetworkIncomplete(KioskError):
    """Some of the networks that are asked for cannot be made."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(f"{'. '.join(faults)}.")


@click.group()
def command() -> None:
    """Say how the box is connected, and write the files of networkd, hostapd and nftables."""


@command.command()
@json_option
@data_option
def show(paths: Paths, *, as_json: bool) -> None:
    """Each interface by [network] in config.toml, who is there, and the address of the box."""
    settings = config.load_config(paths.config)
    plan = plan_interfaces(settings.network, profiles.load_profile(settings.profile))
    if as_json:
        print_json([_facts(each) for each in plan.interfaces])
    else:
        for each in plan.interfaces:
            click.echo("  ".join(f"{value or '-':<16}" for value in _facts(each).values()).rstrip())
    if plan.faults:
        raise NetworkIncomplete([f"{settings.profile}: {fault}" for fault in plan.faults])


@command.command()
@click.option(
    "--root",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    default="/",
    help="Below this folder instead of this machine.",
)
@data_option
def write(paths: Paths, root: Path) -> None:
    """Write the files below /run; the appliance does so at each start (radhaus-network.service)."""
    settings = config.load_config(paths.config)
    try:
        faults = write_network(root, settings, profiles.load_profile(settings.profile))
    except OSError as error:
        raise OutputNotWritable(Path(error.filename or root), error.strerror) from error
    if faults:
        raise NetworkIncomplete(faults)


def _facts(interface: Interface) -> dict[str, str]:
    return {
        "interface": interface.name,
        "role": interface.role.value,
        "address": str(interface.address or ""),
        "ssid": interface.ssid if isinstance(interface, Wireless) else "",
    }
