"""`kiosk office box prepare`: the device files of many new boxes."""

from __future__ import annotations

import csv
import shutil
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.common import OutputNotWritable, json_option, print_json
from kiosk.cli.import_file import refused_imports
from kiosk.cli.office_options import fleet_options, now, open_fleet
from kiosk.settings.device_file import NAME
from kiosk.system.kept_file import replace_file_durably

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.cli.office_options import FleetSource
    from kiosk.fleet.batch import PreparedBox

_FILE = click.Path(path_type=Path, dir_okay=False)
_OWN_LIST = "boxes.csv"


@click.command()
@click.argument("list_", metavar="LIST", type=_FILE)
@click.option("--template", required=True, type=_FILE, help="A kiosk-device.toml for all of them.")
@click.option("--url", "office", metavar="URL", help="Of this office, where the template has none.")
@click.option(
    "--to",
    "folder",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="New.",
)
@json_option
@fleet_options
def prepare(  # noqa: PLR0913 - one for each option
    source: FleetSource,
    list_: Path,
    template: Path,
    office: str | None,
    folder: Path,
    *,
    as_json: bool,
) -> None:
    """Write a kiosk-device.toml for each box of a CSV with a column name; for all or none.

    Further columns, if need be: profile, staff_pin, replaces. A box is added by itself when it
    is heard of first.
    """
    if folder.exists():
        raise OutputNotWritable(folder, "it is there already, perhaps with secrets of other boxes")
    with open_fleet(source) as database, refused_imports("nothing was written"):
        from kiosk.fleet.batch import prepare_batch

        with _nothing_left_of(folder), database.write() as connection:
            prepared = prepare_batch(connection, list_, template, office, now())
            _write(folder, prepared)  # before they are awaited: no token is lost
    if as_json:
        told = [{"name": box.name, "folder": str(folder / box.folder)} for box in prepared]
        print_json({"boxes": told, "list": str(folder / _OWN_LIST)})
        return
    for box in prepared:
        click.echo(f"{box.name}: {folder / box.folder}")
    click.echo(f"PINs for staff: {folder / _OWN_LIST}. Copy each folder's files onto its card.")


@contextmanager
def _nothing_left_of(folder: Path) -> Iterator[None]:
    """Where boxes are not awaited, their files are worth nothing."""
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _write(folder: Path, prepared: list[PreparedBox]) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True)
        for box in prepared:
            place = folder / box.folder
            content = box.device_file.encode()
            replace_file_durably(place / NAME, content, 0o600)
            if box.profile:
                replace_file_durably(place / box.profile.name, box.profile.read_bytes(), 0o600)
        text = StringIO(newline="")
        writer = csv.writer(text, delimiter=";")
        writer.writerow(("name", "folder", "staff_pin"))
        writer.writerows((box.name, box.folder, box.staff_pin) for box in prepared)
        replace_file_durably(folder / _OWN_LIST, text.getvalue().encode("utf-8-sig"), 0o600)
    except OSError as error:
        raise OutputNotWritable(folder, error.strerror) from None
