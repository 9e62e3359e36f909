"""kiosk-device.toml: a bus's settings with what the file says laid over them, or all its faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.settings.config import bus_config
from kiosk.settings.device_file import DeviceFileErrors, StartSettings, read_device_file

if TYPE_CHECKING:
    from pathlib import Path

SMALLEST = """\
profile = "gelsenkirchen"

[start]
staff_pin = "274915"
"""
CERTIFICATE = '"""\n-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"""'
FULL = """\
profile = "bochum"
name = "Bus 3"

[glass]
size = "800x480"

[devices.printer]
driver = "serial"
port = "/dev/serial/by-id/usb-printer"

[upload]
kind = "https"
url = "https://stadt.example/radhaus"

[start]
staff_pin = "000123"
stick_code = "0123456789abcdef0123456789abcdef"
upload_secret = "geheim!"
"""


def _write(folder: Path, text: str) -> Path:
    file = folder / "kiosk-device.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_what_it_does_not_say_is_as_on_every_bus(tmp_path: Path) -> None:
    given = read_device_file(_write(tmp_path, SMALLEST))
    assert given.config == bus_config("gelsenkirchen")
    assert given.start == StartSettings("274915")


def test_settings_are_laid_over_those_of_a_bus(tmp_path: Path) -> None:
    given = read_device_file(_write(tmp_path, FULL))
    assert (given.config.name, given.config.glass.size) == ("Bus 3", "800x480")
    assert given.config.glass.fullscreen  # of a bus, in the same table
    assert given.config.console.host == "0.0.0.0"  # noqa: S104 - of a bus
    assert given.config.devices.as_builtins()["printer"]["port"] == "/dev/serial/by-id/usb-printer"
    assert given.config.devices.as_builtins()["board"]["driver"] == "linux"
    assert given.start == StartSettings("000123", "0123456789abcdef0123456789abcdef", "geheim!")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", '"profile" is missing'),
        ('profile = "bochum"', '"staff_pin" is missing'),
        (SMALLEST + "[devices.printer]\npaper_mm = 58", '"driver" is missing'),
        (SMALLEST.replace("gelsenkirchen", "gelsenkirchn"), 'did you mean "gelsenkirchen"'),
        (SMALLEST.replace("gelsenkirchen", "hassel.toml"), "put that file beside this one"),
        (SMALLEST.replace('"gelsenkirchen"', "bochum"), "text stands in straight quotes"),
        (
            SMALLEST.replace('"gelsenkirchen"', "\u201ebochum\u201c"),
            "text stands in straight quotes",
        ),
        (FULL.replace('upload_secret = "geheim!"', ""), '"upload_secret" is missing'),
        (SMALLEST.replace("274915", "12"), "must be six digits"),
        (SMALLEST.replace("274915", "१२३४५६"), "must be six digits"),
        (SMALLEST.replace("[start]", "[Start]"), "unknown key"),
        (SMALLEST + 'pin = "1"', "unknown key"),
        (SMALLEST + 'stick_code = "abc"', "32 letters"),
        (SMALLEST + "upload_secret = 'a b'", "one word without blanks"),
        (SMALLEST + "upload_authority = 'ca.pem'", "a certificate as its file"),
        (SMALLEST + f"upload_authority = {CERTIFICATE}", '"ca_file" is missing'),
        (SMALLEST.replace("[start]", "[glass]\nsize = 7\n[start]"), "glass.size"),
        ("start = 3\n" + 'profile = "bochum"', "must be a table"),
        ("profile = [", "this is no TOML"),
    ],
)
def test_each_fault_is_told_and_nothing_is_read(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(DeviceFileErrors) as refused:
        read_device_file(_write(tmp_path, text))
    assert fault in "\n".join(refused.value.lines())


def test_a_fault_of_a_setting_has_the_line_of_this_file(tmp_path: Path) -> None:
    text = FULL.replace('size = "800x480"', 'size = "big"')
    with pytest.raises(DeviceFileErrors) as refused:
        read_device_file(_write(tmp_path, text))
    line = 1 + text.splitlines().index('size = "big"')
    assert refused.value.lines()[0].startswith(f"{tmp_path}/kiosk-device.toml:{line}: ")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Each try is a walk with the card."""
    text = SMALLEST.replace("274915", "12").replace("gelsenkirchen", "gelsenkirchn")
    with pytest.raises(DeviceFileErrors) as refused:
        read_device_file(_write(tmp_path, text + '[backup]\nrecipient = "age1..."\n'))
    places = [fault.what.partition(":")[0] for fault in refused.value.faults]
    assert places == ["profile", "start.staff_pin", "backup.recipient"]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeviceFileErrors, match="missing"):
        read_device_file(tmp_path / "kiosk-device.toml")


NETWORK = """\
profile = "gelsenkirchen"

[network.staff]
radio = "wifi"
ssid = "BuS-Team"

[start]
staff_pin = "274915"
staff_wifi_password = "geheim im Bus"
"""


def test_a_wifi_comes_with_its_password(tmp_path: Path) -> None:
    given = read_device_file(_write(tmp_path, NETWORK))
    assert given.config.network.staff.ssid == "BuS-Team"
    assert given.start.staff_wifi_password == "geheim im Bus"
    without = NETWORK.replace('staff_wifi_password = "geheim im Bus"\n', "")
    with pytest.raises(DeviceFileErrors, match='start: "staff_wifi_password" is missing'):
        read_device_file(_write(tmp_path, without))
    with pytest.raises(DeviceFileErrors, match="8 to 63 letters"):
        read_device_file(_write(tmp_path, NETWORK.replace("geheim im Bus", "kurz")))
