"""`kiosk appointments`: import, list, make, move and cancel appointments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.box import open_box
from kiosk.cli.common import OutputNotWritable, data_option, json_option, print_json
from kiosk.cli.import_file import (
    NOTHING_CHANGED,
    dry_run_option,
    read_import_file,
    refused_imports,
)
from kiosk.cli.terminal import on_terminal
from kiosk.domain.errors import Unknown
from kiosk.domain.ids import LanguageCode
from kiosk.domain.local_time import BERLIN
from kiosk.service import appointments, desk_appointments
from kiosk.service.appointment_import import import_appointments, preview_appointments
from kiosk.service.appointment_json import expected_lines
from kiosk.service.check_in import Presence
from kiosk.service.desk_appointments import BookingRequest
from kiosk.service.plan_changes import check_whole

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.files.appointments.validation import AppointmentFile
    from kiosk.service.appointment_import import AppointmentImport
    from kiosk.system.paths import Paths
    from kiosk.wiring.box import Kiosk

_WORDS = {
    Presence.EXPECTED: "expected",
    Presence.CHECKED_IN: "checked in",
    Presence.NO_SHOW: "has not come",
}


@click.group()
def command() -> None:
    """Appointments: import them, list today's, draw their slips."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--replace-all", is_flag=True, help="Delete the appointments that are not in this file."
)
@dry_run_option
@data_option
def import_(paths: Paths, file: Path, *, replace_all: bool, dry_run: bool) -> None:
    """Import appointments, .csv or .ics: code, time, topic and stop, and nothing personal."""
    from kiosk.files.appointments import read_appointments

    kiosk = open_box(paths)
    now = kiosk.now()
    book = read_import_file(read_appointments, file, kiosk.office.profile, now)
    carry_out = preview_appointments if dry_run else import_appointments
    with refused_imports():
        check_whole(book.source, whole=book.whole or not replace_all)
        done = carry_out(kiosk.office, book.bookings, now, instead_of_all=replace_all)
    for remark in book.remarks:
        click.echo(f"{file.name}, {remark.english}.")
    for change in done.changes:
        if dry_run and change.kind != "same":
            found = change.appointment
            when = found.time.astimezone(BERLIN)
            click.echo(f"{change.kind:9}  {when:%a %Y-%m-%d %H:%M}  {found.topic}")
    click.echo(_summary(file.name, book, done))
    if dry_run:
        click.echo(NOTHING_CHANGED)


def _summary(name: str, book: AppointmentFile, done: AppointmentImport) -> str:
    words = (
        f"{name}: {done.count('new')} new, {done.count('moved')} changed,"
        f" {done.count('same')} as before, {done.count('gone')} gone."
    )
    if kept := done.count("kept"):
        words += f" {_appointments(kept)} stay as they were: checked in already."
    if book.past:
        words += f" {_appointments(book.past)} before today left out."
    if book.all_day:
        words += f" {book.all_day} events without a time left out."
    if done.outdated:
        words += f" {_appointments(done.outdated)} older than what is known left out."
    if done.others:
        words += f" {_appointments(done.others)} of other files stay; --replace-all drops them."
    return words


def _appointments(count: int) -> str:
    return "1 appointment" if count == 1 else f"{count} appointments"


@command.command("list")
@json_option
@data_option
def list_(paths: Paths, *, as_json: bool) -> None:
    """Who is expected today, at the stop of the open visit, and who has come."""
    kiosk = open_box(paths)
    found = kiosk.office.read(expected_lines, kiosk.now())
    if as_json:
        print_json(found)
    elif not found:
        click.echo("Nobody is expected today.")
    for line in () if as_json else found:
        click.echo(
            f"{line.time:%H:%M}  {line.number or '-':6} {_WORDS[line.presence]:13} "
            f"{line.code:>12}  {line.topic}"
        )


@command.command()
@click.option("--topic", required=True, metavar="ID", help="What for.")
@json_option
@data_option
def hours(paths: Paths, topic: str, *, as_json: bool) -> None:
    """The next planned visits with times that are free for a topic."""
    kiosk = open_box(paths)
    found = kiosk.office.read(desk_appointments.office_hours, topic, kiosk.now())
    free = {each.visit: [time.astimezone(BERLIN) for time in each.free] for each in found}
    if as_json:
        print_json([{"stop": visit.stop, "times": times} for visit, times in free.items()])
    for visit, times in () if as_json else free.items():
        click.echo(f"{visit.begins:%a %Y-%m-%d}  {visit.stop}")
        click.echo(f"  {' '.join(f'{time:%H:%M}' for time in times)}")


_time_option = click.option(
    "--time",
    required=True,
    type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]),
    help="Local, such as 2026-11-24T10:00.",
)
_stop_option = click.option("--stop", required=True, metavar="ID", help="Where.")
_language_option = click.option("--language", metavar="CODE", help="Of the slip.")


@command.command()
@click.option("--topic", required=True, metavar="ID", help="What for.")
@_time_option
@_stop_option
@_language_option
@data_option
def make(paths: Paths, topic: str, time: datetime, stop: str, language: str | None) -> None:
    """Make an appointment at one of the hours; the panel prints its slip."""
    kiosk = open_box(paths)
    booking = BookingRequest(topic, time.replace(tzinfo=BERLIN), stop, language)
    made = desk_appointments.make(kiosk.office, booking, kiosk.now())
    click.echo(f"{made.code}  {time:%a %Y-%m-%d %H:%M}  {made.topic}")


@command.command()
@click.argument("code")
@_time_option
@_stop_option
@_language_option
@data_option
def move(paths: Paths, code: str, time: datetime, stop: str, language: str | None) -> None:
    """Move the appointment with this CODE; the code stays."""
    kiosk = open_box(paths)
    booking = BookingRequest("", time.replace(tzinfo=BERLIN), stop, language)
    moved = desk_appointments.move(kiosk.office, code, booking, kiosk.now())
    click.echo(f"{moved.code}  {time:%a %Y-%m-%d %H:%M}  {moved.topic}")


@command.command()
@click.argument("code")
@data_option
def cancel(paths: Paths, code: str) -> None:
    """Cancel the appointment with this CODE."""
    kiosk = open_box(paths)
    gone = desk_appointments.cancel(kiosk.office, code, kiosk.now())
    click.echo(f"Cancelled: {gone.time.astimezone(BERLIN):%a %Y-%m-%d %H:%M}, {gone.topic}.")


@command.command()
@click.option(
    "--to", "folder", required=True, metavar="DIR", type=click.Path(path_type=Path), help="Where."
)
@click.option("--language", metavar="CODE", help="Of the slips; else the profile's first.")
@data_option
def slip(paths: Paths, folder: Path, language: str | None) -> None:
    """Draw a slip with QR code for each coming appointment: DAY_TIME_CODE.png."""
    from kiosk.drawing.paper.appointment_slips import picture_of, write_slip
    from kiosk.drawing.paper.draw import WIDTH_PX
    from kiosk.settings.config.devices import PrinterSettings
    from kiosk.settings.texts import Texts

    kiosk = open_box(paths)
    profile, texts = kiosk.office.profile, Texts.load()
    spoken = _language(kiosk, language)
    width_px = WIDTH_PX[kiosk.config.devices.first(PrinterSettings).paper_mm]
    known = kiosk.office.read(appointments.upcoming, kiosk.now())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with click.progressbar(known, label="Slips", **on_terminal()) as bar:
            for appointment in bar:
                picture = picture_of(appointment, profile, spoken, texts, width_px)
                write_slip(folder, appointment, picture)
    except OSError as error:
        raise OutputNotWritable(folder, error.strerror) from error
    click.echo(f"{len(known)} slips in {folder}.")


def _language(kiosk: Kiosk, wanted: str | None) -> LanguageCode:
    languages = kiosk.office.profile.languages
    if wanted is not None and wanted not in languages:
        raise Unknown("language", wanted, languages)
    return LanguageCode(wanted) if wanted else languages[0]
