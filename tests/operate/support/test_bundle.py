"""Support bundle: what a help desk needs of a box, encrypted, and nothing of its visitors."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from pyrage import x25519

from kiosk.cli import main
from kiosk.export.errors import ExportError
from kiosk.operate.doctor.host import Host
from kiosk.operate.support.bundle import write_bundle
from kiosk.operate.support.parts import PARTS
from kiosk.service import citizens, visits
from kiosk.service.queue_view import queue_view
from kiosk.settings.config import load_config
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.operate.support.bundles import unpacked
from tests.prepared import new_device

if TYPE_CHECKING:
    from pathlib import Path

TOPIC = "wohngeld"
JOURNAL = """#!/bin/sh
# A journal with what must not leave the box.
cat <<'END'
2026-11-28T09:00:00+0000 kiosk-panel[812]: The printer does not answer.
2026-11-28T09:00:01+0000 kiosk-panel[812]: Slip of {number} failed, page /t/{code}?lang=ar
2026-11-28T09:00:02+0000 kiosk-console[813]: LookupError: no row 'Frau Yilmaz' in the file
END
"""


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key.txt"
    path.write_text(f"{x25519.Identity.generate()}\n")
    return path


@pytest.fixture
def recipient(key: Path) -> str:
    return str(x25519.Identity.from_str(key.read_text().strip()).to_public())


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.output.strip()


def test_no_ticket_with_its_topic_leaves_the_box(tmp_path: Path, key: Path, recipient: str) -> None:
    paths = Paths(tmp_path / "data")
    secrets = new_device(paths)
    box = open_kiosk(paths)
    visits.open_visit(box.office, None, None, box.now())
    citizens.take_ticket(box.office, citizens.TicketRequest(TOPIC, "ar"), box.now())
    (ticket,) = box.office.read(queue_view).tickets
    box.office.database.close()
    (paths.data / "slips").mkdir()
    (paths.data / "slips" / f"{ticket.number}.png").write_bytes(b"")
    journal = tmp_path / "journalctl"
    journal.write_text(JOURNAL.format(number=ticket.number, code=ticket.code))
    journal.chmod(0o755)

    now = box.now().wall
    parts = unpacked(
        write_bundle(Host(paths, journalctl=str(journal)), recipient, tmp_path, now), key
    )
    assert parts.keys() == {"README.txt", *PARTS}
    whole = "\n".join(parts.values())
    assert "The printer does not answer." in parts["services.log"]
    for secret in (ticket.number, ticket.code, secrets.staff_pin, secrets.api_token, "Yilmaz"):
        assert secret not in whole
    assert not re.search(rf"\b{TOPIC}\b", whole)


def test_the_help_desk_reads_versions_health_and_settings(
    tmp_path: Path, key: Path, recipient: str
) -> None:
    data = tmp_path / "data"
    new_device(Paths(data))
    words = ("support", "--json", "--recipient", recipient)
    written = json.loads(run(*words, "--to", str(tmp_path), "--data", str(data)))
    parts = unpacked(tmp_path / written["file"], key)
    assert json.loads(parts["versions.json"])["packages"]["Kivy"]
    names = {check["name"] for check in json.loads(parts["doctor.json"])["checks"]}
    assert {"database", "disk_space", "doors"} <= names
    assert json.loads(parts["files.json"])["files"]["kiosk.db"]["bytes"]
    assert json.loads(parts["database.json"])["faults"] == []
    assert parts["config.toml"] == (data / "config.toml").read_text(encoding="utf-8")


def test_a_broken_box_is_reported_part_by_part(tmp_path: Path, key: Path, recipient: str) -> None:
    """Neither database nor settings nor journal can be read; the rest is there."""
    data = tmp_path / "A-017"
    data.mkdir()
    (data / "kiosk.db").write_bytes(b"no database" * 400)
    host = Host(Paths(data), journalctl=str(tmp_path / "missing"))
    parts = unpacked(write_bundle(host, recipient, tmp_path, datetime.now(UTC)), key)
    for name in ("config.toml", "database.json", "services.log"):
        assert parts[name].startswith("not to be had: ")
        assert "A-017" not in parts[name], "a reason is redacted as a log is"
    assert json.loads(parts["versions.json"])["radhaus"]


def test_the_key_of_the_backups_reads_it_and_without_one_there_is_no_file(
    tmp_path: Path, key: Path, recipient: str
) -> None:
    data = tmp_path / "data"
    new_device(Paths(data))
    refused = CliRunner().invoke(main, ["support", "--to", str(tmp_path), "--data", str(data)])
    assert refused.exit_code == 1
    assert "No support file without a recipient" in refused.output
    assert not list(tmp_path.glob("radhaus-support*"))

    config = data / "config.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('recipient = ""', f'recipient = "{recipient}"'))
    assert load_config(config).backup.recipient == recipient
    file = tmp_path / run("support", "--to", str(tmp_path), "--data", str(data))
    assert file.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert "versions.json" in unpacked(file, key)


def test_what_a_power_cut_has_left_goes_with_the_next_file(tmp_path: Path, recipient: str) -> None:
    """And a file that is being written at this moment stays."""
    torn, written = (tmp_path / f".radhaus-support_{n}.age.radhaus-backup-unfinished" for n in "12")
    torn.write_bytes(b"half")
    with written.open("wb") as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)
        host = Host(Paths(tmp_path / "data"))
        file = write_bundle(host, recipient, tmp_path, datetime.now(UTC))
    assert {path.name for path in tmp_path.glob("*radhaus*")} == {file.name, written.name}


def test_a_full_disk_is_left_as_it_was(
    tmp_path: Path, recipient: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError):
        write_bundle(Host(Paths(tmp_path / "data")), recipient, tmp_path, datetime.now(UTC))
    assert not [*tmp_path.glob("*radhaus*")]


def test_the_staff_page_gets_the_newest_file_alone(
    tmp_path: Path, key: Path, recipient: str
) -> None:
    data = tmp_path / "data"
    paths = Paths(data)
    new_device(paths)
    (paths.runtime / f".{paths.support_bundle.name}").write_bytes(b"torn by the power")
    for _ in range(2):
        run("support", "--keep", "--recipient", recipient, "--data", str(data))
    assert "doctor.json" in unpacked(paths.support_bundle, key)
    assert [each.name for each in paths.runtime.glob("*support*")] == [paths.support_bundle.name]


@pytest.mark.parametrize("wrong", ["age1short", "AGE-SECRET-KEY-1QQQQ", ""])
def test_a_mistyped_recipient_is_refused(tmp_path: Path, wrong: str) -> None:
    result = CliRunner().invoke(main, ["support", "--to", str(tmp_path), "--recipient", wrong])
    assert result.exit_code == 2
    assert "public key of age" in result.output
