"""`kiosk sheet`: the information sheets of the directory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.box import open_box
from kiosk.cli.common import OutputNotWritable, data_option
from kiosk.domain.ids import OfferId
from kiosk.drawing.paper.draw import WIDTH_PX, draw_sheet
from kiosk.drawing.paper.sheet import sheet_of
from kiosk.service.sheets import SheetRequest, want_sheet
from kiosk.settings.config.devices import PrinterSettings
from kiosk.settings.texts import Texts

if TYPE_CHECKING:
    from kiosk.system.paths import Paths

OFFER = click.option(
    "--offer", required=True, metavar="ID", help="An entry of the directory, or all."
)
LANGUAGE = click.option("--language", metavar="CODE", help="Else the profile's first.")


@click.group()
def command() -> None:
    """Information sheets: list the offers, print one, look at one."""


@command.command("list")
@data_option
def list_(paths: Paths) -> None:
    """The advice offers of the directory."""
    for offer in open_box(paths).office.profile.directory:
        click.echo(f"{offer.id:24} {offer.name}")


@command.command("print")
@OFFER
@LANGUAGE
@data_option
def print_(paths: Paths, offer: str, language: str | None) -> None:
    """Have the panel print a sheet; no visit need be open."""
    kiosk = open_box(paths)
    sheet = want_sheet(kiosk.office, SheetRequest(offer, language), kiosk.now())
    click.echo(f"Sheet {sheet.id} is to be printed.")


@command.command()
@OFFER
@LANGUAGE
@click.option(
    "--to", "to", required=True, metavar="FILE.png", type=click.Path(dir_okay=False, path_type=Path)
)
@data_option
def show(paths: Paths, offer: str, language: str | None, to: Path) -> None:
    """Draw a sheet into a file, as the printer would."""
    kiosk = open_box(paths)
    profile = kiosk.office.profile
    spoken = profile.language(language) if language else profile.languages[0]
    drawn = sheet_of(OfferId(offer), profile, spoken, Texts.load())
    try:
        draw_sheet(drawn, WIDTH_PX[kiosk.config.devices.first(PrinterSettings).paper_mm]).save(
            to, format="PNG"
        )
    except OSError as error:
        raise OutputNotWritable(to, error.strerror or str(error)) from error
    click.echo(f"The sheet is in {to}.")
