"""First start of a box from a device file, and changes by one: all that it says, or nothing."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kiosk.operate.data_encryption import is_encrypted
from kiosk.operate.network.interfaces import plan_interfaces
from kiosk.operate.setup import FolderUnusable, create_device_with, refuse_set_up
from kiosk.operate.usb.plugged import refused_devices
from kiosk.service import access
from kiosk.service.sticks import adopt_stick_code
from kiosk.settings.config import UsbSettings, to_toml
from kiosk.settings.device_file import DeviceFileErrors, read_device_file
from kiosk.settings.profiles import load_profile
from kiosk.settings.schema.faults import FileFault
from kiosk.store.database import Database
from kiosk.system.kept_file import replace_file_durably

if TYPE_CHECKING:
    from kiosk.service.access import Secrets
    from kiosk.settings.config import Config
    from kiosk.settings.device_file import DeviceFile, StartSettings
    from kiosk.system.paths import Paths

_OWN_PROFILE = "profile.toml"


def create_device_from(paths: Paths, file: Path, root: Path = Path("/")) -> Secrets:
    """Raises `DeviceFileErrors`, `ProfileErrors` and what `create_device_with` raises.

    A profile that is a file lies beside the device file and is copied to where it stays. Cut off
    anywhere, the box is still an empty one, and the next start begins anew. Below `root` are the
    machine's USB devices.
    """
    given = read_device_file(file)
    refuse_set_up(paths)
    _refuse_plain_disk(paths, file, given, root)
    settings, start = _taken_over(paths, file, given, root), given.start
    return create_device_with(
        paths, settings, staff_pin=start.staff_pin, stick_code=start.stick_code
    )


def change_device_from(paths: Paths, file: Path, root: Path = Path("/")) -> None:
    """Lay a device file over a box that is set up: its id, its keys and its data stay.

    Raises as `create_device_from` does, and `StoreError`. Cut off anywhere it can be done again.
    """
    given = read_device_file(file)
    _refuse_plain_disk(paths, file, given, root)
    with closing(Database.open(paths.database)) as database:  # of a box that is set up
        settings, start = _taken_over(paths, file, given, root), given.start
        access.change_pin(database, start.staff_pin)
        if start.stick_code is not None:
            adopt_stick_code(database, start.stick_code)
    mode = paths.config.stat().st_mode & 0o777
    replace_file_durably(paths.config, to_toml(settings).encode(), mode)


def _refuse_plain_disk(paths: Paths, file: Path, given: DeviceFile, root: Path) -> None:
    """Where the data shall be encrypted, and their disk is not."""
    if given.config.data.encrypted and not is_encrypted(paths.data, root):
        fault = FileFault(
            0,
            "data.encrypted: the disk of this machine is not encrypted",
            "an appliance does it at its first start alone, so write its card anew; elsewhere it is"
            " done when Debian is installed; or leave the line out (docs/appliance.md)",
        )
        raise DeviceFileErrors(str(file), [fault])


def _taken_over(paths: Paths, file: Path, given: DeviceFile, root: Path) -> Config:
    """The settings, once what it names lies there."""
    settings = given.config
    if given.start.learn_usb:
        settings = replace(settings, usb=_with_plugged(settings.usb, root))
    own = file.parent / settings.profile
    try:
        own_is_there = own.is_file()
        _refuse_network(file, replace(settings, profile=str(own)) if own_is_there else settings)
        if own_is_there:
            copied = paths.data / _OWN_PROFILE
            replace_file_durably(copied, own.read_bytes(), 0o660)
            settings = replace(settings, profile=str(copied))
        for file_name, secret in _secrets(settings, given.start).items():
            if secret is not None:
                replace_file_durably(Path(file_name), f"{secret}\n".encode(), 0o600)
        if given.start.upload_authority is not None:
            certificate = given.start.upload_authority.encode()
            replace_file_durably(Path(settings.upload.ca_file), certificate, 0o644)
    except OSError as error:
        raise FolderUnusable(Path(error.filename or paths.data), error) from error
    return settings.without(load_profile(settings.profile).without)


def _refuse_network(file: Path, settings: Config) -> None:
    """Where the profile has faults, or `[network]` asks for what it does not name."""
    plan = plan_interfaces(settings.network, load_profile(settings.profile))
    if plan.faults:
        own = "to change a profile, bring one of your own beside this file (docs/profiles.md)"
        place = "[network.visitors] and the profile"
        faults = [FileFault(0, f"{place}: {one}", own) for one in plan.faults]
        raise DeviceFileErrors(str(file), faults)


def _secrets(settings: Config, start: StartSettings) -> dict[str, str | None]:
    """What lies in files of root's, by their paths."""
    network = settings.network
    return {
        settings.upload.secret_file: start.upload_secret,
        network.staff.password_file: start.staff_wifi_password,
        network.hotspot.password_file: start.hotspot_password,
    }


def _with_plugged(usb: UsbSettings, root: Path) -> UsbSettings:
    plugged = (device.as_setting for device in refused_devices(root))
    return UsbSettings([*usb.allow, *(each for each in plugged if each not in usb.allow)])
