"""Configuration of a box: reads, validates and writes DIR/config.toml."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import structs
from msgspec.structs import replace

from kiosk.settings.config.device_list import Devices, read_devices
from kiosk.settings.config.devices import DEVICE_KINDS, FORMS
from kiosk.settings.config.model import (
    BackupSettings,
    Config,
    ConsoleSettings,
    DataSettings,
    GlassSettings,
    bus_config,
)
from kiosk.settings.config.network import NETWORK_FORMS, NetworkSettings
from kiosk.settings.config.upload import UploadSettings
from kiosk.settings.config.usb import USB_FORMS, UsbDevice, UsbSettings
from kiosk.settings.config.validation import config_faults
from kiosk.settings.config.voice import VOICE_FORMS, VoiceSettings
from kiosk.settings.schema.checker import Checker
from kiosk.settings.schema.faults import FileErrors, FileFault
from kiosk.settings.schema.toml_file import NotToml, parse_toml, read_toml_text
from kiosk.settings.schema.toml_writer import toml_value

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from kiosk.settings.schema.faults import TomlFaultCollector

__all__ = [
    "DEVICE_KINDS",
    "BackupSettings",
    "Config",
    "ConfigErrors",
    "ConsoleSettings",
    "DataSettings",
    "Devices",
    "GlassSettings",
    "NetworkSettings",
    "UploadSettings",
    "UsbDevice",
    "UsbSettings",
    "VoiceSettings",
    "as_content",
    "bus_config",
    "checked_config",
    "load_config",
    "to_toml",
]


class ConfigErrors(FileErrors):
    """config.toml is missing or cannot be used."""

    def __init__(self, file: str, faults: Collection[FileFault]) -> None:
        super().__init__(file, faults, "kiosk doctor")


def load_config(path: Path) -> Config:
    """Read config.toml. Raises `ConfigErrors` with everything that is wrong in it."""
    try:
        text = read_toml_text(path)
    except FileNotFoundError:
        missing = FileFault(0, "missing", "create it with 'kiosk init'")
        raise ConfigErrors(str(path), [missing]) from None
    except NotToml as error:
        raise ConfigErrors(str(path), [error.fault]) from error
    return _parse(text, str(path))


@lru_cache(maxsize=4)
def _parse(text: str, file: str) -> Config:
    """Each check of the doctor asks for the settings: a text is parsed once."""
    try:
        faults = parse_toml(text, "config.toml")
    except NotToml as error:
        raise ConfigErrors(file, [error.fault]) from error
    settings = checked_config(faults)
    if not settings:
        raise ConfigErrors(file, faults.found)
    return settings


def checked_config(faults: TomlFaultCollector) -> Config | None:
    """The settings of such a content; None where something is wrong, which is a fault then."""
    checker = Checker(faults, FORMS | NETWORK_FORMS | VOICE_FORMS | USB_FORMS)
    checker.check(Config)
    devices = read_devices(checker)
    if faults.found:
        return None
    others = {key: value for key, value in faults.content.items() if key != "devices"}
    settings = replace(msgspec.convert(others, Config), devices=devices)
    for fault in config_faults(settings):
        faults.add_at(*fault.split(": ", 1))
    return None if faults.found else settings


def as_content(config: Config) -> dict[str, Any]:
    """What a file with these settings contains."""
    others = structs.asdict(config) | {"devices": config.devices.as_builtins()}
    return {name: msgspec.to_builtins(value) for name, value in others.items()}


def to_toml(config: Config) -> str:
    """A fresh config.toml with every setting, so that a technician sees what can be set."""
    lines = [
        "# Radhaus: settings of this box. Each value is checked by 'kiosk doctor'.",
        f'profile = "{config.profile}"',
        f'name = "{config.name}" # what you call this box, in its counts beside its id: "Bus Nord"',
        f'clock = "{config.clock}" # "always trusted" or "trusted when synchronised"',
        f'help_desk = {toml_value(config.help_desk)} # whom staff call: "Leitstelle, 0209 12345"',
    ]
    sections = {
        name: msgspec.to_builtins(value)
        for name, value in structs.asdict(config).items()
        if isinstance(value, msgspec.Struct) and name != "devices"
    }
    for name, values in config.devices.as_builtins().items():
        sections[f"devices.{name}"] = _without_own_name(name, values)
    for name, values in sections.items():
        lines += ["", f"[{name}]", *_settings(name, values)]
    return "\n".join([*lines, *_SECOND]) + "\n"


_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_SECOND = (
    "",
    "# A second device of a kind is one more section, with any name and the kind in it:",
    "# [devices.counter]",
    '# kind = "printer"',
)


def _without_own_name(name: str, values: dict[str, object]) -> dict[str, object]:
    """A device that is called as its kind need not say it."""
    return {key: value for key, value in values.items() if (key, value) != ("kind", name)}


def _settings(section: str, values: dict[str, object]) -> list[str]:
    """One line for each setting; tables of names come last, each name on a line of its own."""
    tables = {key: value for key, value in values.items() if isinstance(value, dict)}
    lines = [f"{key} = {toml_value(value)}" for key, value in values.items() if key not in tables]
    for key, table in tables.items():
        pairs = [f"{_key(name)} = {toml_value(value)}" for name, value in table.items()]
        lines += ["", f"[{section}.{key}]", *pairs]
    return lines


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else toml_value(name)
