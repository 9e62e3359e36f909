"""`kiosk office update`: updates that boxes fetch from the office."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.common import OutputNotWritable, json_option, print_json
from kiosk.cli.office_options import fleet_options, now, open_fleet
from kiosk.domain.errors import Refused

if TYPE_CHECKING:
    from kiosk.cli.office_options import FleetSource
    from kiosk.fleet.updates import UpdateOffer

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_ALL = 100
_BLOCK_BYTES = 1 << 20


class NoVersion(Refused):
    """A bundle without a version cannot be newer than anything."""

    def __init__(self, file: Path, version: str) -> None:
        super().__init__(f"{file} calls its version {version!r}, which boxes cannot compare.")


class RaucMissing(Refused):
    """It alone knows who has signed a bundle."""

    def __init__(self) -> None:
        super().__init__("RAUC is missing, which checks the signature: apt-get install rauc.")


@click.group("update")
def command() -> None:
    """Offer a signed bundle to boxes, which fetch and install it by themselves."""


@command.command()
@click.argument("file", type=_FILE)
@click.option(
    "--keyring", required=True, type=_FILE, help="keyring.pem of the image: who may sign updates."
)
@click.option("--box", "names", multiple=True, metavar="BOX", help="To this one; repeatable.")
@click.option(
    "--share",
    type=click.IntRange(0, _ALL),
    help="To so many percent of all; more of them later with the same command.",
)
@json_option
@fleet_options
def offer(  # noqa: PLR0913 - one for each option
    source: FleetSource,
    file: Path,
    keyring: Path,
    names: tuple[str, ...],
    share: int | None,
    *,
    as_json: bool,
) -> None:
    """Offer a .raucb to all boxes, to some, or to a share of them."""
    from kiosk.operate.updates.slots import RaucSlots

    if shutil.which("rauc") is None:
        raise RaucMissing
    bundle = RaucSlots().inspect_by(keyring.resolve(), file.resolve())
    with open_fleet(source) as database:
        from kiosk.domain.version import VERSION_FORM
        from kiosk.fleet import boxes
        from kiosk.fleet.updates import UpdateOffer, offer_update

        if not VERSION_FORM.fullmatch(bundle.version):
            raise NoVersion(file, bundle.version)
        with database.read() as connection:
            devices = frozenset(boxes.find_box(connection, name).device for name in names)
        sha256, size = _kept(file, source.paths.data)
        given = share if share is not None else (0 if names else _ALL)
        made = UpdateOffer(sha256, bundle.version, bundle.compatible, size, given, now(), devices)
        with database.write() as connection:
            offer_update(connection, made)
    if as_json:
        print_json(_facts(made))
        return
    click.echo(f"Offered {made.version} for {made.compatible} to {_to_whom(names, given)}.")


@command.command()
@click.argument("version")
@json_option
@fleet_options
def withdraw(source: FleetSource, version: str, *, as_json: bool) -> None:
    """Offer a version no longer. A box that has fetched it keeps it."""
    with open_fleet(source) as database:
        from kiosk.fleet.updates import bundle_file, withdraw_update

        with database.write() as connection:
            withdrawn = withdraw_update(connection, version)
        for each in withdrawn:
            bundle_file(source.paths.data, each.sha256).unlink(missing_ok=True)
    if as_json:
        print_json({"withdrawn": version})
        return
    click.echo(f"{version} is not offered any more.")


@command.command("list")
@json_option
@fleet_options
def list_(source: FleetSource, *, as_json: bool) -> None:
    """Show what is offered to whom."""
    with open_fleet(source) as database, database.read() as connection:
        from kiosk.fleet.boxes import list_boxes
        from kiosk.fleet.updates import list_offers

        offers = list_offers(connection)
        names = {box.device: box.name for box in list_boxes(connection)}
    if as_json:
        print_json({"offers": [_facts(each) for each in offers]})
        return
    for each in offers:
        boxes = sorted(names.get(device, device) for device in each.boxes)
        whom = _to_whom(tuple(boxes), each.share)
        click.echo(f"{each.version} for {each.compatible}, {each.size >> 20} MB: to {whom}.")
    if not offers:
        click.echo("Nothing is offered.")


def _facts(offer: UpdateOffer) -> dict[str, object]:
    return {
        "version": offer.version,
        "compatible": offer.compatible,
        "size": offer.size,
        "sha256": offer.sha256,
        "share": offer.share,
        "boxes": sorted(offer.boxes),
    }


def _to_whom(names: tuple[str, ...], share: int) -> str:
    if share == _ALL:
        return "all boxes"
    parts = [*names, *([f"{share} % of all boxes"] if share or not names else [])]
    return ", ".join(parts)


def _kept(file: Path, data: Path) -> tuple[str, int]:
    """A copy beside the database, whole and on the disk: digest and size."""
    from kiosk.fleet.updates import bundle_file

    with file.open("rb") as source:
        sha256 = hashlib.file_digest(source, "sha256").hexdigest()
    kept = bundle_file(data, sha256)
    unfinished = kept.with_suffix(".new")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with file.open("rb") as source, unfinished.open("wb") as copy:
            shutil.copyfileobj(source, copy, _BLOCK_BYTES)
            copy.flush()
            os.fsync(copy.fileno())
            size = copy.tell()
        unfinished.replace(kept)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise OutputNotWritable(kept, error.strerror) from None
    return sha256, size
