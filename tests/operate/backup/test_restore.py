"""Restore: verified first, never over a device unasked, all of it or nothing."""

from __future__ import annotations

import io
import stat
import tarfile
from contextlib import closing
from typing import TYPE_CHECKING

import msgspec
import pyrage
import pytest
from pyrage import x25519

from kiosk.domain.errors import KioskError
from kiosk.operate.backup.archive import BackupManifest, pack, unpack
from kiosk.operate.backup.backup import back_up
from kiosk.operate.backup.encryption import decrypt
from kiosk.operate.backup.errors import BackupUnreadable, KeyUnusable, WouldOverwrite
from kiosk.operate.backup.restore import restore
from kiosk.operate.provisioning.data_folder import wrong_permissions_in
from kiosk.operate.setup import create_device
from kiosk.store import migrator
from kiosk.store.backup_copy import consistent_copy
from kiosk.store.database import Database
from kiosk.store.errors import DatabaseInUse
from kiosk.store.migrator import MIGRATIONS
from kiosk.store.replacement import finish_replacement
from kiosk.system.paths import ASSETS, Paths
from kiosk.wiring.box import open_kiosk
from tests.operate.backup.conftest import Bus, numbers, profile_of, set_recipient, write_key
from tests.prepared import new_device
from tests.strange_database import (
    NEWER,
    add_future_step,
    contents,
    lose_every_byte,
    lose_every_table,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def backup(bus: Bus) -> Path:
    """With one number in it; afterwards a second one was taken."""
    bus.take()
    box = bus.opened()
    file = back_up(box, bus.paths.backups)
    box.office.database.close()
    bus.take()
    return file


def test_a_box_that_was_lost_comes_back_on_another(bus: Bus, backup: Path, tmp_path: Path) -> None:
    other = Paths(tmp_path / "other")
    done = restore(other, backup, bus.key)
    assert (done.manifest.device, done.replaced) == (bus.secrets.device_id, None)
    assert numbers(other) == ["E-001"]
    assert other.config.read_bytes() == bus.paths.config.read_bytes()
    assert wrong_permissions_in(other.data) == []
    files = [path for path in other.data.rglob("*") if path.is_file()]
    assert not [path for path in files if stat.S_IMODE(path.stat().st_mode) & 0o007]
    assert not (other.data / ".restoring").exists()
    assert not other.restored.exists()


def test_it_overwrites_nothing_without_force_and_lists_what_would_be_lost(
    bus: Bus, backup: Path
) -> None:
    with pytest.raises(WouldOverwrite, match=rf"has device {bus.secrets.device_id}.*--force"):
        restore(bus.paths, backup, bus.key)
    assert numbers(bus.paths) == ["E-001", "E-002"]
    done = restore(bus.paths, backup, bus.key, force=True)
    assert done.replaced == bus.secrets.device_id
    assert numbers(bus.paths) == ["E-001"]


def test_a_backup_of_another_device_is_reported(bus: Bus, backup: Path, tmp_path: Path) -> None:
    other = Paths(tmp_path / "other")
    secrets = new_device(other, "essen")
    assert restore(other, backup, bus.key, force=True).replaced == secrets.device_id
    assert profile_of(other) == "gelsenkirchen"


def test_a_folder_whose_database_is_damaged_can_be_replaced(bus: Bus, backup: Path) -> None:
    bus.paths.database.write_bytes(b"rubbish" * 1000)
    with pytest.raises(WouldOverwrite, match="whose database cannot be read"):
        restore(bus.paths, backup, bus.key)
    restore(bus.paths, backup, bus.key, force=True)
    assert numbers(bus.paths) == ["E-001"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lose_every_byte, "whose database cannot be read"),
        (lose_every_table, "whose database cannot be read"),
        (add_future_step, "has device rh-"),
    ],
)
def test_a_database_that_this_program_did_not_write_can_be_replaced(
    bus: Bus, backup: Path, change: Callable[[Path], None], named: str
) -> None:
    change(bus.paths.database)
    before = contents(bus.paths)
    with pytest.raises(WouldOverwrite, match=named):
        restore(bus.paths, backup, bus.key)
    assert contents(bus.paths) == before
    restore(bus.paths, backup, bus.key, force=True)
    assert len(numbers(bus.paths)) == 1


def test_a_backup_with_a_newer_database_is_not_put_back(
    bus: Bus, backup: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "newer.db"
    copy.write_bytes(unpack(decrypt(backup, bus.key)).files["kiosk.db"])
    add_future_step(copy)
    forged(bus, backup, "kiosk.db", consistent_copy(copy))
    with pytest.raises(BackupUnreadable, match=NEWER):
        restore(bus.paths, backup, bus.key, force=True)
    assert numbers(bus.paths) == ["E-001", "E-002"]


def test_services_that_run_are_stopped_first(bus: Bus, backup: Path) -> None:
    service = bus.opened()
    with pytest.raises(DatabaseInUse, match="systemctl stop"):
        restore(bus.paths, backup, bus.key, force=True)
    service.office.database.close()
    assert numbers(bus.paths) == ["E-001", "E-002"]


@pytest.mark.parametrize("spoilt", ["first", "middle", "cut", "empty", "other"])
def test_a_damaged_file_changes_nothing(bus: Bus, backup: Path, spoilt: str) -> None:
    whole = bytearray(backup.read_bytes())
    if spoilt in {"first", "middle"}:
        whole[30 if spoilt == "first" else len(whole) // 2] ^= 1
    replaced = {"cut": whole[:-100], "empty": b"", "other": b"no backup at all"}
    backup.write_bytes(bytes(replaced.get(spoilt, whole)))
    with pytest.raises(BackupUnreadable, match="nothing was changed"):
        restore(bus.paths, backup, bus.key, force=True)
    assert numbers(bus.paths) == ["E-001", "E-002"]


def test_keys_that_open_nothing_are_reported(bus: Bus, backup: Path, tmp_path: Path) -> None:
    write_key(tmp_path / "wrong.txt")
    with pytest.raises(BackupUnreadable, match="another key"):
        restore(bus.paths, backup, tmp_path / "wrong.txt", force=True)
    (tmp_path / "public.txt").write_text(bus.recipient)
    for name, said in (("public.txt", "no secret key"), ("nowhere.txt", "cannot be read")):
        with pytest.raises(KeyUnusable, match=said):
            restore(bus.paths, backup, tmp_path / name, force=True)


def test_an_operators_profile_is_restored(bus: Bus, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_bytes((ASSETS / "profiles" / "essen.toml").read_bytes())
    box_paths = Paths(tmp_path / "own")
    create_device(box_paths, str(own))
    set_recipient(box_paths, bus.recipient)
    box = open_kiosk(box_paths)
    file = back_up(box, tmp_path)
    box.office.database.close()
    own.unlink()
    other = Paths(tmp_path / "other")
    restore(other, file, bus.key)
    assert profile_of(other) == "essen"


def forged(bus: Bus, backup: Path, name: str, content: bytes) -> None:
    """A forger with the public key makes a file with another member of that name."""
    archive = unpack(decrypt(backup, bus.key))
    whole = io.BytesIO()
    files = {"manifest.json": msgspec.json.encode(archive.manifest), **archive.files}
    with tarfile.open(fileobj=whole, mode="w") as tar:
        for file, inside in (files | {name: content}).items():
            entry = tarfile.TarInfo(file)
            entry.size = len(inside)
            tar.addfile(entry, io.BytesIO(inside))
    recipient = x25519.Recipient.from_str(bus.recipient)
    backup.write_bytes(pyrage.encrypt(whole.getvalue(), [recipient]))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("../evil", b"x", "no backup has"),
        ("/etc/passwd", b"x", "no backup has"),
        ("kiosk.db-wal", b"x", "no backup has"),
        ("kiosk.db", b"", "database"),
        ("kiosk.db", b"rubbish" * 1000, "the database in it"),
        ("config.toml", b"profile = 7", "config.toml"),
        ("manifest.json", b"{}", "no backup of Radhaus"),
    ],
)
def test_what_no_backup_has_is_put_nowhere(
    bus: Bus, backup: Path, name: str, content: bytes, said: str
) -> None:
    forged(bus, backup, name, content)
    before = sorted(bus.paths.data.parent.rglob("*"))
    with pytest.raises(BackupUnreadable, match=said):
        restore(bus.paths, backup, bus.key, force=True)
    assert numbers(bus.paths) == ["E-001", "E-002"]
    assert {p for p in bus.paths.data.parent.rglob("*") if "kiosk.db-" not in p.name} == {
        p for p in before if "kiosk.db-" not in p.name
    }


def test_a_ledger_that_was_changed_is_not_put_back(bus: Bus) -> None:
    box = bus.opened()
    with box.office.database.write() as connection:
        connection.execute(
            "INSERT INTO ledger (sequence, body, digest) VALUES (1, ?, ?)", (b"{}", bytes(32))
        )
    file = back_up(box, bus.paths.backups)
    box.office.database.close()
    with pytest.raises(BackupUnreadable, match="Entry 1 of the ledger"):
        restore(bus.paths, file, bus.key, force=True)


def test_a_committed_replacement_is_finished_by_the_next_process(bus: Bus, backup: Path) -> None:
    """The power went right after the commit."""
    archive = unpack(decrypt(backup, bus.key))
    bus.paths.restored.mkdir()
    for name, content in archive.files.items():
        (bus.paths.restored / name).write_bytes(content)
    assert numbers(bus.paths) == ["E-001"]
    assert not bus.paths.restored.exists()
    assert not finish_replacement(bus.paths)


def test_a_backup_from_before_an_update_comes_up_to_date(
    bus: Bus, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = unpack(decrypt(backup, bus.key)).manifest
    with monkeypatch.context() as old:
        old.setattr(migrator, "MIGRATIONS", MIGRATIONS[: MIGRATIONS.index("9_smaller_writes") + 1])
        with closing(Database.create(tmp_path / "old.db")) as database, database.write() as table:
            # As it was called then.
            table.execute("INSERT INTO device VALUES ('device_id', ?)", (manifest.device,))
    forged(bus, backup, "kiosk.db", consistent_copy(tmp_path / "old.db"))
    other = Paths(tmp_path / "other")
    restore(other, backup, bus.key)
    assert sorted(path.name for path in other.data.iterdir()) == ["config.toml", "kiosk.db"]
    assert numbers(other) == []


def test_a_link_in_the_place_of_committed_files_leads_nowhere(bus: Bus, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret").touch()
    bus.paths.restored.symlink_to(tmp_path / "elsewhere")
    assert not finish_replacement(bus.paths)
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["secret"]


def test_a_backup_of_a_newer_version_is_left_alone(bus: Bus, backup: Path) -> None:
    box = bus.opened()
    now = box.now()
    manifest = BackupManifest(
        bus.secrets.device_id, "gelsenkirchen", now.wall, clock_trusted=True, format=9
    )
    content = pack(bus.paths, manifest)
    box.office.database.close()
    recipient = x25519.Recipient.from_str(bus.recipient)
    backup.write_bytes(pyrage.encrypt(content, [recipient]))
    with pytest.raises(KioskError, match="newer version"):
        restore(bus.paths, backup, bus.key, force=True)
