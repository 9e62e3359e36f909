"""What a technician asks about the wires."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import Result

from kiosk.domain.local_time import BERLIN
from kiosk.settings.config import DEVICE_KINDS
from kiosk.system.paths import Paths
from tests.hardware.machine import Machine
from tests.prepared import new_device
from tests.waiting import eventually

if TYPE_CHECKING:
    from pathlib import Path

Kiosk = Callable[..., Result]
Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def _device(tmp_path: Path) -> None:
    new_device(Paths(tmp_path / "data"))


def configure(folder: Path, device: str, driver: str) -> None:
    path = folder / "data" / "config.toml"
    before, section, after = path.read_text().partition(f"[devices.{device}]\n")
    assert section
    settings = after.partition("\n")[2]
    path.write_text(f'{before}{section}driver = "{driver}"\n{settings}')


def test_lists_every_device_with_its_driver(ask: Ask) -> None:
    listed = ask("hardware", "list")
    assert [device["name"] for device in listed] == list(DEVICE_KINDS)
    first = {"name", "kind", "driver", "stand_in", "ready", "message"}
    more = {"troubles", "detail", "port", "free_lines", "readings"}
    assert all(set(device) == first | more for device in listed)
    assert listed[0]["driver"] == "file"
    assert {device["name"] for device in listed if not device["stand_in"]} == {"board"}
    assert all(device["ready"] is None for device in listed)


def test_a_device_that_the_box_does_not_have_is_no_stand_in(ask: Ask, tmp_path: Path) -> None:
    configure(tmp_path, "speaker", "none")
    speaker = next(device for device in ask("hardware", "list") if device["name"] == "speaker")
    assert (speaker["stand_in"], speaker["message"]) == (False, "Not there.")


def test_prints_a_test_slip_and_says_that_it_was_a_stand_in(kiosk: Kiosk, tmp_path: Path) -> None:
    result = kiosk("hardware", "test", "printer")
    assert result.exit_code == 0
    assert "X-000" in result.stdout
    assert "stand-in 'file'" in result.stdout
    assert len(list((tmp_path / "data" / "slips").glob("*.png"))) == 1


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("call_display", "shows X-000 for desk 1."),
        ("speaker", "a sentence in: "),
        ("lamp", "These lamps lit up: smiley.1, "),
    ],
)
def test_tries_the_other_devices(kiosk: Kiosk, name: str, told: str) -> None:
    result = kiosk("hardware", "test", name)
    assert result.exit_code == 0
    assert told in result.stdout
    assert "This was the stand-in" in result.stdout


def test_a_printer_that_cannot_be_opened_is_one_clear_line(kiosk: Kiosk, tmp_path: Path) -> None:
    (tmp_path / "data" / "slips").write_text("no folder")
    result = kiosk("hardware", "test", "printer")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "printer cannot be opened" in result.stderr


def test_a_device_that_is_not_configured_is_refused(kiosk: Kiosk, tmp_path: Path) -> None:
    configure(tmp_path, "printer", "none")
    result = kiosk("hardware", "test", "printer")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def test_a_driver_that_does_not_exist_stands_in_for_nothing(kiosk: Kiosk, tmp_path: Path) -> None:
    configure(tmp_path, "buttons", "keybord")
    result = kiosk("hardware", "list")
    assert result.exit_code == 1
    assert "keybord" in result.stderr


def test_a_serial_device_is_listed_with_its_line_and_those_that_are_free(
    kiosk: Kiosk, ask: Ask, tmp_path: Path
) -> None:
    configure(tmp_path, "scanner", "serial")
    config = tmp_path / "data" / "config.toml"
    pattern = f"{tmp_path}/by-id/usb-*Scanner*"
    before, section, after = config.read_text().partition("[devices.scanner]\n")
    config.write_text(before + section + after.replace("/dev/serial/by-id/usb-*", pattern, 1))
    scanner = next(device for device in ask("hardware", "list") if device["name"] == "scanner")
    assert scanner["port"] == {"pattern": pattern, "fits": []}
    assert isinstance(scanner["free_lines"], list)
    (tmp_path / "by-id").mkdir()
    (tmp_path / "by-id" / "usb-Acme_Scanner-if00").touch()
    assert (
        f"{pattern} fits {tmp_path}/by-id/usb-Acme_Scanner-if00" in kiosk("hardware", "list").stdout
    )


def test_the_board_is_listed_with_its_present_readings(
    kiosk: Kiosk, ask: Ask, tmp_path: Path
) -> None:
    configure(tmp_path, "board", "linux")
    config = tmp_path / "data" / "config.toml"
    config.write_text(config.read_text().replace('root = "/"', f'root = "{tmp_path}"'))
    Machine(tmp_path)
    board = next(device for device in ask("hardware", "list") if device["name"] == "board")
    assert board["readings"]["celsius"] == pytest.approx(48.312)
    assert board["readings"]["wear_percent"] == 20
    tried = kiosk("hardware", "test", "board")
    assert tried.exit_code == 0, tried.stderr
    assert "48 °C" in tried.stdout


def test_watch_shows_the_state_and_ends(kiosk: Kiosk) -> None:
    result = kiosk("hardware", "watch", "--seconds", "0.1")
    assert result.exit_code == 0
    assert [line.partition(":")[0] for line in result.stdout.splitlines()] == list(DEVICE_KINDS)


def test_a_scanned_code_is_reported_by_its_length(kiosk: Kiosk, tmp_path: Path) -> None:
    pipe = tmp_path / "data" / "run" / "scanner"

    def hold() -> None:
        eventually(pipe.exists)
        pipe.write_text("47110815\n")

    hand = threading.Thread(target=hold)
    hand.start()
    result = kiosk("hardware", "test", "scanner")
    hand.join()
    assert result.exit_code == 0
    assert "A code of 8 digits was scanned." in result.stdout
    assert "47110815" not in result.stdout


def test_people_are_simulated_beside_a_real_board_and_beside_nothing_else(
    kiosk: Kiosk, tmp_path: Path
) -> None:
    configure(tmp_path, "board", "linux")
    assert kiosk("simulate", "--citizens", "1").exit_code == 0
    configure(tmp_path, "scanner", "serial")
    refused = kiosk("simulate", "--citizens", "1")
    assert refused.exit_code == 1
    assert "real wires (scanner)" in refused.stderr


def test_the_present_volume_is_shown(kiosk: Kiosk, tmp_path: Path) -> None:
    path = tmp_path / "data" / "config.toml"
    config, hour = path.read_text(), datetime.now(BERLIN)
    assert kiosk("hardware", "volume", "55").stdout == "Calls are spoken at 55 %.\n"

    def quiet(begins: datetime, ends: datetime) -> str:
        time = f'{{begins = "{begins:%H:%M}", ends = "{ends:%H:%M}", percent = 0}}'
        path.write_text(config.replace("quiet = []", f"quiet = [{time}]"))
        return kiosk("hardware", "volume").stdout

    two_h = timedelta(hours=2)
    told = quiet(hour - two_h, hour + two_h)
    assert told.startswith("Calls are spoken at 55 %, but now at 0 %: quiet ")
    assert quiet(hour + two_h, hour - two_h) == "Calls are spoken at 55 %.\n"


@pytest.mark.parametrize(
    ("setting", "wrong"), [("pin = 4", "pin = 40"), ("off_after_s = 60", "off_after_s = 1")]
)
def test_an_ignition_that_makes_no_sense_is_refused(
    kiosk: Kiosk, tmp_path: Path, setting: str, wrong: str
) -> None:
    path = tmp_path / "data" / "config.toml"
    before, section, after = path.read_text().partition("[devices.board]")
    path.write_text(before + section + after.replace(setting, wrong))
    result = kiosk("hardware", "list")
    assert result.exit_code == 1
    assert f"devices.board.{setting.partition(' ')[0]}" in result.stderr
