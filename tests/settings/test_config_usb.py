"""The [usb] section: devices that are let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.settings import config
from kiosk.settings.config import Config, ConfigErrors, UsbDevice, UsbSettings

if TYPE_CHECKING:
    from pathlib import Path


def _faults(folder: Path, allow: str) -> list[str]:
    file = folder / "config.toml"
    file.write_text(f'profile = "bochum"\n\n[usb]\nallow = {allow}\n', encoding="utf-8")
    with pytest.raises(ConfigErrors) as told:
        config.load_config(file)
    return [line.partition("config.toml")[2] for line in told.value.lines()]


def test_named_devices_are_written_and_read(tmp_path: Path) -> None:
    allowed = [UsbDevice("0eef:0001"), UsbDevice("046d:c31c", "A 1/2", "1-1.4")]
    wanted = Config("bochum", usb=UsbSettings(allowed))
    file = tmp_path / "config.toml"
    file.write_text(config.to_toml(wanted), encoding="utf-8")
    assert config.load_config(file) == wanted


@pytest.mark.parametrize(
    ("allow", "fault"),
    [
        ('["0eef:0001"]', ":4: usb.allow, entry 1: must be a table, not a text in quotes"),
        ('[{ id = "0EEF:0001" }]', "id: must be vendor and product, four hexadecimal digits each"),
        ('[{ id = "0eef:*" }]', "id: must be vendor and product"),
        ('[{ serial = "1" }]', '"id" is missing'),
        ('[{ id = "0eef:0001", serial = "*" }]', "serial: must be the serial number"),
        ('[{ id = "0eef:0001", serial = "\\", RUN+=\\"" }]', "serial: must be the serial number"),
        ('[{ id = "0eef:0001", socket = "usb1" }]', "socket: must be a socket"),
        ('[{ id = "0eef:0001", port = "1-1" }]', "port: unknown key"),
        ('[{ id = "0eef:0001" }, { id = "0eef:0001" }]', "entry 2: 0eef:0001 is named twice"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_line(tmp_path: Path, allow: str, fault: str) -> None:
    (told,) = _faults(tmp_path, allow)
    assert told.startswith((":4:", ":3:"))
    assert fault in told
