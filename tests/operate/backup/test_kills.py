"""`kill -9` at random moments of backup and restore: the old or the new, and nothing by half."""

from __future__ import annotations

import os
import random
import sys
import time
from typing import TYPE_CHECKING

import pytest

from kiosk.counts import ledger
from kiosk.operate.backup.archive import unpack
from kiosk.operate.backup.backup import back_up
from kiosk.operate.backup.backup_files import NAME
from kiosk.operate.backup.encryption import decrypt
from kiosk.operate.backup.restore import restore
from kiosk.settings.config import load_config
from kiosk.store.backup_copy import check_copy
from tests.operate.backup.conftest import Bus, numbers
from tests.zygote import Zygote

if TYPE_CHECKING:
    from pathlib import Path

KILLS = int(os.environ.get("RADHAUS_BACKUP_KILLS", "10"))
KEPT = 3
LONGEST_S = 0.15

pytestmark = pytest.mark.slow

BACKING_UP = """
from pathlib import Path
from kiosk.operate.backup.backup import back_up
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk

def main(data, stick, kept):
    box = open_kiosk(Paths(Path(data)))
    while True:
        print(back_up(box, Path(stick), int(kept)), flush=True)
"""

RESTORING = """
from itertools import cycle
from pathlib import Path
from kiosk.operate.backup.restore import restore
from kiosk.system.paths import Paths

def main(*words):
    data, key, *files = map(Path, words)
    for file in cycle(files):
        restore(Paths(data), file, key, force=True)
        print(file, flush=True)
"""


def killed(chance: random.Random, zygote: Zygote, *words: object, done: int) -> list[str]:
    """What a process said that was killed at a random moment after so much was `done`."""
    with zygote.life(*words) as life:
        lines = [life.next_line() for _ in range(done)]
        time.sleep(chance.uniform(0.0, LONGEST_S))  # the moment of the kill is the point
        return lines + life.kill()


@pytest.fixture
def chance() -> random.Random:
    seed = time.time_ns()
    sys.stdout.write(f"seed {seed}\n")  # pytest shows it when the test fails
    return random.Random(seed)


def test_every_backup_that_lies_there_is_whole(
    bus: Bus, tmp_path: Path, chance: random.Random
) -> None:
    bus.take()
    stick, said = tmp_path / "stick", list[str]()
    with Zygote(BACKING_UP) as zygote:
        for turn in range(KILLS):
            words = (bus.paths.data, stick, KEPT)
            said += killed(chance, zygote, *words, done=0 if turn else KEPT)
            there = [path for path in stick.iterdir() if NAME.fullmatch(path.name)]
            assert all(unpack(decrypt(path, bus.key)).files for path in there)
            assert set(said[-1:]) <= {str(path) for path in there}, "what was told is there"
    box = bus.opened()
    back_up(box, stick, KEPT)
    box.office.database.close()
    assert len(list(stick.iterdir())) == KEPT, "what torn runs left is gone"


def test_a_restore_leaves_the_old_or_the_new(
    bus: Bus, tmp_path: Path, chance: random.Random
) -> None:
    """Database and settings belong together: one number and 14 backups, or two and 9."""
    first = _backup(bus, tmp_path)
    text = bus.paths.config.read_text(encoding="utf-8")
    bus.paths.config.write_text(text.replace("keep = 14", "keep = 9"))
    second = _backup(bus, tmp_path)
    restore(bus.paths, first, bus.key, force=True)
    with Zygote(RESTORING) as zygote:
        for turn in range(KILLS):
            words = (bus.paths.data, bus.key, first, second)
            killed(chance, zygote, *words, done=0 if turn else 1)
            known = numbers(bus.paths)
            check_copy(bus.paths.database, ledger.read)
            keep = load_config(bus.paths.config).backup.keep
            assert (len(known), keep) in {(1, 14), (2, 9)}


def _backup(bus: Bus, folder: Path) -> Path:
    bus.take()
    box = bus.opened()
    try:
        return back_up(box, folder)
    finally:
        box.office.database.close()
