"""Check of the upload: a server that takes what is closed, and a secret that is one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.devices.finding import Finding, failure, not_looked_at, ok, warning
from kiosk.domain.errors import KioskError
from kiosk.export.errors import ExportError
from kiosk.export.targets.http_client import verifying_context
from kiosk.export.upload.secret import SecretUnusable, read_secret
from kiosk.export.upload.state import upload_status
from kiosk.settings.config.upload import USUAL_SECRET
from kiosk.store.database import Database
from kiosk.system import clock

if TYPE_CHECKING:
    from kiosk.export.upload.state import UploadStatus
    from kiosk.operate.doctor.host import Host
    from kiosk.settings.config import Config, UploadSettings


def upload(host: Host) -> Finding:
    """Everything closed has arrived, or will; the server itself is not asked."""
    settings = host.settings()
    if not settings.upload.is_there:
        return ok("No server is set for uploads.")
    return (
        _unready(host, settings.upload)
        or _hidden_from_service(host, settings.upload)
        or _waiting(host, settings)
    )


def _unready(host: Host, settings: UploadSettings) -> Finding | None:
    try:
        read_secret(Path(settings.secret_file))
        verifying_context(Path(settings.ca_file) if settings.ca_file else None)
    except (SecretUnusable, ExportError) as error:
        if isinstance(error.__cause__, PermissionError) and host.is_appliance:
            return None  # root's own: the service that has it tells what the server said to it
        return failure(str(error), "docs/upload.md says how to set it up.")
    return None


def _hidden_from_service(host: Host, settings: UploadSettings) -> Finding | None:
    """By hand the upload works with any file, but the unit runs only with the one that it names."""
    own_changes = host.root / "etc/systemd/system/kiosk-upload.service.d"
    if not host.is_appliance or settings.secret_file == USUAL_SECRET or own_changes.is_dir():
        return None
    return failure(
        f"The service kiosk-upload reads {USUAL_SECRET}, not {settings.secret_file}.",
        "Move the secret there, or tell the unit: docs/upload.md, On the box.",
    )


def _waiting(host: Host, settings: Config) -> Finding:
    try:
        status = _status(host, settings.upload.url)
    except KioskError:
        return not_looked_at("database or ledger have faults", "Mend them first.")
    now = clock.now(trust_always=settings.trust_always or host.clock_is_set())
    return _finding(status, late_days=status.late_days(now))


def _status(host: Host, target: str) -> UploadStatus:
    database = Database.open(host.paths.database)
    try:
        with database.read() as connection:
            return upload_status(connection, target)
    finally:
        database.close()


def _finding(status: UploadStatus, late_days: int) -> Finding:
    error = f" {status.last_error}" if status.last_error else ""
    if late_days:
        return failure(
            f"{status.waiting[0]} ended {late_days} days ago and has not arrived at"
            f" {status.target}.{error}",
            "See what is in the way: sudo kiosk upload. Or take a stick: kiosk export --to DIR.",
        )
    if status.waiting and error:
        return warning(
            f"{', '.join(status.waiting)}: not sent yet.{error}",
            "It is tried again by itself; at once: sudo kiosk upload.",
        )
    if status.waiting:
        return ok(f"{', '.join(status.waiting)}: sent to {status.target} with the next upload.")
    return ok(f"Everything closed has arrived at {status.target}.")
