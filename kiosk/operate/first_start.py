"""First start of a box from a device file: all that it says, or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kiosk.operate.setup import FolderUnusable, create_device_with, refuse_set_up
from kiosk.settings.device_file import read_device_file
from kiosk.settings.profiles import load_profile
from kiosk.system.kept_file import replace_file_durably

if TYPE_CHECKING:
    from kiosk.service.access import Secrets
    from kiosk.system.paths import Paths

_OWN_PROFILE = "profile.toml"


def create_device_from(paths: Paths, file: Path) -> Secrets:
    """Raises `DeviceFileErrors`, `ProfileErrors` and what `create_device_with` raises.

    A profile that is a file lies beside the device file and is copied to where it stays. Cut off
    anywhere, the box is still an empty one, and the next start begins anew.
    """
    given = read_device_file(file)
    refuse_set_up(paths)
    settings, start = given.config, given.start
    own = file.parent / settings.profile
    try:
        if own.is_file():
            load_profile(str(own))
            copied = paths.data / _OWN_PROFILE
            replace_file_durably(copied, own.read_bytes(), 0o660)
            settings = replace(settings, profile=str(copied))
        if start.upload_secret is not None:
            secret = f"{start.upload_secret}\n".encode()
            replace_file_durably(Path(settings.upload.secret_file), secret, 0o600)
    except OSError as error:
        raise FolderUnusable(Path(error.filename or paths.data), error) from error
    return create_device_with(
        paths, settings, staff_pin=start.staff_pin, stick_code=start.stick_code
    )
