"""An update is tried once and then stays, or the version before it runs, whatever is cut off."""

from __future__ import annotations

import random
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.operate.updates.install import NotNewer, install_update
from kiosk.operate.updates.record import MOST_ATTEMPTS, UpdateState, read_record
from kiosk.operate.updates.slots import Bundle, RaucFailed
from kiosk.operate.updates.trial import Verdict, settle_update
from tests.operate.updates.firmware import Machine, PowerCut
from tests.operate.updates.raspberry_pi import RaspberryPi

if TYPE_CHECKING:
    from collections.abc import Callable

BUNDLE = Path("radhaus.raucb")
FIRMWARES = ("uefi", "raspberry-pi")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "radhaus.json"


@pytest.fixture(params=FIRMWARES)
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    return _new_machine(request.param, tmp_path)


def _new_machine(firmware: str, folder: Path) -> Machine:
    versions = {"a": "1", "b": "0"}
    if firmware == "uefi":
        return Machine(versions)
    return RaspberryPi.new(versions, folder)


def _install(machine: Machine, record: Path) -> None:
    install_update(record, machine.versions[machine.running], BUNDLE, machine, lambda _said: None)


def _start(machine: Machine, record: Path, fault: str | None = None) -> str:
    """Switch on until it stays on; the version that serves people."""
    version = machine.switch_on()
    for _ in range(9):
        if settle_update(record, version, machine, lambda: fault) is Verdict.GO_ON:
            return version
        version = machine.restart()
    raise AssertionError("it starts again without end")


def _state(record: Path) -> UpdateState:
    known = read_record(record)
    assert known
    return known.state


def test_an_update_that_works_starts_at_the_next_switching_on_and_stays(
    machine: Machine, record: Path
) -> None:
    _install(machine, record)
    assert machine.versions[machine.running] == "1"
    assert _state(record) is UpdateState.WAITING
    assert [_start(machine, record) for _ in range(3)] == ["2", "2", "2"]
    assert _state(record) is UpdateState.KEPT


def test_one_that_does_not_pass_is_refused_with_its_reason(machine: Machine, record: Path) -> None:
    _install(machine, record)
    assert [_start(machine, record, "no first frame") for _ in range(3)] == ["1", "1", "1"]
    known = read_record(record)
    assert known
    assert (known.state, known.reason) == (UpdateState.REFUSED, "no first frame")


def test_one_that_never_comes_up_is_given_up(machine: Machine, record: Path) -> None:
    _install(machine, record)
    tries, version = 0, machine.switch_on()
    while _state(record).is_pending:
        if version == "2":  # it dies before anything of ours has run
            tries, version = tries + 1, machine.restart()
            continue
        verdict = settle_update(record, version, machine, lambda: None)
        version = machine.restart() if verdict is Verdict.RESTART else machine.switch_on()
    assert tries == MOST_ATTEMPTS
    assert _state(record) is UpdateState.INTERRUPTED
    assert _start(machine, record) == "1"


def test_a_key_turned_early_tries_again_at_the_next_start(machine: Machine, record: Path) -> None:
    _install(machine, record)
    machine.switch_on()
    assert [_start(machine, record) for _ in range(2)][-1] == "2"


def test_fifty_short_starts_leave_the_version_that_runs(machine: Machine, record: Path) -> None:
    _install(machine, record)
    assert _start(machine, record) == "2"
    assert [machine.switch_on() for _ in range(50)] == ["2"] * 50


def test_the_kept_version_can_be_updated_in_turn(machine: Machine, record: Path) -> None:
    _install(machine, record)
    _start(machine, record)
    machine.offered = Bundle("3", "radhaus-amd64")
    _install(machine, record)
    assert _start(machine, record) == "3"
    assert machine.running == "a"


@pytest.mark.parametrize("offered", ["1", "0.9"])
def test_only_a_newer_version_is_installed(machine: Machine, record: Path, offered: str) -> None:
    machine.offered = Bundle(offered, "radhaus-amd64")
    with pytest.raises(NotNewer, match="only a newer one"):
        _install(machine, record)
    assert read_record(record) is None
    assert _start(machine, record) == "1"


def test_versions_are_compared_as_numbers(machine: Machine, record: Path) -> None:
    machine.versions["a"] = "0.9.0+20261130.90000"
    machine.offered = Bundle("0.10.0+20261130.100000", "radhaus-amd64")
    _install(machine, record)
    assert _start(machine, record) == "0.10.0+20261130.100000"


def test_what_nobody_trusted_has_signed_changes_nothing(machine: Machine, record: Path) -> None:
    with pytest.raises(RaucFailed, match="signature"):
        install_update(record, "1", Path("strange.zip"), machine, lambda _said: None)
    assert read_record(record) is None


def test_where_rauc_gives_no_answer_a_kept_version_does_not_start_in_a_circle(
    machine: Machine, record: Path
) -> None:
    _install(machine, record)
    machine.rauc_works = False
    assert _start(machine, record) == "1"
    assert _state(record) is UpdateState.REFUSED


def test_a_record_that_is_none_stops_nothing(machine: Machine, record: Path) -> None:
    record.write_bytes(b"\0" * 64)
    assert _start(machine, record) == "1"


def _until_cut(machine: Machine, steps: int, work: Callable[[], object]) -> None:
    machine.steps_to_cut = steps
    with suppress(PowerCut):
        work()


def _live(machine: Machine, chance: random.Random, record: Path, fault: str | None) -> None:
    """An update and up to three starts, each cut off somewhere or not."""
    _until_cut(machine, chance.randrange(6), lambda: _install(machine, record))
    for _ in range(chance.randrange(4)):
        settle = partial(settle_update, record, machine.switch_on(), machine, lambda: fault)
        _until_cut(machine, chance.randrange(3), settle)


@pytest.mark.parametrize("firmware", FIRMWARES)
def test_cut_off_anywhere_a_version_runs_that_has_passed(firmware: str, tmp_path: Path) -> None:
    seed = time.time_ns()
    sys.stdout.write(f"seed {seed}\n")  # pytest shows it when the test fails
    chance = random.Random(seed)
    for turn in range(60):
        fault, record = chance.choice([None, "broken"]), tmp_path / f"{turn}.json"
        machine = _new_machine(firmware, tmp_path / str(turn))
        _live(machine, chance, record, fault)
        served = [_start(machine, record, fault) for _ in range(MOST_ATTEMPTS + 2)]
        assert set(served) <= ({"1"} if fault else {"1", "2"}), (turn, machine)
        known = read_record(record)
        assert known is None or not known.state.is_pending, (turn, known)
        kept = known is not None and known.state is UpdateState.KEPT
        assert served[-1] == ("2" if kept else "1"), (turn, known)
