"""`kiosk console`: staff pages, call display and API."""

from __future__ import annotations

import logging
import sys
from functools import partial
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from kiosk.cli.box import open_box
from kiosk.cli.common import data_option
from kiosk.console.app import create_app
from kiosk.console.http.context import Equipment, open_context
from kiosk.console.http.tls import IssuedContexts, Tls
from kiosk.console.server import serve
from kiosk.operate.backup.backup_files import written_last
from kiosk.operate.network.staff_urls import staff_url_by_name, staff_urls
from kiosk.service.closing_watch import ClosingWatch, closing_command
from kiosk.settings.config.devices import BoardSettings
from kiosk.settings.host_names import further_names
from kiosk.system.box_authority import open_authority
from kiosk.system.requested_job import RequestedJob, is_watched, job_request
from kiosk.system.tls_context import given_context
from kiosk.wiring.drivers import board_readings
from kiosk.wiring.sound import chime_wav

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.settings.config import ConsoleSettings
    from kiosk.system.paths import Paths
    from kiosk.wiring.box import Kiosk

FIRST_LOOK_S = 90.0
"""After the panel's, so that as a rule only one of the two closes."""


@click.command()
@click.option("--host", metavar="ADDRESS", help="0.0.0.0 opens the pages to the bus's network.")
@click.option("--port", type=click.IntRange(0, 65535), help="0 takes a free one.")
@data_option
def command(paths: Paths, host: str | None, port: int | None) -> None:
    """Serve staff pages, call display and API until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    kiosk = open_box(paths)
    configured = kiosk.config.console
    settings = replace(
        configured,
        host=host or configured.host,
        port=configured.port if port is None else port,
    )
    devices = kiosk.config.devices
    equipment = Equipment(
        {name: devices[name].kind for name in devices.stand_ins},
        devices.first(BoardSettings).off_after_s,
        board=partial(board_readings, devices, paths),
        chime=partial(chime_wav, paths),
        upload_url=kiosk.config.upload.url,
        last_backup=partial(written_last, paths.backups),
        tls=_tls(kiosk, paths, settings) if settings.serves_tls else None,
        health=_job(paths, "doctor", paths.health_report),
        support=_job(paths, "support", paths.support_bundle)
        if kiosk.config.backup.recipient
        else None,
        clock_request=job_request(paths, "clock")
        if is_watched() and not kiosk.config.trust_always
        else None,
        help_desk=kiosk.config.help_desk,
        box_name=kiosk.config.name,
        staff_urls=staff_urls(settings, kiosk.config.network, kiosk.office.profile),
        staff_url_by_name=staff_url_by_name(settings),
    )
    context = open_context(kiosk.office, kiosk.now, equipment)
    app = create_app(context, settings.names)
    watch = ClosingWatch(kiosk.office, kiosk.now, closing_command(paths.data), FIRST_LOOK_S)
    with watch.running():
        serve(app, settings.host, settings.port)


def _job(paths: Paths, name: str, result: Path) -> RequestedJob:
    """A command with rights of its own on an appliance; on a desk this process starts it."""
    command = (sys.executable, "-m", "kiosk", name, "--keep", "--data", str(paths.data))
    return RequestedJob(job_request(paths, name), result, None if is_watched() else command)


def _tls(kiosk: Kiosk, paths: Paths, settings: ConsoleSettings) -> Tls:
    """Raises `CertificateUnusable`, `AuthorityUnusable`."""
    if settings.tls_certificate:
        context = given_context(settings.tls_certificate, settings.tls_key)
        return Tls(settings.tls_port, lambda _address: context)
    names = further_names(settings.names, kiosk.office.profile)
    authority = open_authority(paths, names)
    contexts = IssuedContexts(authority, names, kiosk.now)
    return Tls(settings.tls_port, contexts, authority.certificate)
