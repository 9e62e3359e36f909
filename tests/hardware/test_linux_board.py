"""What the board makes of the kernel's files: true, missing, or nonsense."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

from hardware.board.linux import LinuxBoard
from hardware.board.port import Readings
from hardware.board.ups import UpsIgnition
from tests.hardware.machine import (
    ALARM,
    LIFE_TIME,
    ONLINE,
    RESERVE,
    TEMPERATURE,
    THROTTLED,
    WELL,
    Machine,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def look(machine: Machine) -> Readings:
    board = LinuxBoard(machine.root, machine.root)
    board.open()
    return board.read()


def test_a_computer_in_good_health(machine: Machine) -> None:
    told = look(machine)
    assert told.celsius == pytest.approx(48.312)
    assert (told.under_voltage, told.throttled, told.reserve_low) == (False, False, False)
    assert told.wear_percent == 20
    disk = os.statvfs(machine.root)
    assert told.free_bytes == pytest.approx(disk.f_bavail * disk.f_frsize, rel=0.05)
    assert told.read_only is False
    assert "48 °C, voltage good, speed full, disk wear at most 20 %" in told.sentence


@pytest.mark.parametrize(
    ("bits", "expected"),
    [
        ("50005", (True, True, True, True)),
        ("0x50000", (False, True, False, True)),
        ("1", (True, False, False, False)),
        ("2", (False, False, True, False)),
        ("80008", (False, False, False, False)),  # the soft limit of temperature is no trouble
    ],
)
def test_the_bits_of_the_firmware(
    machine: Machine, bits: str, expected: tuple[bool, bool, bool, bool]
) -> None:
    machine.say(THROTTLED, f"{bits}\n")
    told = look(machine)
    now_and_before = (told.under_voltage, told.under_voltage_before)
    assert (*now_and_before, told.throttled, told.throttled_before) == expected


def test_the_kernels_own_sensor_sees_a_low_voltage_too(machine: Machine) -> None:
    machine.say(ALARM, "1\n")
    assert look(machine).under_voltage is True
    machine.lack(THROTTLED)
    assert look(machine).under_voltage is True


@pytest.mark.parametrize(
    ("life_time", "reserve", "expected"),
    [
        ("0x0a 0x01", "0x01", (100, False)),
        ("0x01 0x0b", "0x02", (110, True)),
        ("0x00 0x00", "0x00", (None, None)),
    ],
)
def test_the_wear_of_an_emmc(
    machine: Machine, life_time: str, reserve: str, expected: tuple[int | None, bool | None]
) -> None:
    machine.say(LIFE_TIME, life_time)
    machine.say(RESERVE, reserve)
    told = look(machine)
    assert (told.wear_percent, told.reserve_low) == expected


def test_an_sd_card_reports_nothing_and_is_not_called_good(machine: Machine) -> None:
    machine.lack(LIFE_TIME)
    machine.lack(RESERVE)
    told = look(machine)
    assert (told.wear_percent, told.reserve_low) == (None, None)
    assert "disk wear unknown" in told.sentence


def test_a_computer_without_sensors_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "sys").mkdir()
    board = LinuxBoard(tmp_path, tmp_path / "no such folder")
    board.open()
    assert board.read() == Readings()


@pytest.mark.parametrize("garbage", [b"warm\n", b"\xff\xfe\x00", b"99999999999999999999"])
@pytest.mark.parametrize(
    ("name", "field"),
    [
        (TEMPERATURE, "celsius"),
        (THROTTLED, "throttled"),
        (LIFE_TIME, "wear_percent"),
        (RESERVE, "reserve_low"),
    ],
)
def test_garbage_is_unknown_and_logged_once(
    machine: Machine, caplog: pytest.LogCaptureFixture, name: str, field: str, garbage: bytes
) -> None:
    machine.say(name, garbage)
    board = LinuxBoard(machine.root, machine.root)
    board.open()
    for _ in range(3):
        assert getattr(board.read(), field) is None
    assert len(caplog.records) == 1


def test_garbage_of_one_sensor_leaves_the_other(machine: Machine) -> None:
    machine.say(ALARM, "garbage")
    assert look(machine).under_voltage is False
    machine.lack(THROTTLED)
    assert look(machine).under_voltage is None


def test_an_ignition_in_garbage_is_unknown(machine: Machine) -> None:
    ignition = UpsIgnition(machine.root)
    ignition.open()
    machine.say(ONLINE, "maybe\n")
    assert ignition.is_on() is None


def test_no_content_of_any_file_is_a_crash(machine: Machine) -> None:
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    for _ in range(200):
        name = chance.choice(list(WELL))
        machine.say(name, chance.randbytes(chance.randrange(80)))
        try:
            look(machine)
        except Exception as error:
            raise AssertionError(f"seed {seed}, {name}") from error
