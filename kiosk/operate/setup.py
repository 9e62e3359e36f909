"""Set-up of a new device: data folder, settings, database and secrets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.counts import ledger
from kiosk.domain.errors import KioskError, Refused
from kiosk.service import access
from kiosk.service.sticks import adopt_stick_code
from kiosk.settings import config, profiles
from kiosk.settings.config import Config
from kiosk.settings.config.permissions import WRITABLE_BY_OTHERS
from kiosk.settings.host_names import further_names
from kiosk.store.database import Database
from kiosk.store.high_water_mark import HighWaterMark
from kiosk.system.box_authority import open_authority

if TYPE_CHECKING:
    from kiosk.service.access import Secrets
    from kiosk.system.paths import Paths


class AlreadySetUp(Refused):
    """The folder belongs to a device that works."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"{path}: a device is set up here already, and its secrets were shown then;"
            " new ones come with 'kiosk init --new-secrets'."
        )


class DatabaseDeleted(Refused):
    """The folder has files of a device whose database is gone, and its counts and numbers with it.

    A new database beside them would pass for that device.
    """

    def __init__(self, paths: Paths, remains: Path) -> None:
        self.path, self.remains = paths.database, remains
        super().__init__(
            f"{paths.database} is gone, and {remains.relative_to(paths.data)} of the device that"
            f" was set up here is left: restore a backup (kiosk restore), or move {paths.data} away"
            " and run 'kiosk init'."
        )


class FolderUnusable(KioskError):
    """The data folder cannot be made or written."""

    def __init__(self, path: Path, error: OSError) -> None:
        self.path = path
        super().__init__(f"{path}: cannot be used as data folder: {error.strerror}.")


def create_device(paths: Paths, profile: str, *, bus: bool = False) -> Secrets:
    """Create everything a device needs, with the settings of a desk or of a bus.

    Raises `AlreadySetUp`, `DatabaseDeleted`, `ProfileErrors`, `FolderUnusable`.

    The configuration is written last: a folder without one was not finished. What lies there is
    never thrown away: a database only gets new secrets, a configuration stays as it is.
    """
    settings = (config.bus_config if bus else Config)(_absolute_profile(profile))
    return create_device_with(paths, settings)


def create_device_with(
    paths: Paths, settings: Config, *, staff_pin: str | None = None, stick_code: str | None = None
) -> Secrets:
    """The same with these settings, and with secrets that are taken over instead of drawn."""
    service = profiles.load_profile(settings.profile)
    refuse_set_up(paths)
    settings = settings.without(service.without)
    try:
        if not paths.database.exists() and (remains := _remains(paths)):
            raise DatabaseDeleted(paths, remains)
        paths.runtime.mkdir(parents=True, exist_ok=True, mode=0o770)
        database = Database.create(paths.database)
        secrets = access.set_up(database, staff_pin)
        if stick_code is not None:
            adopt_stick_code(database, stick_code)
        ledger.box_key(database)
        database.close()
        if settings.console.serves_tls:
            open_authority(paths, further_names(settings.console.names, service))
        if not paths.config.exists():
            unfinished = paths.config.with_suffix(".new")
            unfinished.write_text(config.to_toml(settings), encoding="utf-8")
            unfinished.chmod(unfinished.stat().st_mode & ~WRITABLE_BY_OTHERS)
            unfinished.replace(paths.config)
    except OSError as error:
        raise FolderUnusable(paths.data, error) from error
    return secrets


def refuse_set_up(paths: Paths) -> None:
    """Raises `AlreadySetUp` where a device works in the folder."""
    if paths.config.exists() and _has_identity(paths):
        raise AlreadySetUp(paths.data)


def renew_secrets(paths: Paths) -> Secrets:
    """Draw PIN and token anew, for a device whose PIN was lost."""
    database = Database.open(paths.database)
    try:
        return access.set_up(database)
    finally:
        database.close()


def _remains(paths: Paths) -> Path | None:
    """A file that is written only beside a database, if one is there."""
    log = (paths.database.with_name(f"{paths.database.name}-{part}") for part in ("wal", "shm"))
    written = (HighWaterMark(paths.database).path, *log, paths.authority_key)
    return next((path for path in written if path.exists()), None)


def _has_identity(paths: Paths) -> bool:
    """Whether the database is one that a device has used."""
    if not paths.database.exists():
        return False
    database = Database.open(paths.database)
    try:
        return access.is_set_up(database)
    finally:
        database.close()


def _absolute_profile(profile: str) -> str:
    """A file is remembered by its whole path, a shipped profile by its name."""
    return str(Path(profile).resolve()) if Path(profile).is_file() else profile
