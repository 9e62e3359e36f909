"""The backend of a Raspberry Pi: the power may go at any time, and one of both slots starts."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from kiosk.operate.updates.forgotten_slot import leave_forgotten_slot
from kiosk.operate.updates.record import UpdateRecord, UpdateState, write_record
from kiosk.operate.updates.trial import Verdict
from tests.operate.updates.raspberry_pi import (
    BACKEND,
    IMAGE,
    LAYER,
    NUMBERS,
    RUNS_ON_TRIAL,
    RaspberryPi,
    boot_partition,
)

if TYPE_CHECKING:
    from pathlib import Path

_CHANGES = "write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat2,unlink,unlinkat,openat,dup2"
_CARRIAGE_RETURNS = b"# saved on a PC\r\n[all]\r\ntryboot_a_b=1\r\nboot_partition=2\r\n"


@pytest.fixture
def pi(tmp_path: Path) -> RaspberryPi:
    return RaspberryPi.new({"a": "1", "b": "2"}, tmp_path)


def _trace(pi: RaspberryPi, *options: str, words: tuple[str, ...]) -> bool:
    """Whether it came to its end."""
    command = ["strace", "-f", *options, "sh", str(BACKEND), *words]
    done = subprocess.run(command, env=pi.environment, capture_output=True, check=False)
    return done.returncode == 0


def _sector(pi: RaspberryPi) -> bytes:
    return pi.autoboot.read_bytes()


def test_the_firmware_starts_a_and_tries_b(pi: RaspberryPi) -> None:
    file = pi.autoboot
    assert boot_partition(file, tryboot=False) == NUMBERS["boot-a"]
    assert boot_partition(file, tryboot=True) == NUMBERS["boot-b"]
    assert pi.backend("get-primary") == "a"
    assert [pi.backend("get-state", slot) for slot in "ab"] == ["good", "bad"]


def test_a_trial_is_one_restart_and_forgotten_with_the_power(pi: RaspberryPi) -> None:
    pi.backend("set-primary", "b")
    assert pi.backend("get-primary") == "b"
    assert pi.restart() == "2"
    assert pi.backend("get-state", "b") == "bad", "it is on trial"
    assert pi.restart() == "1"
    pi.backend("set-primary", "b")
    assert pi.switch_on() == "1"
    assert pi.backend("get-primary") == "a"


def test_the_running_slot_made_primary_again_is_tried_no_more(pi: RaspberryPi) -> None:
    pi.backend("set-primary", "b")
    pi.backend("set-primary", "a")
    assert pi.restart() == "1"


def test_a_slot_marked_good_starts_by_itself_and_the_other_is_tried(pi: RaspberryPi) -> None:
    pi.backend("set-primary", "b")
    pi.restart()
    pi.backend("set-state", "b", "good")
    assert pi.switch_on() == "2"
    assert pi.backend("get-primary") == "b"
    pi.backend("set-primary", "a")
    assert pi.restart() == "1"
    assert len(_sector(pi)) == 512, "the firmware reads no more"


def test_only_a_slot_on_trial_is_left_when_it_could_not_be_tried(pi: RaspberryPi) -> None:
    def on_trial() -> bool:
        return subprocess.run([RUNS_ON_TRIAL], env=pi.environment, check=False).returncode == 0

    assert not on_trial()
    pi.backend("set-primary", "b")
    pi.restart()
    assert on_trial()


@pytest.mark.parametrize("before", [None, b"", _CARRIAGE_RETURNS, b"#" * 600])
def test_a_file_that_a_pc_has_spoilt_is_whole_again(pi: RaspberryPi, before: bytes | None) -> None:
    pi.autoboot.unlink()
    if before is not None:
        pi.autoboot.write_bytes(before)
    assert pi.backend("get-primary") == "a", "the first partition that can start"
    pi.backend("set-state", "b", "good")
    assert boot_partition(pi.autoboot, tryboot=False) == NUMBERS["boot-b"]
    assert boot_partition(pi.autoboot, tryboot=True) == NUMBERS["boot-a"]


def test_where_the_file_is_gone_the_kept_slot_comes_back_and_is_named_again(
    pi: RaspberryPi,
) -> None:
    record = pi.folder / "radhaus.json"
    write_record(record, UpdateRecord("2", "1", UpdateState.KEPT))
    pi.autoboot.unlink()
    assert pi.switch_on() == "1"
    assert leave_forgotten_slot(record, "1", pi, listed=True) is Verdict.RESTART
    assert pi.restart() == "2"
    assert leave_forgotten_slot(record, "2", pi, listed=False) is Verdict.GO_ON
    assert pi.switch_on() == "2"


def test_cut_off_before_any_step_the_file_is_the_old_or_the_new_one(pi: RaspberryPi) -> None:
    """Killed at the first, second, ... call that can change something, until none is left."""
    pi.backend("set-state", "b", "good")
    pi.backend("set-state", "a", "good")
    old = _sector(pi)
    seen = set()
    for number in range(1, 500):
        pi.autoboot.write_bytes(old)
        kill = f"inject={_CHANGES}:signal=KILL:when={number}"
        done = _trace(pi, "-o", "/dev/null", "-e", kill, words=("set-state", "b", "good"))
        started = [boot_partition(pi.autoboot, tryboot=tryboot) for tryboot in (False, True)]
        assert set(started) == set(NUMBERS.values()), (number, _sector(pi))
        seen.add(started[0])
        if done and started[0] == NUMBERS["boot-b"]:
            break
    assert seen == set(NUMBERS.values()), "both before and after"


def test_the_file_is_written_over_where_it_lies_in_one_write_of_a_sector(pi: RaspberryPi) -> None:
    """What FAT keeps of a file stays: no new clusters, no new name; `dd` syncs what it wrote."""
    pi.backend("set-state", "b", "good")
    inode = pi.autoboot.stat().st_ino
    log = pi.folder / "calls"
    _trace(pi, "-y", "-o", str(log), "-e", f"trace={_CHANGES}", words=("set-state", "a", "good"))
    calls = [line for line in log.read_text().splitlines() if "autoboot.txt" in line]
    assert not [call for call in calls if re.search("O_TRUNC|rename|unlink", call)], calls
    written = [call for call in calls if " write(" in call and "autoboot.txt>," in call]
    assert len(written) == 1
    assert re.search(r", 512(\)| <unfinished)", written[0])
    assert [call for call in calls if " fsync(" in call]
    assert pi.autoboot.stat().st_ino == inode


@pytest.mark.parametrize(
    "words",
    [(), ("get-state",), ("get-state", "c"), ("set-state", "a"), ("set-state", "a", "new"), ("x",)],
)
def test_what_it_does_not_know_changes_nothing(pi: RaspberryPi, words: tuple[str, ...]) -> None:
    before = _sector(pi)
    with pytest.raises(subprocess.CalledProcessError) as caught:
        pi.backend(*words)
    assert "boot-slots: " in caught.value.stderr
    assert _sector(pi) == before


def test_the_slot_that_starts_is_never_marked_bad(pi: RaspberryPi) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        pi.backend("set-state", "a", "bad")
    assert pi.switch_on() == "1"


def test_partitions_have_one_number_everywhere() -> None:
    """The order of the disk, the firmware's two files, and the backend."""
    chosen = dict(re.findall(r"\[boot_partition=(\d)\]\ncmdline=cmdline-(.)", _text("config.txt")))
    known = dict(re.findall(r"^ +([ab])\) echo (\d) ;;", BACKEND.read_text(), re.MULTILINE))
    assert {f"boot-{slot}": int(number) for number, slot in chosen.items()} == NUMBERS
    assert {f"boot-{slot}": int(number) for slot, number in known.items()} == NUMBERS
    assert (IMAGE / "repart.d/10-settings.conf").exists(), "the first one has autoboot.txt"


def _text(name: str) -> str:
    return (LAYER / name).read_text(encoding="utf-8")
