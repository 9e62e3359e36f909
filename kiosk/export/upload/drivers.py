"""Driver of the upload by the configuration: HTTPS or WebDAV, with the secret from its file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.export.targets.http_client import Endpoint
from kiosk.export.targets.https import HttpsTarget
from kiosk.export.targets.webdav import WebdavTarget
from kiosk.export.upload.errors import NoTarget
from kiosk.export.upload.secret import authorization

if TYPE_CHECKING:
    from kiosk.export.targets.port import Target
    from kiosk.settings.config import UploadSettings


def upload_endpoint(settings: UploadSettings) -> Endpoint:
    """The server that the settings name. Raises `NoTarget`, `SecretUnusable`."""
    if not settings.is_there:
        raise NoTarget
    return Endpoint(
        settings.url,
        authorization(settings.user, Path(settings.secret_file)),
        Path(settings.ca_file) if settings.ca_file else None,
        settings.timeout_s,
    )


def upload_target(settings: UploadSettings) -> Target:
    """The target that the settings name. Raises `NoTarget`, `SecretUnusable`."""
    endpoint = upload_endpoint(settings)
    if settings.kind == "webdav":
        return WebdavTarget(endpoint)
    return HttpsTarget(endpoint, settings.method)
