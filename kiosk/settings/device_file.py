"""kiosk-device.toml: all that makes a box of an empty one, so that nobody types anything there.

It is a config.toml, laid over the settings of a bus, with a table `[start]` of what stands nowhere
else: secrets that the box takes over, and what it looks at once. README and handbook call it the
device file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec

from kiosk.settings.config import Config, as_content, bus_config, checked_config
from kiosk.settings.config.network import WIFI_PASSWORD
from kiosk.settings.profiles import available_profiles
from kiosk.settings.schema.checker import Checker
from kiosk.settings.schema.faults import FileErrors, FileFault, suggest_closest
from kiosk.settings.schema.toml_file import NotToml, parse_toml, read_toml_text
from kiosk.settings.schema.toml_writer import toml_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kiosk.settings.schema.faults import TomlFaultCollector

NAME: Final = "kiosk-device.toml"
_START: Final = "start"
PIN: Final = r"\A[0-9]{6}\Z"
_STICK_CODE: Final = r"\A[0-9a-f]{32}\Z"
_SECRET: Final = r"\A[!-~]{1,200}\Z"  # noqa: S105 - its form
_CERTIFICATE: Final = (
    r"\A(-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n?)+\Z"
)

_FORMS: Final = {
    PIN: "six digits",
    _STICK_CODE: "32 letters from a to f and digits, as `kiosk stick code` shows them",
    _SECRET: "one word without blanks, as the server gave it",
    _CERTIFICATE: "a certificate as its file (PEM) has it, between three quotation marks each",
    WIFI_PASSWORD: "8 to 63 letters, digits and signs of a keyboard, without quotation marks",
}


class StartSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a box takes over instead of drawing it; left out, a code is drawn, others are none.

    With `learn_usb` whatever is refused at USB then is written into its settings, to be let in.
    """

    staff_pin: Annotated[str, msgspec.Meta(pattern=PIN)]
    stick_code: Annotated[str, msgspec.Meta(pattern=_STICK_CODE)] | None = None
    upload_secret: Annotated[str, msgspec.Meta(pattern=_SECRET)] | None = None
    upload_authority: Annotated[str, msgspec.Meta(pattern=_CERTIFICATE)] | None = None
    staff_wifi_password: Annotated[str, msgspec.Meta(pattern=WIFI_PASSWORD)] | None = None
    hotspot_password: Annotated[str, msgspec.Meta(pattern=WIFI_PASSWORD)] | None = None
    learn_usb: bool = False


class DeviceFile(msgspec.Struct, frozen=True):
    """The content, checked."""

    config: Config
    start: StartSettings


class DeviceFileErrors(FileErrors):
    """kiosk-device.toml is missing or cannot be used."""


def read_device_file(path: Path) -> DeviceFile:
    """Raises `DeviceFileErrors` with everything that is wrong in it."""
    return _checked(path, _parsed(path))


def read_template(path: Path) -> Mapping[str, Any]:
    """The content of a device file that lacks what differs. Raises `DeviceFileErrors`."""
    return _parsed(path).content


def complete_template(path: Path, given: Mapping[str, Any]) -> str:
    """The text of a device file with the template's content and this laid over it.

    Raises `DeviceFileErrors` with everything that is wrong in it, by the lines of the template.
    """
    faults = _parsed(path)
    content = _laid_over(faults.content, given)
    _checked(path, replace(faults, content=content))
    return toml_text(content)


def _parsed(path: Path) -> TomlFaultCollector:
    try:
        return parse_toml(read_toml_text(path), NAME)
    except FileNotFoundError:
        missing = FileFault(0, "missing", "docs/appliance.md shows one")
        raise DeviceFileErrors(str(path), [missing]) from None
    except NotToml as error:
        raise DeviceFileErrors(str(path), [error.fault]) from error


def _checked(path: Path, faults: TomlFaultCollector) -> DeviceFile:
    settings = _checked_settings(faults)
    start = _checked_start(faults)
    _check_profile(path, faults)
    if settings:
        _check_secrets(settings, start, faults)
        if "upload_authority" in start and not settings.upload.ca_file:
            add = 'add ca_file = "/etc/kiosk/ca.pem"'
            faults.add(("upload",), '"ca_file" is missing, which upload_authority becomes', add)
    if not settings or faults.found:
        raise DeviceFileErrors(str(path), faults.found)
    return DeviceFile(settings, msgspec.convert(start, StartSettings))


def _checked_start(faults: TomlFaultCollector) -> Mapping[str, Any]:
    table = faults.content.get(_START, {})
    if not isinstance(table, dict):
        faults.add((_START,), "must be a table: [start]")
        return {}
    return Checker(faults, _FORMS).check_table(StartSettings, table, (_START,))


def _check_profile(path: Path, faults: TomlFaultCollector) -> None:
    """A shipped one, or a file beside the device file."""
    profile, known = faults.content.get("profile"), available_profiles()
    if not isinstance(profile, str) or profile in known or (path.parent / profile).is_file():
        return
    if profile.endswith(".toml"):
        faults.add(("profile",), f'there is no "{profile}"', "put that file beside this one")
        return
    faults.add(("profile",), f'cannot be "{profile}"', suggest_closest(profile, known))


def _check_secrets(settings: Config, start: Mapping[str, Any], faults: TomlFaultCollector) -> None:
    """Each Wi-Fi that has a password needs it, and so does an upload."""
    for is_there, name in (
        (settings.network.staff.radio, "staff_wifi_password"),
        (settings.network.hotspot.radio, "hotspot_password"),
        (settings.upload.is_there, "upload_secret"),
    ):
        if is_there and name not in start:
            faults.add((_START,), f'"{name}" is missing', f'add {name} = "..."')


def _checked_settings(faults: TomlFaultCollector) -> Config | None:
    """What a config.toml may have, over what a bus has anyway."""
    profile = faults.content.get("profile", "")
    usual = as_content(bus_config(profile if isinstance(profile, str) else ""))
    given = {key: value for key, value in faults.content.items() if key != _START}
    if "profile" not in given:
        del usual["profile"]
    devices = given.get("devices")
    for name, table in devices.items() if isinstance(devices, dict) else ():
        if isinstance(table, dict) and "driver" not in table:
            faults.add(("devices", name), '"driver" is missing', "docs/hardware.md names them")
    return checked_config(replace(faults, content=_laid_over(usual, given)))


def _laid_over(usual: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The given values; tables of the usual ones keep what is not given."""
    both = {**usual, **given}
    for key in usual.keys() & given.keys():
        if isinstance(usual[key], dict) and isinstance(given[key], dict):
            both[key] = _laid_over(usual[key], given[key])
    return both
