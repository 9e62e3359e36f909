"""What every board and every ignition must do."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from gpiozero.pins.mock import MockFactory

from hardware.board.fake import FakeBoard, FakeIgnition
from hardware.board.gpio import GpioIgnition
from hardware.board.linux import LinuxBoard
from hardware.board.ups import UpsIgnition
from hardware.errors import CannotOpen, DeviceBusy, DeviceClosed, DeviceLost
from tests.hardware.machine import ONLINE, Machine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hardware.board.port import Board, Ignition

PIN = 4


def linux_board(folder: Path) -> LinuxBoard:
    return LinuxBoard(Machine(folder).root, folder)


@pytest.fixture(params=[lambda _: FakeBoard(), linux_board], ids=["fake", "linux"])
def board(request: pytest.FixtureRequest, tmp_path: Path) -> Board:
    built: Board = request.param(tmp_path)
    return built


def test_a_board_reads_its_sensors_and_closes_twice(board: Board) -> None:
    with pytest.raises(DeviceClosed):
        board.read()
    board.open()
    told = board.read()
    assert told.celsius is not None
    assert told.under_voltage is False
    assert told.free_bytes
    board.close()
    board.close()
    with pytest.raises(DeviceClosed):
        board.read()


def test_a_board_without_a_machine_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="there is no"):
        LinuxBoard(tmp_path / "nowhere", tmp_path).open()


@dataclass
class Key:
    """An ignition with the hand at its key."""

    ignition: Ignition
    turn: Callable[[bool], None]
    break_off: Callable[[], None]


def fake_key(_: Path) -> Key:
    fake = FakeIgnition()

    def turn(on: bool) -> None:  # noqa: FBT001
        fake.on = on

    return Key(fake, turn, fake.plug.pull)


def ups_key(folder: Path) -> Key:
    machine = Machine(folder)
    return Key(
        UpsIgnition(folder),
        lambda on: machine.say(ONLINE, "1\n" if on else "0\n"),
        lambda: machine.lack(ONLINE),
    )


def gpio_key(off_when: str) -> Callable[[Path], Key]:
    def built(_: Path) -> Key:
        factory = MockFactory()
        pin = factory.pin(PIN)
        ignition = GpioIgnition(PIN, "low" if off_when == "low" else "high", lambda: factory)

        def turn(on: bool) -> None:  # noqa: FBT001
            pin.drive_high() if on == (off_when == "low") else pin.drive_low()

        return Key(ignition, turn, factory.close)

    return built


@pytest.fixture(
    params=[fake_key, ups_key, gpio_key("low"), gpio_key("high")],
    ids=["fake", "ups", "gpio off when low", "gpio off when high"],
)
def key(request: pytest.FixtureRequest, tmp_path: Path) -> Key:
    built: Key = request.param(tmp_path)
    return built


def test_the_ignition_follows_the_key(key: Key) -> None:
    with pytest.raises(DeviceClosed):
        key.ignition.is_on()
    key.ignition.open()
    for on in (True, False, True):
        key.turn(on)
        assert key.ignition.is_on() is on
    key.ignition.close()
    key.ignition.close()
    with pytest.raises(DeviceClosed):
        key.ignition.is_on()


@pytest.mark.parametrize("built", [fake_key, ups_key])
def test_a_line_that_is_lost_is_never_taken_for_a_turned_key(
    tmp_path: Path, built: Callable[[Path], Key]
) -> None:
    key = built(tmp_path)
    key.turn(True)  # noqa: FBT003
    key.ignition.open()
    key.break_off()
    with suppress(DeviceLost):
        assert key.ignition.is_on() is not False
    key.ignition.close()


@pytest.mark.parametrize("off_when", ["low", "high"])
def test_a_floating_pin_is_an_ignition_that_is_off(tmp_path: Path, off_when: str) -> None:
    """So the box shuts down cleanly, instead of running its battery empty unseen."""
    key = gpio_key(off_when)(tmp_path)
    key.ignition.open()
    assert key.ignition.is_on() is False


def test_a_pin_of_another_device_is_reported() -> None:
    factory = MockFactory()
    first, second = (GpioIgnition(PIN, "low", lambda: factory) for _ in range(2))
    first.open()
    with pytest.raises(DeviceBusy):
        second.open()


def test_a_machine_without_power_supplies_has_no_such_ignition(tmp_path: Path) -> None:
    (tmp_path / "sys").mkdir()
    with pytest.raises(CannotOpen, match="power_supply"):
        UpsIgnition(tmp_path).open()
