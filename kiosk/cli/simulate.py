"""`kiosk simulate`: plausible days for demos, tests and measurements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kiosk.cli.box import open_box
from kiosk.cli.common import data_option
from kiosk.cli.terminal import on_terminal
from kiosk.domain.errors import Refused
from kiosk.domain.local_time import local_date
from kiosk.operate.simulation.citizens import CITIZENS_PER_VISIT
from kiosk.operate.simulation.days import simulate_days
from kiosk.operate.simulation.plan import SimulatedVisit, last_working_days

if TYPE_CHECKING:
    from kiosk.settings.config import Devices
    from kiosk.system.paths import Paths


@click.command()
@click.option("--visits", type=click.IntRange(1), default=1, show_default=True, help="How many.")
@click.option(
    "--citizens",
    type=click.IntRange(0),
    default=CITIZENS_PER_VISIT,
    show_default=True,
    help="People per visit, on average.",
)
@click.option(
    "--appointments",
    "booked",
    type=click.FloatRange(0, 100),
    default=0,
    show_default=True,
    metavar="PERCENT",
    help="How many of them have one.",
)
@click.option(
    "--seed", type=int, default=0, show_default=True, help="The same seed, the same days."
)
@data_option
def command(paths: Paths, visits: int, citizens: int, booked: float, seed: int) -> None:
    """Play visits on the working days before today, through the same use cases as real ones.

    Whatever this box publishes afterwards is marked as simulated.
    """
    kiosk = open_box(paths)
    _refuse_on_a_bus(kiosk.config.devices)
    first_day = last_working_days(local_date(kiosk.now()), visits)
    shown = click.progressbar(length=visits, label="Simulating", **on_terminal())
    with shown as progress:

        def advance(_visit: SimulatedVisit) -> None:
            progress.update(1)

        played = simulate_days(
            kiosk.office,
            visits,
            citizens,
            seed,
            first_day=first_day,
            booked=booked / 100,
            on_visit=advance,
        )
    people = sum(visit.citizens for visit in played)
    click.echo(f"{people} people at {visits} visits from {played[0].day} to {played[-1].day}.")


def _refuse_on_a_bus(devices: Devices) -> None:
    """Refuse where citizens are counted by real devices; the board counts none."""
    if real := [name for name in devices.real if devices[name].kind != "board"]:
        raise Refused(
            f"This box has real wires ({', '.join(real)}), and simulated people would be counted"
            " among real ones: simulate in another data folder."
        )
