"""`kiosk upload`: sends the packages of closed periods to the server, and tells what waits."""

from __future__ import annotations

from functools import partial
from random import SystemRandom
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from kiosk.cli.box import open_box
from kiosk.cli.common import data_option, json_option, print_json
from kiosk.export.errors import ExportError, Unreachable
from kiosk.export.package import build_package
from kiosk.export.targets.zip_archive import build_archive
from kiosk.export.upload.errors import ClockNotSet, NoTarget
from kiosk.export.upload.queue import UploadQueue
from kiosk.export.upload.state import is_upload_due, upload_status
from kiosk.operate.closing import close_if_due
from kiosk.system.process_lock import hold_lock

if TYPE_CHECKING:
    from kiosk.export.upload.state import UploadStatus
    from kiosk.system.paths import Paths
    from kiosk.wiring.box import Kiosk


@click.group(invoke_without_command=True)
@click.option("--dry-run", is_flag=True, help="Say what would be sent where, and send nothing.")
@click.option("--when-due", is_flag=True, help="Keep to the pauses after failures: for the timer.")
@data_option
@click.pass_context
def command(context: click.Context, paths: Paths, *, dry_run: bool, when_due: bool) -> None:
    """Send the packages that the server has not acknowledged yet."""
    if context.invoked_subcommand:
        given = map(context.get_parameter_source, context.params)
        if ParameterSource.COMMANDLINE in given:
            raise click.UsageError(f"Write options behind '{context.invoked_subcommand}'.")
        return
    kiosk = open_box(paths)
    if dry_run:
        _print_plan(kiosk)
    elif when_due:
        _send_if_due(kiosk)
    else:
        close_if_due(kiosk, partial(click.echo, err=True))
        _introduce(kiosk)
        _send(kiosk)
        _send_status(kiosk, at_once=True)


@command.command()
@json_option
@data_option
def status(paths: Paths, *, as_json: bool) -> None:
    """Show what waits, what was sent last and what went wrong last."""
    kiosk = open_box(paths)
    settings = kiosk.config.upload
    if not settings.is_there:
        if not as_json:
            raise NoTarget
        print_json({"target": None, "waiting": [], "last_sent": None, "last_error": None})
        return
    with kiosk.office.database.read() as connection:
        found = upload_status(connection, settings.url)
    if as_json:
        print_json(
            {
                "target": found.target,
                "waiting": found.waiting,
                "last_sent": found.last_sent,
                "last_error": found.last_error,
            }
        )
    else:
        _show(found)


def _send_if_due(kiosk: Kiosk) -> None:
    """What the timer asks for every ten minutes, so nothing is loaded in vain."""
    settings = kiosk.config.upload
    if settings.is_there:
        close_if_due(kiosk, click.echo)
        _introduce(kiosk)
    with kiosk.office.database.read() as connection:
        due = settings.is_there and is_upload_due(connection, settings.url, kiosk.now())
    if not due:
        click.echo("Nothing is due.")
        _send_status(kiosk, at_once=False)
        return
    try:
        _send(kiosk)
    except (ClockNotSet, Unreachable) as error:
        click.echo(error)  # a bus on its way: nothing has failed
    else:
        _send_status(kiosk, at_once=True)


def _introduce(kiosk: Kiosk) -> None:
    """An office that awaits this box knows it by its first status, so that goes before packages."""
    from kiosk.export.upload.box_status import was_told

    with kiosk.office.database.read() as connection:
        told = was_told(connection, kiosk.config.upload.url)
    if not told:
        _send_status(kiosk, at_once=True)


def _send_status(kiosk: Kiosk, *, at_once: bool) -> None:
    """Tell the office how this box is. A status that does not arrive holds nothing up."""
    settings, now = kiosk.config.upload, kiosk.now()
    if not settings.send_status or not now.trusted:
        return
    from kiosk.export.upload.box_status import is_status_due, send_status
    from kiosk.export.upload.drivers import upload_endpoint
    from kiosk.operate.updates.own_status import own_status

    database = kiosk.office.database
    status = own_status(kiosk)
    with database.read() as connection:
        due = at_once or is_status_due(connection, settings.url, status)
    if not due:
        return
    try:
        send_status(database, upload_endpoint(settings), status)
    except ExportError as error:
        click.echo(f"The status of this box was not taken: {error}", err=True)
        return
    click.echo("Sent the status of this box.")


def _send(kiosk: Kiosk) -> None:
    from kiosk.export.upload.drivers import upload_target

    target, database = upload_target(kiosk.config.upload), kiosk.office.database
    build = partial(build_package, database)
    with hold_lock(kiosk.paths.lock("upload"), "An upload"):
        _send_all(
            UploadQueue(database, kiosk.config.upload.url, target, build, kiosk.now, SystemRandom())
        )


def _send_all(queue: UploadQueue) -> None:
    sent = None
    for sent in queue.send():
        click.echo(f"Sent {sent.period}: {sent.receipt.place}")
    if not sent:
        click.echo("Nothing waits.")


def _print_plan(kiosk: Kiosk) -> None:
    from kiosk.export.upload.drivers import upload_target

    settings = kiosk.config.upload
    upload_target(settings)  # what is wrong with the secret is told here as well
    with kiosk.office.database.read() as connection:
        waiting = upload_status(connection, settings.url).waiting
    for period in waiting:
        archive = build_archive(build_package(kiosk.office.database, period))
        size, sha256 = len(archive.content), archive.sha256
        click.echo(f"Would send {period}: {archive.name}, {size} bytes, SHA-256 {sha256}")
    how = "WebDAV" if settings.kind == "webdav" else settings.method
    click.echo(f"To {settings.url} by {how}." if waiting else "Nothing waits.")


def _show(found: UploadStatus) -> None:
    sent = f"{found.last_sent:%Y-%m-%d %H:%M} UTC" if found.last_sent else "never"
    click.echo(f"Target: {found.target}")
    click.echo(f"Waiting: {', '.join(found.waiting) or 'nothing'}")
    click.echo(f"Last sent: {sent}")
    if found.last_error:
        click.echo(f"Last error: {found.last_error}")
    if found.waiting and found.not_before:
        click.echo(f"Tried again by itself: not before {found.not_before:%Y-%m-%d %H:%M} UTC")
