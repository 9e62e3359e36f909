"""Backups: encrypted, complete, numbered, and nothing of a running period in plain bytes."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.domain.stick import StickState
from kiosk.export.targets.stick_marker import write_marker
from kiosk.operate.backup.archive import unpack
from kiosk.operate.backup.backup import back_up
from kiosk.operate.backup.encryption import decrypt
from kiosk.operate.backup.errors import NoRecipient
from kiosk.operate.backup.restore import restore
from kiosk.operate.stick_delivery import deliver_to_stick
from kiosk.service import citizens
from kiosk.service.queue_view import queue_view
from kiosk.service.sticks import stick_code
from kiosk.settings.config import ConfigErrors, load_config
from kiosk.system.paths import Paths
from tests.operate.backup.conftest import TOPIC, Bus, numbers
from tests.waiting import PATIENCE_S

TAKEN_MEANWHILE = 40


def backed_up(bus: Bus, folder: Path | None = None, keep: int | None = None) -> Path:
    box = bus.opened()
    try:
        return back_up(box, folder or bus.paths.backups, keep)
    finally:
        box.office.database.close()


def test_a_backup_has_all_that_a_new_box_needs(bus: Bus) -> None:
    (bus.paths.clips / "de").mkdir(parents=True)
    (bus.paths.clips / "de" / "call.wav").write_bytes(b"RIFF")
    (bus.paths.clips / "de" / "removed.wav").symlink_to("nothing")  # as if since it was listed
    bus.take()
    archive = unpack(decrypt(backed_up(bus), bus.key))
    assert archive.manifest.device == bus.secrets.device_id
    assert archive.manifest.profile == "gelsenkirchen"
    assert archive.files.keys() == {"kiosk.db", "config.toml", "clips/de/call.wav"}
    assert archive.files["config.toml"] == bus.paths.config.read_bytes()


def test_nothing_of_a_running_period_stands_in_plain_bytes(bus: Bus) -> None:
    number = bus.take()
    box = bus.opened()
    (ticket,) = box.office.read(queue_view).tickets
    box.office.database.close()
    plain = [number, ticket.code, TOPIC, bus.secrets.device_id, "SQLite format", "gelsenkirchen"]
    content = backed_up(bus).read_bytes()
    assert content.startswith(b"age-encryption.org/v1\n")
    assert [word for word in plain if word.encode() in content] == []
    whole = decrypt(backed_up(bus), bus.key)
    assert [word for word in plain if word.encode() not in whole] == [], "the search must find them"
    left = [path for path in bus.paths.data.rglob("*") if path.is_file()]
    holding = [p.name for p in left if ticket.code.encode() in p.read_bytes()]
    assert set(holding) <= {"kiosk.db", "kiosk.db-wal"}, "no plain copy may be left anywhere"


def test_without_a_recipient_it_refuses_and_says_how_to_make_a_key(
    tmp_path: Path, bus: Bus
) -> None:
    text = bus.paths.config.read_text(encoding="utf-8")
    bus.paths.config.write_text(text.replace(bus.recipient, ""))
    with pytest.raises(NoRecipient, match=r"age-keygen.*\[backup\] recipient"):
        backed_up(bus, tmp_path / "stick")
    assert not (tmp_path / "stick").exists()


@pytest.mark.parametrize(
    ("recipient", "said"),
    [
        ("age1nonsense", "recipient: is no public key of age"),
        ("AGE-SECRET-KEY-1QQQQ", "recipient: is a secret key, which must never lie on a box"),
    ],
)
def test_a_recipient_is_checked_with_the_other_settings(
    bus: Bus, recipient: str, said: str
) -> None:
    text = bus.paths.config.read_text(encoding="utf-8")
    text = text.replace(bus.recipient, recipient).replace("mm_per_px = 0.0", "mm_per_px = 0.001")
    bus.paths.config.write_text(text)
    with pytest.raises(ConfigErrors) as error:
        load_config(bus.paths.config)
    told = "\n".join(map(str, error.value.faults))
    assert said in told
    assert "mm_per_px" in told, "all faults at once"


def test_the_newest_are_kept_whatever_the_clock_says(bus: Bus, tmp_path: Path) -> None:
    made = [backed_up(bus, keep=3).name for _ in range(5)]
    assert [re.findall(r"_(\d{6})_", name) for name in made] == [[f"{n:06d}"] for n in range(1, 6)]
    stranger = bus.paths.backups / "rh-00000000_000009_2026-11-22.age"
    stranger.touch()
    (bus.paths.backups / f".{made[0]}.radhaus-backup-unfinished").touch()
    made.append(backed_up(bus, keep=3).name)
    assert sorted(p.name for p in bus.paths.backups.iterdir()) == sorted([*made[3:], stranger.name])
    backed_up(bus, tmp_path / "stick")
    backed_up(bus, tmp_path / "stick")
    assert len(list((tmp_path / "stick").iterdir())) == 2, "what lies elsewhere stays"


def test_tickets_acknowledged_before_the_backup_are_in_it(bus: Bus, tmp_path: Path) -> None:
    """Numbers are taken all the time while the backup is made."""
    box, taken, under_way = bus.opened(), list[str](), threading.Event()

    def crowd() -> None:
        while len(taken) < TAKEN_MEANWHILE:
            request = citizens.TicketRequest(TOPIC, "de", desk="1")
            taken.append(citizens.take_ticket(box.office, request, box.now()).ticket.number)
            if len(taken) == TAKEN_MEANWHILE // 4:
                under_way.set()

    people = threading.Thread(target=crowd)
    people.start()
    assert under_way.wait(PATIENCE_S)
    before = list(taken)
    file = backed_up(bus)
    people.join()
    box.office.database.close()
    other = Paths(tmp_path / "other")
    restore(other, file, bus.key)
    kept = numbers(other)
    assert set(before) <= set(kept)
    assert kept == taken[: len(kept)], "a state that there was, and nothing by half"


def test_the_command_prints_where_it_lies(bus: Bus, tmp_path: Path) -> None:
    """As the timer calls it, and as an updater may."""
    for words in ([], ["--to", str(tmp_path / "stick")]):
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", "backup", "--data", str(bus.paths.data), *words],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert decrypt(Path(done.stdout.strip()), bus.key)


def test_a_plugged_stick_gets_one_only_where_the_settings_say_so(bus: Bus, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    box = bus.opened()
    write_marker(stick, stick_code(box.office))
    with closing(box.office.database):
        deliver_to_stick(box, stick, lambda _: None)
    assert not list(stick.glob("*.age"))
    text = bus.paths.config.read_text(encoding="utf-8")
    set_to = text.replace("to_stick = false", "to_stick = true").replace("keep = 14", "keep = 2")
    bus.paths.config.write_text(set_to, encoding="utf-8")
    box = bus.opened()
    with closing(box.office.database):
        for _ in range(3):
            assert deliver_to_stick(box, stick, lambda _: None) is StickState.NOTHING_CLOSED
    there = sorted(stick.glob("*.age"))
    assert [path.name.split("_")[1] for path in there] == ["000002", "000003"]
    assert unpack(decrypt(there[-1], bus.key)).files


def test_an_empty_word_is_no_folder(bus: Bus) -> None:
    words = ("backup", "--to", " ", "--data", str(bus.paths.data))
    done = CliRunner().invoke(main, words)
    assert (done.exit_code, "name a folder" in done.stderr) == (2, True)
