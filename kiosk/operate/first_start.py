"""First start of a box from a device file: all that it says, or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kiosk.operate.setup import FolderUnusable, create_device_with
from kiosk.settings.config.upload import USUAL_SECRET
from kiosk.settings.device_file import read_device_file
from kiosk.settings.profiles import load_profile

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
    settings = given.config
    own = file.parent / settings.profile
    if own.is_file():
        load_profile(str(own))
        paths.data.mkdir(parents=True, exist_ok=True)
        copied = paths.data / _OWN_PROFILE
        _write_durably(copied, own.read_bytes(), 0o660)
        settings = replace(settings, profile=str(copied))
    if given.start.upload_secret is not None:
        secret = f"{given.start.upload_secret}\n".encode()
        _write_durably(Path(settings.upload.secret_file or USUAL_SECRET), secret, 0o600)
    start = given.start
    return create_device_with(
        paths, settings, staff_pin=start.staff_pin, stick_code=start.stick_code
    )


def _write_durably(path: Path, content: bytes, mode: int) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.new")
        unfinished.touch(mode)
        unfinished.chmod(mode)
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        raise FolderUnusable(path, error) from error
