"""A quarter of each service in the emulated box: closed by its panel, delivered by a stick.

The quarter is played here, where the processor is fast, and goes into the box as a backup does. The
same backup is put back here too: both boxes must deliver the same bytes.
"""

from __future__ import annotations

import base64
import io
import tarfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from msgspec import structs
from pyrage import x25519

from kiosk.counts.method import BASE
from kiosk.settings import config, profiles
from kiosk.settings.config import BackupSettings
from tests.audit.package import read_package
from tests.machine.sticks import FAT32_IN_A_PARTITION, Socket
from tests.quarters.box import PERIOD, play_quarter
from tests.quarters.comparison import compare
from tests.quarters.delivery import Delivered, verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.machine.box import Box
    from tests.quarters.box import QuarterBox

RESTORE = """
set -e
systemctl stop kiosk-panel
rm -rf /root/own /root/backup
mkdir /root/backup
cp -a /var/lib/kiosk /root/own
for i in $(seq 300); do [ -e /dev/sda ] && break; sleep 0.1; done
tar --extract --file /dev/sda --directory /root/backup
kiosk restore /root/backup/*.age --identity /root/backup/key.txt --force
cd /opt/radhaus
.venv/bin/python -m tests.machine.inside.settings /var/lib/kiosk/config.toml
.venv/bin/kiosk provision
systemctl start kiosk-panel
"""
GIVE_BACK = """
set -e
systemctl stop kiosk-panel
find /var/lib/kiosk -mindepth 1 -delete
cp -a /root/own/. /var/lib/kiosk/
systemctl start kiosk-panel
"""
CLOSED_BY_PANEL = f"""
for i in $(seq 120); do
    journalctl --output cat --unit kiosk-panel | grep -q 'Closed {PERIOD}' && exit 0
    sleep 5 # a look costs an emulated processor half a second
done
journalctl --no-pager --output cat --unit kiosk-panel | tail -n 30
exit 1
"""
PACKAGE = "tar --create --gzip */ | base64 --wrap=0"


@contextmanager
def living(box: Box, quarter: QuarterBox, folder: Path) -> Iterator[None]:
    """The quarter's box instead of the one that the other tests use."""
    tar_onto_stick(box, back_up(quarter, folder))
    box.guest.plug_in_stick("backup")
    box.run(RESTORE)
    box.guest.pull_stick("backup")
    try:
        yield
    finally:
        box.run(GIVE_BACK)


def back_up(quarter: QuarterBox, folder: Path) -> tuple[Path, Path]:
    """A backup of the running quarter, and the operator's key file."""
    identity = x25519.Identity.generate()
    key = folder / "key.txt"
    key.write_text(f"{identity}\n")
    settings = config.load_config(quarter.paths.config)
    operator = BackupSettings(recipient=str(identity.to_public()))
    quarter.paths.config.write_text(config.to_toml(structs.replace(settings, backup=operator)))
    written = quarter.kiosk("backup", "--to", str(folder))
    assert written.exit_code == 0, written.output
    (backup,) = folder.glob("*.age")
    return backup, key


def tar_onto_stick(box: Box, files: tuple[Path, ...]) -> None:
    """A stick without a file system, so the box leaves it alone."""
    box.guest.new_stick("backup")
    with box.guest.stick("backup").open("r+b") as stick, tarfile.open(None, "w", stick) as archive:
        for file in files:
            archive.add(file, file.name)


@pytest.mark.parametrize("name", profiles.available_profiles())
def test_a_quarter_is_closed_at_start_and_leaves_on_a_stick(
    box: Box, tmp_path: Path, name: str
) -> None:
    quarter = play_quarter(tmp_path, name)
    (tmp_path / "backup").mkdir()
    socket = Socket(box)
    with living(box, quarter, tmp_path / "backup"):
        box.run(CLOSED_BY_PANEL, 1300)
        socket.make("ours", FAT32_IN_A_PARTITION, prepared=True)
        assert socket.serve("ours", "done") == ["writing", "done", "gone"]
        archive = base64.b64decode(socket.packages("ours", FAT32_IN_A_PARTITION, PACKAGE))
        key = box.run("kiosk counts key")

    arrived = tmp_path / "stick"
    with tarfile.open(fileobj=io.BytesIO(archive)) as package:
        package.extractall(arrived, filter="data")
    (tmp_path / "box.pem").write_text(f"{key}\n")
    stick = Delivered({"stick": arrived})
    assert f"_{PERIOD}: intact, number 1 of " in verify(stick, "stick", tmp_path / "box.pem")
    assert stick.files("stick") == exported(quarter, tmp_path / "here")
    told = compare(read_package(stick.files("stick")), quarter.truth)
    assert told.one_answer
    assert abs(min(told.people) - quarter.truth.people) < BASE
    assert max(told.stop_off, told.group_off) < BASE


def exported(quarter: QuarterBox, folder: Path) -> dict[str, bytes]:
    """What the box that was played delivers itself."""
    written = quarter.kiosk("export", "--to", str(folder))
    assert written.exit_code == 0, written.output
    return Delivered({"here": folder}).files("here")
