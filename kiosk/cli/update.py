"""`kiosk update`: updates of an appliance that has two slots."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.common import data_option, json_option, print_json
from kiosk.domain.errors import Refused
from kiosk.operate.updates.appliance import FETCHED, INCOMING, RECORD, UNLISTED, running_version
from kiosk.operate.updates.record import UpdateState, read_record
from kiosk.system.process_lock import hold_lock

if TYPE_CHECKING:
    from kiosk.operate.updates.record import UpdateRecord
    from kiosk.system.paths import Paths
    from kiosk.wiring.box import Kiosk

_WORDS = {
    UpdateState.INSTALLING: "is being written",
    UpdateState.WAITING: "starts when the box is switched on the next time",
    UpdateState.KEPT: "was checked and runs",
    UpdateState.REFUSED: "did not pass its check; the version before it runs",
    UpdateState.INTERRUPTED: "was cut off; the version before it runs, install it again",
}


class NoAppliance(Refused):
    """Only the image has two slots."""

    def __init__(self) -> None:
        super().__init__(
            "This machine is no appliance with two slots: update its package or its checkout"
            " (docs/technicians.md)."
        )


class RootUpdates(Refused):
    """Only root may write a slot."""

    def __init__(self) -> None:
        super().__init__("An update changes the system: run it as root, with sudo.")


@click.group()
def command() -> None:
    """Install a signed update, and say what became of the last one."""


@command.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def install(file: Path) -> None:
    """Install a .raucb into the slot that does not run; the next start tries it."""
    from kiosk.operate.updates.install import install_update
    from kiosk.operate.updates.slots import RaucSlots

    done = install_update(RECORD, _version(), file.resolve(), RaucSlots(), click.echo)
    click.echo(f"Version {done.version} {_WORDS[done.state]}.")


@command.command(hidden=True)
@click.argument("device", type=click.Path(path_type=Path))
@click.argument("place", type=click.Path(path_type=Path, exists=True, file_okay=False))
def plugged(device: Path, place: Path) -> None:
    """Look for an update on the stick DEVICE, mounted at PLACE. For radhaus-update-stick@."""
    from kiosk.operate.stick_service import CommandWriter
    from kiosk.operate.updates.stick import take_update
    from kiosk.wiring.drivers import plugged_stick

    writer = CommandWriter((sys.executable, "-m", "kiosk"), "kiosk-export", "kiosk")
    counts = f"kiosk-export@{device.name}.service"
    take_update(
        plugged_stick(device, place, "root", read_only=True),
        INCOMING,
        writer.tell,
        lambda: _systemctl("stop", counts),
    )


@command.command(hidden=True)
def incoming() -> None:
    """Install what a stick or the office has brought. For radhaus-update-install.service."""
    from kiosk.operate.updates.install import adopt_fetched, install_incoming
    from kiosk.operate.updates.slots import RaucSlots

    adopt_fetched(FETCHED, INCOMING)
    install_incoming(RECORD, _version(), INCOMING, RaucSlots(), click.echo)


@command.command()
@data_option
def fetch(paths: Paths) -> None:
    """Fetch the update that the office offers, or go on with it where it was cut off."""
    from kiosk.cli.box import open_box
    from kiosk.export.errors import TryLater, Unreachable
    from kiosk.export.upload.box_status import send_status
    from kiosk.export.upload.drivers import upload_endpoint
    from kiosk.operate.updates.fetch import FetchFolder, fetch_update
    from kiosk.operate.updates.own_status import own_status

    running = running_version()
    if running is None:
        raise NoAppliance
    kiosk = open_box(paths)
    if reason := _why_not_fetched(kiosk):
        click.echo(reason)
        return
    with hold_lock(paths.lock("update-fetch"), "Another 'kiosk update fetch'"):
        endpoint = upload_endpoint(kiosk.config.upload)
        try:
            offer = send_status(kiosk.office.database, endpoint, own_status(kiosk)).update
            if offer is None:
                click.echo("Nothing is offered.")
            elif fetch_update(offer, running, RECORD, FetchFolder(FETCHED), endpoint):
                click.echo(f"Version {offer.version} was fetched, and is installed now.")
            else:
                click.echo(f"Version {offer.version} is offered and known already.")
        except (Unreachable, TryLater) as error:
            click.echo(error)  # a bus on its way: the next run goes on


def _why_not_fetched(kiosk: Kiosk) -> str:
    """Empty where it may be asked for."""
    config = kiosk.config
    if not (config.upload.is_there and config.upload.send_status):
        return "No office is asked: config.toml has no [upload] with send_status."
    if not config.updates.from_office:
        return "Updates come from sticks alone: from_office under [updates] is false."
    if not kiosk.now().trusted:
        return "The clock is not set, and without the date no certificate can be checked."
    return ""


@command.command()
@json_option
def status(*, as_json: bool) -> None:
    """Which version runs, and what became of the last update."""
    running, record = running_version(), read_record(RECORD)
    if running is None:
        raise NoAppliance
    from kiosk.operate.updates.device_update import FETCHING, device_update

    known = device_update(fetches=True)
    fetched = known if known and known.state == FETCHING else None
    if as_json:
        print_json({"running": running, "update": record, "fetched": fetched})
        return
    click.echo(f"Version {running} runs.")
    if record:
        click.echo(_in_words(record))
    if fetched:
        held_up = f" Held up: {fetched.reason}" if fetched.reason else ""
        click.echo(f"Version {fetched.version} is being fetched ({fetched.percent} %).{held_up}")


@command.command(hidden=True)
@data_option
def settle(paths: Paths) -> None:
    """At a start, before the services: try an update that waits. For radhaus-update.service."""
    from kiosk.operate.updates.forgotten_slot import leave_forgotten_slot
    from kiosk.operate.updates.rehearsal import Rehearsal
    from kiosk.operate.updates.slots import RaucSlots
    from kiosk.operate.updates.trial import Verdict, settle_update

    rehearsal, slots = Rehearsal(paths.data, RECORD.parent / "rehearsal"), RaucSlots()
    verdict = leave_forgotten_slot(RECORD, _version(), slots, listed=not UNLISTED.exists())
    if verdict is Verdict.RESTART:
        click.echo("The firmware has started the version before the one that was kept.")
    else:
        verdict = settle_update(RECORD, _version(), slots, rehearsal)
    record = read_record(RECORD)
    if record:
        click.echo(_in_words(record))
    if verdict is Verdict.RESTART:
        _systemctl("reboot")


def _systemctl(*words: str) -> None:
    subprocess.run(["systemctl", "--no-block", *words], check=True)


def _version() -> str:
    version = running_version()
    if version is None:
        raise NoAppliance
    if os.geteuid() != 0:
        raise RootUpdates
    return version


def _in_words(record: UpdateRecord) -> str:
    reason = f": {record.reason}" if record.reason else "."
    return f"Update {record.version} {_WORDS[record.state]}{reason}"
