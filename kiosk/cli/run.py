"""`kiosk run`: the whole product on one machine, for a desk, a demo or a test."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from kiosk.cli.command_name import as_typed
from kiosk.cli.common import data_option, size_option
from kiosk.domain.errors import Refused
from kiosk.operate.setup import create_device
from kiosk.operate.supervisor import Child, run_children
from kiosk.service import visits
from kiosk.settings import config
from kiosk.system.virtual_display import has_display, start_virtual_display
from kiosk.wiring.box import open_kiosk

if TYPE_CHECKING:
    from kiosk.settings.config import Config
    from kiosk.system.paths import Paths

DEFAULT_PROFILE = "gelsenkirchen"

_TRY = """
A practice visit is open: all works and is marked, nothing counts, nothing stays.
  1. Draw a number: touch the glass. Without a window:
     kiosk glass tap start.number --data {data}
     and 'kiosk glass describe' or 'kiosk glass shot FILE.png' to see what to touch next.
  2. Call it: {url}/staff, the staff PIN, a desk, the space bar.
     (PIN lost? kiosk init --new-secrets --data {data})
  3. See the call: {url}/display in a second window.
  4. End the practice: Einsatz (E), Übung beenden (Shift+B). Then open a visit that counts.
"""


@click.command()
@click.option("--profile", metavar="NAME|FILE", help="For a new data folder; else gelsenkirchen.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the console; else as set.")
@click.option("--headless", is_flag=True, help="Give the glass a display of its own.")
@click.option("--practice", is_flag=True, help="Open a practice visit if no visit is open.")
@size_option
@data_option
def command(  # noqa: PLR0913 - one for each option
    paths: Paths,
    profile: str | None,
    port: int | None,
    size: str | None,
    *,
    headless: bool,
    practice: bool,
) -> None:
    """Run glass, console and panel; create the data folder if it is missing."""
    _prepare(paths, profile)
    settings = config.load_config(paths.config)
    with ExitStack() as stack:
        environment, check = dict(os.environ), None
        if headless or not has_display(environment):
            display = stack.enter_context(start_virtual_display(size or settings.glass.size))
            environment, check = display.environment, display.check
            click.echo(
                f"The glass runs on a display of its own ({environment['DISPLAY']}); look at it"
                f" with: {as_typed('kiosk glass shot')} FILE.png --data {paths.data}"
            )
        url = f"http://127.0.0.1:{port or settings.console.port}"
        click.echo(f"Console: {url}/staff (staff), /display (calls).")
        if practice and _open_practice(paths):
            click.echo(as_typed(_TRY).format(url=url, data=paths.data))
        click.echo("Ctrl-C ends it.")
        run_children(_children(paths, settings, environment, port, size), click.echo, check)


def _prepare(paths: Paths, profile: str | None) -> None:
    if not paths.config.exists():
        drawn = create_device(paths, profile or DEFAULT_PROFILE)
        click.echo(f"New device {drawn.device_id} in {paths.data}.")
        click.echo(f"Staff PIN: {drawn.staff_pin}   API token: {drawn.api_token}")
        click.echo("Write both down: they are not shown again.")
    elif profile and profile != config.load_config(paths.config).profile:
        raise Refused(
            f"{paths.data} was set up for the profile {config.load_config(paths.config).profile!r}:"
            f" choose another folder with --data for {profile!r}."
        )


def _open_practice(paths: Paths) -> bool:
    """Whether a practice visit is open, from before or from now on."""
    with ExitStack() as stack:
        kiosk = open_kiosk(paths)
        stack.callback(kiosk.office.database.close)
        visit = kiosk.office.read(visits.current_visit)
        if visit is None:
            visit = visits.open_visit(kiosk.office, None, None, kiosk.now(), practice=True)
    return visit.practice


def _children(
    paths: Paths,
    settings: Config,
    environment: dict[str, str],
    port: int | None,
    size: str | None,
) -> list[Child]:
    data = ["--data", str(paths.data)]
    glass = ["touch", *data, *(["--size", size] if size else [])]
    console = ["console", *data, *(["--port", str(port)] if port else [])]
    keyboard = "keyboard" in {each.driver for each in settings.devices.values()}
    return [
        Child("The glass", glass, environment),
        Child("The console", console, environment),
        Child("The panel", ["panel", *data], environment, takes_keyboard=keyboard),
    ]
