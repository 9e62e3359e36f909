"""The box with its data on a disk that has a volatile cache, and what is there after a cut."""

from __future__ import annotations

import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.machine.checkout import CheckoutGuest
from tests.machine.volatile_disk import ENTRY, FLUSHED
from tests.waiting import eventually

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from tests.machine.image import Image

PLUGIN = Path(__file__).with_name("volatile_disk.py")
DATA_DISK_BYTES = 256 << 20
SECTOR = 512
MOVE_DATA = """
set -e
systemctl stop kiosk-panel
mkfs.ext4 -q /dev/vdb
mkdir /run/data
mount /dev/vdb /run/data
cp -a /var/lib/kiosk/. /run/data/
umount /run/data
echo '/dev/vdb /var/lib/kiosk ext4 rw,noatime 0 2' >>/etc/fstab
systemctl daemon-reload
mount /var/lib/kiosk
systemctl start kiosk-panel
sync
"""
BUSY = (
    "systemd-run --quiet --unit machine-busy --working-directory=/opt/radhaus"
    " /opt/radhaus/.venv/bin/python -m tests.machine.inside.busy /dev/virtio-ports/told"
)


class PowerCutGuest(CheckoutGuest):
    """A second disk, served by nbdkit, has the data; a second port tells what was acknowledged."""

    def __init__(self, image: Image, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.data, self._log = folder / "data.img", folder / "data.log"
        self._server: subprocess.Popen[bytes] | None = None
        super().__init__(image, folder)

    def prepare(self) -> None:
        """With the data on the second disk, and people who wait to be served: keep it so."""
        with self.data.open("wb") as disk:
            disk.truncate(DATA_DISK_BYTES)
        self._serve()
        self.switch_on()
        self.run(MOVE_DATA)
        with self._told() as told:
            self.run(BUSY)
            assert told.recv(64) == b"ready\n"
        self.keep()
        self.data.write_bytes(flushed(self.data.read_bytes(), self._log.read_bytes()))

    @contextmanager
    def busy(self) -> Iterator[socket.socket]:
        """From what was kept, people are served, until the power goes when this ends."""
        self._serve()
        self.resume()
        with self._told() as told:
            told.sendall(b"go\n")
            yield told
            self.cut()

    def cut(self) -> None:
        super().cut()
        if self._server:
            self._server.kill()
            self._server.wait()
            self._server = None

    def disk_after_the_cut(self, chance: random.Random, path: Path) -> None:
        """What was flushed, and by chance sectors of what was not."""
        log = self._log.read_bytes()
        path.write_bytes(flushed(self.data.read_bytes(), log, chance))

    def start_again(self, chance: random.Random) -> None:
        """After a cut, with what it left: from switching on until the doors are open."""
        self.disk_after_the_cut(chance, left := self._folder / "left.img")
        left.replace(self.data)
        self._serve()
        self.switch_on()

    def _serve(self) -> None:
        socket_file = self._folder / "data.nbd"
        socket_file.unlink(missing_ok=True)
        words = ["nbdkit", "--foreground", "--exit-with-parent", "--unix", str(socket_file)]
        files = [f"disk={self.data}", f"log={self._log}"]
        self._server = subprocess.Popen([*words, "python", str(PLUGIN), *files])
        eventually(socket_file.exists, "nbdkit serves the disk")

    @contextmanager
    def _told(self) -> Iterator[socket.socket]:
        with socket.socket(socket.AF_UNIX) as told:
            told.connect(str(self._folder / "told.sock"))
            yield told

    def _command(self) -> list[str]:
        words = f"""
            -blockdev driver=nbd,node-name=data,server.type=unix,server.path={self._folder}/data.nbd
            -device virtio-blk-pci,drive=data
            -chardev socket,id=told,path={self._folder}/told.sock,server=on,wait=off
            -device virtserialport,chardev=told,name=told
        """
        return [*super()._command(), *words.split()]


def flushed(disk: bytes, log: bytes, chance: random.Random | None = None) -> bytes:
    """The disk with all that was flushed; of what was not, sectors by chance, else all of it."""
    content = bytearray(disk)
    entries = list(_entries(log))
    safe = max((at for at, (offset, _) in enumerate(entries) if offset == FLUSHED), default=-1)
    for at, (offset, written) in enumerate(entries):
        if offset == FLUSHED:
            continue
        for start in range(0, len(written), SECTOR):
            if at < safe or chance is None or chance.random() < 0.5:
                sector = written[start : start + SECTOR]
                content[offset + start : offset + start + len(sector)] = sector
    return bytes(content)


def _entries(log: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + ENTRY.size <= len(log):
        offset, length = ENTRY.unpack_from(log, at)
        at += ENTRY.size
        yield offset, log[at : at + length]
        at += length


@contextmanager
def mounted(disk: Path, folder: Path) -> Iterator[Path]:
    """As the box mounts it when it is switched on again: the file system's journal is replayed."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", disk, folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)
