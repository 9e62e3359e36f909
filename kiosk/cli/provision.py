"""`kiosk provision`: turn this machine into an appliance."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import get_args

import click

from kiosk.cli.common import as_size
from kiosk.domain.errors import Refused
from kiosk.operate.provisioning.choices import DOORS, NOTHING_CHOSEN, Choices, Network, Usb
from kiosk.operate.provisioning.packaged import is_packaged
from kiosk.operate.provisioning.plan import apply_plan, build_plan, is_this_machine
from kiosk.operate.provisioning.removal import KEPT, removal_plan, remove_all


class NotProvisioned(Refused):
    """`--check` found something to do."""

    def __init__(self, steps: int) -> None:
        self.steps = steps
        super().__init__(f"Steps left to do: {steps}. Run it as root without --check.")


class RootNeeded(Refused):
    """Only root may change the system."""

    def __init__(self) -> None:
        super().__init__("Provisioning changes the system: run it as root, with sudo.")


def _as_doors(
    _context: click.Context, _option: click.Parameter, value: str | None
) -> frozenset[str] | None:
    names = None if value is None else frozenset(filter(None, value.split(",")))
    if names is not None and (not names or names - DOORS.keys()):
        raise click.BadParameter(f"write some of {','.join(DOORS)}, with commas between them.")
    return names


@click.command()
@click.option("--check", is_flag=True, help="Only say what it would do; exit 1 if anything.")
@click.option("--remove", is_flag=True, help="Take back what it has made; the data stay.")
@click.option(
    "--doors",
    callback=_as_doors,
    metavar="NAMES",
    help=f"The doors of this machine, of {','.join(DOORS)}; the others stay shut.",
)
@click.option(
    "--network",
    type=click.Choice(get_args(Network)),
    help="Pages for the bus's own network, or for this machine alone.",
)
@click.option(
    "--screen", callback=as_size, metavar="WIDTHxHEIGHT", help="Size of the screen in pixels."
)
@click.option(
    "--usb",
    type=click.Choice(get_args(Usb)),
    help="Take what is named and no stranger's USB devices, or take any.",
)
@click.option(
    "--root",
    default="/",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Prepare the system image in DIR instead of this machine.",
)
def command(  # noqa: PLR0913 - one for each option
    root: Path,
    doors: frozenset[str] | None,
    network: Network | None,
    screen: str | None,
    usb: Usb | None,
    *,
    remove: bool,
    check: bool,
) -> None:
    """Install users, units, rules and folders; a second run finds nothing to do.

    What --doors, --network, --screen and --usb do not say stays as it is.
    """
    program = Path(sys.prefix) / "bin" / "kiosk"
    choices = Choices(doors, network, screen, usb)
    if remove and choices != NOTHING_CHOSEN:
        raise click.UsageError("--remove takes everything back: leave out what is chosen.")
    steps = build_plan(root, program, choices) if not remove else removal_plan(root, program)
    if check:
        _report_pending([order for step in steps if (order := step.pending(root))])
        return
    if is_this_machine(root) and os.geteuid() != 0:
        raise RootNeeded
    apply = remove_all if remove else apply_plan
    if not apply(steps, root, click.echo):
        click.echo("Nothing to do.")
    elif remove:
        click.echo(f"Done. Kept: {KEPT}.")
        click.echo("USB takes any device again from the next start on.")
        if is_packaged(program):
            click.echo("The package itself goes with: apt remove radhaus.")
    else:
        click.echo("Done. A new device: kiosk init --bus --profile NAME.")
        click.echo("Then: systemctl restart kiosk.target, and kiosk doctor.")


def _report_pending(orders: list[str]) -> None:
    for order in orders:
        click.echo(f"would {order}")
    if orders:
        raise NotProvisioned(len(orders))
    click.echo("Nothing to do.")
