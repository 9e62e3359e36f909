"""The computer under a folder that stands in for /sys, with a key in a test's hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hardware.board.fake import FakeBoard, FakeIgnition
from hardware.board.linux import LinuxBoard
from hardware.errors import DeviceLost
from hardware.trouble import Trouble
from kiosk.devices.board_rule import IgnitionRule
from kiosk.domain.moment import Moment
from kiosk.panel.board import CLOCK_GRACE_S, BoardDuty
from kiosk.panel.shutdown import Shutdown
from tests.hardware.machine import TEMPERATURE, Machine
from tests.town import TownClock

if TYPE_CHECKING:
    from pathlib import Path

    from hardware.board.port import Board
    from kiosk.domain.device_condition import Condition


class Bench:
    """A watched computer; `pass_s` lets its time pass, one look each second."""

    def __init__(self, folder: Path, board: Board, key: FakeIgnition | None) -> None:
        self.key = key
        self.request = folder / "run" / "poweroff"
        self.request.parent.mkdir(exist_ok=True)
        self.clock = TownClock()
        shutdown = Shutdown(self.request)
        self.watching = BoardDuty(board, key, IgnitionRule(60), shutdown, self.now)
        self.watching.open()
        self.told = self.look()

    def now(self) -> Moment:
        clock = self.clock
        return Moment("boot", clock.boot_s, clock.wall, clock.trusted)

    def look(self) -> Condition:
        self.watching.wake.set()  # no test waits for a real second
        return self.watching.work()

    def pass_s(self, seconds: int) -> tuple[Trouble, ...]:
        for _ in range(seconds):
            self.clock.pass_s(1)
            self.told = self.look()
        return self.told.troubles


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def bench(tmp_path: Path, machine: Machine) -> Bench:
    return Bench(tmp_path, LinuxBoard(machine.root, tmp_path), FakeIgnition())


def test_the_sensors_are_read_every_few_seconds(bench: Bench, machine: Machine) -> None:
    assert bench.told.troubles == ()
    machine.say(TEMPERATURE, "81000\n")
    assert bench.pass_s(5) == (Trouble.HOT,)
    assert "81 °C" in bench.told.detail
    machine.say(TEMPERATURE, "50000\n")
    assert bench.pass_s(66) == ()


def test_the_ignition_is_reported_at_once_and_requests_the_shutdown_after_its_delay(
    bench: Bench,
) -> None:
    assert bench.key
    bench.pass_s(5)
    bench.key.on = False
    assert bench.pass_s(1) == (Trouble.NO_POWER,)
    bench.pass_s(59)
    assert not bench.request.exists()
    bench.pass_s(1)
    assert bench.request.exists()


def test_nothing_shuts_down_when_the_power_returns(bench: Bench) -> None:
    assert bench.key
    bench.pass_s(5)
    bench.key.on = False
    bench.pass_s(50)
    bench.key.on = True
    assert bench.pass_s(4) == ()
    bench.key.on = False
    bench.pass_s(60)
    assert not bench.request.exists()


def test_an_unanswered_shutdown_request_is_withdrawn_with_the_power(bench: Bench) -> None:
    assert bench.key
    bench.pass_s(1)
    bench.key.on = False
    bench.pass_s(61)
    assert bench.request.exists()
    bench.key.on = True
    bench.pass_s(1)
    assert not bench.request.exists()


def test_a_request_from_before_ends_no_later_run(tmp_path: Path) -> None:
    request = tmp_path / "run" / "poweroff"
    request.parent.mkdir()
    request.touch()
    Bench(tmp_path, FakeBoard(), FakeIgnition())
    assert not request.exists()


def test_a_request_that_cannot_be_written_is_logged_and_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    request = tmp_path / "no such folder" / "poweroff"
    shutdown = Shutdown(request)
    for _ in range(3):
        shutdown.ask()
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    request.parent.mkdir()
    for _ in range(3):
        shutdown.ask()
    assert request.exists(), "asked again until it could be written"
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


def test_an_unreadable_ignition_is_reported_and_the_sensors_work_on(
    bench: Bench, machine: Machine
) -> None:
    assert bench.key
    bench.pass_s(5)
    bench.key.plug.pull()
    machine.say(TEMPERATURE, "81000\n")
    assert bench.pass_s(5) == (Trouble.IGNITION_UNKNOWN, Trouble.HOT)
    assert not bench.told.ready
    bench.pass_s(300)
    assert not bench.request.exists()
    bench.key.plug.put_back()
    machine.say(TEMPERATURE, "50000\n")
    assert bench.pass_s(100) == ()


def test_a_line_that_closes_soon_after_the_start_is_opened_again_at_once(bench: Bench) -> None:
    assert bench.key
    bench.pass_s(2)
    bench.key.plug.pull()
    bench.key.plug.put_back()  # one read fails
    bench.pass_s(2)
    bench.key.on = False
    bench.pass_s(62)
    assert bench.request.exists()


def test_a_box_without_ignition_never_shuts_down(tmp_path: Path) -> None:
    bench = Bench(tmp_path, FakeBoard(), None)
    assert bench.pass_s(900) == ()
    assert not bench.request.exists()


def test_an_unset_clock_is_reported_after_a_while(tmp_path: Path) -> None:
    bench = Bench(tmp_path, FakeBoard(), None)
    bench.clock.trusted = False
    assert bench.pass_s(int(CLOCK_GRACE_S) - 1) == ()
    assert bench.pass_s(1) == (Trouble.CLOCK_UNKNOWN,)
    bench.clock.trusted = True
    assert bench.pass_s(61) == ()


def test_a_board_that_is_lost_is_reported_to_the_loop(tmp_path: Path) -> None:
    board = FakeBoard()
    bench = Bench(tmp_path, board, None)
    board.plug.pull()
    with pytest.raises(DeviceLost):
        bench.pass_s(10)
