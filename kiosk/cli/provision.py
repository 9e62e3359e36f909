"""`kiosk provision`: turn this machine into an appliance."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import get_args

import click

from kiosk.domain.errors import Refused
from kiosk.operate.provisioning.choices import Choices, Usb
from kiosk.operate.provisioning.plan import apply_plan, build_plan, is_this_machine


class NotProvisioned(Refused):
    """`--check` found something to do."""

    def __init__(self, steps: int) -> None:
        self.steps = steps
        super().__init__(f"Steps left to do: {steps}. Run it as root without --check.")


class RootNeeded(Refused):
    """Only root may change the system."""

    def __init__(self) -> None:
        super().__init__("Provisioning changes the system: run it as root, with sudo.")


@click.command()
@click.option("--check", is_flag=True, help="Only say what it would do; exit 1 if anything.")
@click.option(
    "--usb",
    type=click.Choice(get_args(Usb)),
    help="Refuse a stranger's USB devices, or take any; without it that stays as it is.",
)
@click.option(
    "--root",
    default="/",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Prepare the system image in DIR instead of this machine.",
)
def command(root: Path, usb: Usb | None, *, check: bool) -> None:
    """Install users, units, rules and folders; a second run finds nothing to do."""
    steps = build_plan(root, Path(sys.prefix) / "bin" / "kiosk", Choices(usb))
    if check:
        _report_pending([order for step in steps if (order := step.pending(root))])
        return
    if is_this_machine(root) and os.geteuid() != 0:
        raise RootNeeded
    if apply_plan(steps, root, click.echo):
        click.echo("Done. A new device: kiosk init --bus --profile NAME.")
        click.echo("Then: systemctl start kiosk.target, and kiosk doctor.")
    else:
        click.echo("Nothing to do.")


def _report_pending(orders: list[str]) -> None:
    for order in orders:
        click.echo(f"would {order}")
    if orders:
        raise NotProvisioned(len(orders))
    click.echo("Nothing to do.")
