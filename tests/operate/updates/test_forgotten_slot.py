"""A firmware that forgets its entries starts slot A; what was kept serves all the same."""

from __future__ import annotations

import random
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.operate.updates.forgotten_slot import MOST_RESTARTS, leave_forgotten_slot
from kiosk.operate.updates.install import install_update
from kiosk.operate.updates.record import UpdateState, read_record
from kiosk.operate.updates.slots import Bundle
from kiosk.operate.updates.trial import Verdict, settle_update
from tests.operate.updates.firmware import Machine, PowerCut

BUNDLE = Path("radhaus.raucb")


@dataclass
class ForgetfulMachine(Machine):
    """`forgets_always`: with the power all is gone. `deaf`: it takes no order at all."""

    forgets_always: bool = False
    deaf: bool = False
    starts: int = 0

    def forget(self) -> None:
        self.order, self.once = [], None

    def switch_on(self) -> str:
        if self.forgets_always:
            self.forget()
        return self.restart()

    def restart(self) -> str:
        """Warm: what was asked of the firmware is there."""
        self.starts += 1
        if self.deaf:
            self.forget()
        self.steps_to_cut = None
        self.running = self.once or next(iter(self.order), "a")
        self.once = None
        return self.versions[self.running]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "radhaus.json"


@pytest.fixture
def machine() -> ForgetfulMachine:
    return ForgetfulMachine({"a": "1", "b": "0"})


def _settle(machine: Machine, record: Path, version: str, fault: str | None) -> Verdict:
    """What radhaus-boot-entries and radhaus-update do at a start."""
    listed = machine.running in machine.order
    if leave_forgotten_slot(record, version, machine, listed=listed) is Verdict.RESTART:
        return Verdict.RESTART
    return settle_update(record, version, machine, lambda: fault)


def _start(machine: ForgetfulMachine, record: Path, fault: str | None = None) -> str:
    version = machine.switch_on()
    for _ in range(6):
        if _settle(machine, record, version, fault) is Verdict.GO_ON:
            return version
        version = machine.restart()
    raise AssertionError("it starts again without end")


def _install(machine: Machine, record: Path, version: str = "2") -> None:
    machine.offered = Bundle(version, "radhaus-amd64")
    running = machine.versions[machine.running]
    install_update(record, running, BUNDLE, machine, lambda _said: None)


def test_the_kept_version_of_the_other_slot_comes_back_and_stays(
    machine: ForgetfulMachine, record: Path
) -> None:
    _install(machine, record)
    assert _start(machine, record) == "2"
    assert machine.running == "b"
    machine.forget()
    assert [_start(machine, record) for _ in range(3)] == ["2", "2", "2"]
    assert machine.order[0] == "b"
    known = read_record(record)
    assert known
    assert known.restarts == 0


def test_a_firmware_without_a_battery_needs_one_restart_each_time(
    machine: ForgetfulMachine, record: Path
) -> None:
    _install(machine, record)
    assert _start(machine, record) == "2"
    machine.forgets_always = True
    assert [_start(machine, record) for _ in range(10)] == ["2"] * 10


def test_one_that_takes_no_order_is_asked_twice_and_then_left(
    machine: ForgetfulMachine, record: Path
) -> None:
    _install(machine, record)
    assert _start(machine, record) == "2"
    machine.deaf, machine.starts = True, 0
    assert [_start(machine, record) for _ in range(3)] == ["1"] * 3
    assert machine.starts == 3 * (1 + MOST_RESTARTS)
    known = read_record(record)
    assert known
    assert known.state is UpdateState.KEPT
    machine.deaf = False
    assert _start(machine, record) == "2", "once it takes one"


def test_the_right_slot_is_listed_again(machine: ForgetfulMachine, record: Path) -> None:
    _install(machine, record)
    _start(machine, record)
    _install(machine, record, "3")
    assert _start(machine, record) == "3"
    machine.forget()
    assert _start(machine, record) == "3"
    assert machine.order == ["a"]


@pytest.mark.parametrize("fault", [None, "no first frame"])
def test_an_update_that_waits_in_the_slot_that_it_starts_is_tried_as_any_other(
    machine: ForgetfulMachine, record: Path, fault: str | None
) -> None:
    _install(machine, record)
    _start(machine, record)
    _install(machine, record, "3")
    machine.forget()
    served = [_start(machine, record, fault) for _ in range(3)]
    assert served == (["2"] * 3 if fault else ["3"] * 3)


def test_a_bundle_that_was_refused_since_changes_nothing_of_that(
    machine: ForgetfulMachine, record: Path
) -> None:
    _install(machine, record)
    _start(machine, record)
    _install(machine, record, "3")
    assert _start(machine, record, "no first frame") == "2"
    machine.forget()
    machine.versions["a"] = "1"
    assert _start(machine, record) == "2"


def test_a_record_that_is_none_leaves_what_runs(machine: ForgetfulMachine, record: Path) -> None:
    record.write_bytes(b"\0")
    machine.forget()
    assert _start(machine, record) == "1"
    assert machine.order == ["a"]


def test_cut_off_and_forgotten_anywhere_what_was_kept_serves(tmp_path: Path) -> None:
    seed = time.time_ns()
    sys.stdout.write(f"seed {seed}\n")  # pytest shows it when the test fails
    chance = random.Random(seed)
    for turn in range(60):
        record, machine = tmp_path / f"{turn}.json", ForgetfulMachine({"a": "1", "b": "0"})
        _install(machine, record)
        assert _start(machine, record) == "2"
        for _ in range(chance.randrange(1, 8)):
            if chance.random() < 0.5:
                machine.forget()
            version = machine.switch_on()
            machine.steps_to_cut = chance.randrange(3)
            with suppress(PowerCut):
                _settle(machine, record, version, None)
        machine.steps_to_cut = None
        served = [_start(machine, record) for _ in range(3)]
        assert served[1:] == ["2", "2"], (turn, machine, read_record(record))
