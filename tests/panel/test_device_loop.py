"""A device may fail in any way: its loop goes on, and tells what is new and nothing twice."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from hardware.errors import (
    CannotOpen,
    DeviceClosed,
    DeviceConfused,
    DeviceLost,
    DeviceSilent,
    DeviceStopped,
    HardwareError,
)
from hardware.trouble import Trouble
from kiosk.domain.device_condition import READY, Condition
from kiosk.domain.errors import NoVisitOpen
from kiosk.panel.device_loop import DeviceLoop, Pauses
from tests.waiting import PATIENCE_S, eventually

if TYPE_CHECKING:
    from collections.abc import Callable

PAUSE_S = 60.0
QUICK = Pauses(first_s=0.001, longest_s=0.004)


class Script:
    """A duty that does what the list says, one item for each opening and each piece of work."""

    device = "printer"

    def __init__(self, *items: Exception | Condition) -> None:
        self.wake = threading.Event()
        self.items = list(items)
        self.calls: list[str] = []
        self.given_up: list[Condition] = []
        self.disk_refuses: Exception | None = None
        self.done = threading.Event()

    def open(self) -> None:
        self.calls.append("open")
        if self.items and isinstance(self.items[0], CannotOpen):
            raise self.items.pop(0)  # type: ignore[misc]

    def close(self) -> None:
        self.calls.append("close")

    def give_up(self, why: Condition) -> None:
        self.calls.append("give up")
        self.given_up.append(why)
        if self.disk_refuses:
            raise self.disk_refuses

    def work(self) -> Condition:
        if not self.items:
            self.done.set()
            self.wake.wait(PATIENCE_S)
            return READY
        item = self.items.pop(0)
        if isinstance(item, Exception):
            raise item
        return item


def run(duty: Script, tell: Callable[[str, Condition], None]) -> None:
    """Run the loop until the script is at its end."""
    loop = DeviceLoop("printer", duty, tell, QUICK)
    loop.start()
    assert duty.done.wait(PATIENCE_S)
    loop.ask_to_stop()
    loop.wait_for_end(PATIENCE_S)


def conditions_of(duty: Script) -> list[Condition]:
    told: list[Condition] = []
    run(duty, lambda _, condition: told.append(condition))
    return told


def test_reports_only_what_has_changed() -> None:
    low = Condition((Trouble.PAPER_LOW,))
    assert conditions_of(Script(READY, READY, low, low, READY)) == [READY, low, READY]


def test_a_device_that_is_absent_is_reported_once_and_tried_until_it_is_there() -> None:
    duty = Script(*[CannotOpen("printer", "it is unplugged")] * 5)
    assert [condition.ready for condition in conditions_of(duty)] == [False, True]
    assert duty.calls.count("open") == 6
    assert duty.calls.count("give up") == 5


def test_a_device_that_is_lost_is_closed_before_it_is_opened_again() -> None:
    duty = Script(READY, DeviceLost("printer", "it was unplugged"), READY)
    assert [condition.ready for condition in conditions_of(duty)] == [True, False, True]
    assert duty.calls == ["open", "give up", "close", "open", "close"]


@pytest.mark.parametrize("error", [ValueError("a fault in a driver"), OSError(5, "I/O")])
def test_an_unexpected_error_is_reported_and_does_not_end_the_loop(error: Exception) -> None:
    duty = Script(READY, error, READY)
    assert [condition.troubles for condition in conditions_of(duty)] == [(), (Trouble.FAULT,), ()]
    assert duty.calls.count("open") == 2


def test_a_refusal_of_the_office_is_reported_with_its_sentence() -> None:
    duty = Script(READY, NoVisitOpen(), READY)
    refused = Condition((Trouble.FAULT,), str(NoVisitOpen()))
    assert conditions_of(duty) == [READY, refused, READY]
    assert duty.given_up == [refused]
    assert duty.calls.count("open") == 2


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (DeviceStopped("printer", Trouble.PAPER_OUT), Trouble.PAPER_OUT),
        (DeviceStopped("printer", Trouble.FAULT), Trouble.FAULT),
        (DeviceConfused("printer", "it answers 7f"), Trouble.CONFUSED),
        (DeviceSilent("printer", 10), Trouble.SILENT),
        (DeviceLost("printer", "it was unplugged"), Trouble.LOST),
        (DeviceClosed("printer"), Trouble.FAULT),
    ],
)
def test_only_what_was_unplugged_is_reported_as_lost(
    error: HardwareError, trouble: Trouble
) -> None:
    duty = Script(READY, error, READY)
    told = Condition((trouble,), str(error))
    assert conditions_of(duty) == [READY, told, READY]
    assert duty.given_up == [told]


@pytest.mark.parametrize("refusal", [NoVisitOpen(), RuntimeError("a fault of ours")])
@pytest.mark.parametrize("error", [ValueError("a fault in a driver"), DeviceSilent("printer", 10)])
def test_work_is_given_up_for_a_device_in_trouble_and_write_errors_do_not_end_the_loop(
    error: Exception, refusal: Exception
) -> None:
    duty = Script(READY, error, READY)
    duty.disk_refuses = refusal
    assert len(conditions_of(duty)) == 3
    assert duty.calls == ["open", "give up", "close", "open", "close"]


def test_work_that_ends_in_an_error_each_time_does_not_run_hot() -> None:
    class Wanted(Script):
        """Something is wanted as soon as it is open, as with a slip that is in the way."""

        def open(self) -> None:
            super().open()
            self.wake.set()

    duty = Wanted(*[ValueError("a fault in a driver")] * 1000)
    loop = DeviceLoop("printer", duty, lambda _, __: None, Pauses(first_s=0.05, longest_s=60))
    began_s = time.monotonic()
    loop.start()
    eventually(lambda: duty.calls.count("open") >= 4)
    loop.ask_to_stop()
    loop.wait_for_end(PATIENCE_S)
    pauses_s = (0.05 * 2**number for number in range(duty.calls.count("open") - 1))
    assert time.monotonic() - began_s >= sum(pauses_s)


def test_the_device_works_on_when_its_condition_cannot_be_written_down() -> None:
    attempts: list[Condition] = []

    def full_disk(_: str, condition: Condition) -> None:
        attempts.append(condition)
        if len(attempts) < 3:
            raise NoVisitOpen

    run(Script(READY, READY, READY, READY), full_disk)
    assert attempts == [READY] * 3


def test_each_change_is_logged_once_even_when_it_cannot_be_written_down(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def full_disk(_: str, __: Condition) -> None:
        raise NoVisitOpen

    caplog.set_level("INFO", "kiosk.panel.device_loop")
    out = Condition((Trouble.PAPER_OUT,), "/dev/ttyUSB0")
    run(Script(out, out, out, READY, READY), full_disk)
    logged = [record.getMessage() for record in caplog.records]
    assert logged == [
        "printer: The paper is out. (/dev/ttyUSB0)",
        str(NoVisitOpen()),
        "printer: Ready.",
    ]


def test_a_hanging_driver_is_silent_until_it_returns() -> None:
    let_go, told = threading.Event(), list[Condition]()

    class Hanging(Script):
        def work(self) -> Condition:
            let_go.wait(PATIENCE_S)
            self.done.set()
            return READY

    def tell(_: str, condition: Condition) -> None:
        told.append(condition)

    loop = DeviceLoop("printer", Hanging(), tell, QUICK, 0.05)
    loop.start()

    def silent() -> bool:
        loop.check_progress()
        return bool(told)

    eventually(silent)
    for _ in range(3):
        loop.check_progress()
    assert [condition.troubles for condition in told] == [(Trouble.SILENT,)]
    began_s = time.monotonic()
    loop.ask_to_stop()
    loop.wait_for_end(0.1)
    assert time.monotonic() - began_s < PATIENCE_S, "a driver that hangs is left behind"
    let_go.set()
    loop.wait_for_end(PATIENCE_S)
    assert told[-1] == READY


def test_pauses_grow_up_to_the_longest() -> None:
    pauses, pause_s, seen = Pauses(first_s=0.5, longest_s=30), 0.5, []
    for _ in range(8):
        seen.append(pause_s)
        pause_s = pauses.after(pause_s)
    assert seen == [0.5, 1, 2, 4, 8, 16, 30, 30]


def test_new_work_cuts_the_pause_short() -> None:
    duty = Script(CannotOpen("printer", "it is unplugged"))
    told = threading.Event()
    loop = DeviceLoop("printer", duty, lambda _, __: told.set(), Pauses(first_s=60, longest_s=60))
    loop.start()
    assert told.wait(PATIENCE_S)

    def wake() -> bool:
        duty.wake.set()
        return duty.done.is_set()

    eventually(wake)
    loop.ask_to_stop()
    loop.wait_for_end(PATIENCE_S)


def test_stopping_does_not_wait_for_a_pause() -> None:
    absent: list[HardwareError] = [CannotOpen("printer", "it is unplugged") for _ in range(9)]
    duty = Script(*absent)
    loop = DeviceLoop("printer", duty, lambda _, __: None, Pauses(PAUSE_S, PAUSE_S))
    loop.start()
    began_s = time.monotonic()
    loop.ask_to_stop()
    loop.wait_for_end(PAUSE_S)
    assert time.monotonic() - began_s < PAUSE_S
