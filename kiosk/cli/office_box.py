"""`kiosk office box`: the boxes whose packages the office believes."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.common import OutputNotWritable, json_option, print_json
from kiosk.cli.office_batch import prepare
from kiosk.cli.office_options import fleet_options, now, open_fleet

if TYPE_CHECKING:
    from kiosk.cli.office_options import FleetSource
    from kiosk.fleet.box_list import AddedBox

_IDENTITY = click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True))


@click.group("box")
def command() -> None:
    """Add, name, replace and list boxes: nothing is believed of a box that was not added."""


command.add_command(prepare)


@command.command()
@_IDENTITY
@click.option("--name", default="", help="What the office calls it, such as 'Bus 3'.")
@click.option("--replaces", metavar="BOX", help="Name or id of the box whose name it takes over.")
@json_option
@fleet_options
def add(source: FleetSource, file: Path, name: str, replaces: str | None, *, as_json: bool) -> None:
    """Pin the key of a box: FILE is what 'kiosk counts key --json' printed there, or a package."""
    with open_fleet(source) as database:
        from kiosk.fleet import boxes
        from kiosk.fleet.identity import read_identity

        identity = read_identity(file)
        with database.write() as connection:
            boxes.add_box(connection, identity, name.strip(), now(), replaces=replaces)
            token = boxes.new_token(connection, identity.device)
            added = boxes.find_box(connection, identity.device)
    fingerprint = identity.key.fingerprint
    if as_json:
        facts = {"device": added.device, "name": added.name, "replaces": added.replaces}
        print_json({**facts, "fingerprint": fingerprint, "token": token})
        return
    click.echo(f"Added {added.name} ({added.device}).")
    click.echo(f"Key: {fingerprint}")
    click.echo("Compare it with what 'kiosk counts key' shows on the box.")
    click.echo(f"Token for its uploads, shown once: {token}")


@command.command("add-list")
@click.argument("list_", metavar="LIST", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--tokens",
    "file",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the tokens of their uploads go, as CSV; a new file, for its owner alone.",
)
@json_option
@fleet_options
def add_list(source: FleetSource, list_: Path, file: Path, *, as_json: bool) -> None:
    """Add all boxes of a CSV with the columns file, name and, if need be, replaces; or none."""
    with open_fleet(source) as database:
        from kiosk.fleet.box_list import add_boxes, read_list

        listed = read_list(list_)
        with database.write() as connection:
            added = add_boxes(connection, list_, listed, now())
            _write_tokens(file, added)  # before the boxes are there: no token is lost
    if as_json:
        told = [{"device": b.device, "name": b.name, "fingerprint": b.fingerprint} for b in added]
        print_json({"boxes": told, "tokens": str(file)})
        return
    for box in added:
        click.echo(f"Added {box.name} ({box.device}). Key: {box.fingerprint}")
    click.echo(f"Tokens for their uploads: {file}. Compare each key with 'kiosk counts key' there.")


def _write_tokens(file: Path, added: list[AddedBox]) -> None:
    try:
        with open(file, "x", encoding="utf-8", newline="", opener=_for_owner) as text:
            writer = csv.writer(text)
            writer.writerow(("device", "name", "token"))
            writer.writerows((box.device, box.name, box.token) for box in added)
    except OSError as error:
        raise OutputNotWritable(file, error.strerror) from None


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)


@command.command()
@_IDENTITY
@json_option
@fleet_options
def key(source: FleetSource, file: Path, *, as_json: bool) -> None:
    """Pin a further key of a box that was set up anew and kept its id."""
    with open_fleet(source) as database:
        from kiosk.fleet import boxes
        from kiosk.fleet.identity import read_identity

        identity = read_identity(file)
        with database.write() as connection:
            boxes.add_key(connection, identity, now())
    if as_json:
        print_json({"device": identity.device, "fingerprint": identity.key.fingerprint})
        return
    click.echo(f"Packages of {identity.device} may be signed by {identity.key.fingerprint} too.")


@command.command()
@click.argument("box")
@json_option
@fleet_options
def token(source: FleetSource, box: str, *, as_json: bool) -> None:
    """Give a box a new upload token; the one before ends."""
    with open_fleet(source) as database, database.write() as connection:
        from kiosk.fleet import boxes

        made = boxes.new_token(connection, box)
        found = boxes.find_box(connection, box)
    if as_json:
        print_json({"device": found.device, "name": found.name, "token": made})
        return
    click.echo(f"Token for the uploads of {found.name}, shown once: {made}")


@command.command()
@click.argument("box")
@click.argument("name")
@json_option
@fleet_options
def rename(source: FleetSource, box: str, name: str, *, as_json: bool) -> None:
    """Call a box otherwise; its packages stay its own."""
    name = name.strip()
    with open_fleet(source) as database, database.write() as connection:
        from kiosk.fleet import boxes

        boxes.rename_box(connection, box, name)
        found = boxes.find_box(connection, name)
    if as_json:
        print_json({"device": found.device, "name": found.name})
        return
    click.echo(f"{found.device} is called {found.name} now.")


@command.command()
@click.argument("box")
@json_option
@fleet_options
def retire(source: FleetSource, box: str, *, as_json: bool) -> None:
    """Expect nothing more of a box that has gone; its packages stay counted.

    One that was prepared and has not been heard of is forgotten.
    """
    with open_fleet(source) as database, database.write() as connection:
        from kiosk.fleet import boxes
        from kiosk.fleet.awaited import forget_awaited

        if forget_awaited(connection, box):
            _say_forgotten(box, as_json=as_json)
            return
        device = boxes.find_box(connection, box).device
        boxes.retire_box(connection, device, now().date())
        found = boxes.find_box(connection, device)
    if as_json:
        print_json({"device": found.device, "name": found.name, "retired_on": found.retired_on})
        return
    click.echo(f"{found.name} has retired; nothing more is expected of it.")


def _say_forgotten(name: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"device": None, "name": name, "retired_on": None})
        return
    click.echo(f"{name} is not awaited any more; its kiosk-device.toml is worth nothing.")


@command.command("list")
@json_option
@fleet_options
def list_(source: FleetSource, *, as_json: bool) -> None:
    """Show all boxes with their keys."""
    with open_fleet(source) as database, database.read() as connection:
        from kiosk.fleet import boxes

        found, keys = boxes.list_boxes(connection), boxes.pinned_keys(connection)
    if as_json:
        print_json(
            {
                "boxes": [
                    {
                        "device": box.device,
                        "name": box.name,
                        "replaces": box.replaces,
                        "retired_on": box.retired_on,
                        "uploads": box.has_token,
                        "fingerprints": keys.get(box.device, []),
                    }
                    for box in found
                ]
            }
        )
        return
    for box in found:
        click.echo(f"{box.in_words}: {', '.join(keys.get(box.device, []))}")
    if not found:
        click.echo("No box was added yet.")
