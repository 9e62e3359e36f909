"""A disk with a volatile cache, which nbdkit serves to a box, and what is on it after a cut."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from tests.machine.volatile_disk import ENTRY, FLUSHED
from tests.waiting import eventually

if TYPE_CHECKING:
    import random

PLUGIN = Path(__file__).with_name("volatile_disk.py")
SECTOR = 512


class ServedDisk:
    """`content` is what the box finds on it, unless it is served another file.

    Nothing is written to either while it is served.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.content, self._log = folder / f"{name}.img", folder / f"{name}.log"
        self._socket, self._name = folder / f"{name}.nbd", name
        self._found = self.content
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def words(self) -> str:
        """For QEMU, with a device for it."""
        node = f"driver=nbd,node-name={self._name},server.type=unix,server.path={self._socket}"
        return f"-blockdev {node} -device virtio-blk-pci,drive={self._name}"

    def serve(self, found: Path | None = None) -> None:
        """Until `stop`, on which whatever was written is forgotten but for its log."""
        self._found = found or self.content
        self._socket.unlink(missing_ok=True)
        words = ["nbdkit", "--foreground", "--exit-with-parent", "--unix", str(self._socket)]
        files = [f"disk={self._found}", f"log={self._log}"]
        self._server = subprocess.Popen([*words, "python", str(PLUGIN), *files])
        eventually(self._socket.exists, "nbdkit serves the disk")

    def stop(self) -> None:
        if self._server:
            self._server.kill()
            self._server.wait()
            self._server = None

    def keep(self) -> None:
        """All that was written since it was served belongs to `content`."""
        replay(self._log, self.content)

    def after_the_cut(self, chance: random.Random, path: Path) -> None:
        """What was there, with all that was flushed, and by chance sectors of what was not."""
        made = path.with_suffix(".made")
        subprocess.run(["cp", "--sparse=always", self._found, made], check=True)
        replay(self._log, made, chance)
        made.replace(path)

    def forget(self) -> None:
        self.stop()
        for left in (self.content, self._log):
            left.unlink(missing_ok=True)


def replay(log: Path, disk: Path, chance: random.Random | None = None) -> None:
    """Write what was flushed; of what was not, sectors by chance, else all of it."""
    safe = _last_flush(log)
    with log.open("rb") as source, disk.open("r+b") as to:
        while len(head := source.read(ENTRY.size)) == ENTRY.size:
            offset, length = ENTRY.unpack(head)
            if offset == FLUSHED:
                continue
            certain = chance is None or source.tell() <= safe
            written = source.read(length)
            step = length if certain else SECTOR
            for start in range(0, len(written), step):
                if certain or (chance and chance.random() < 0.5):
                    to.seek(offset + start)
                    to.write(written[start : start + step])


def _last_flush(log: Path) -> int:
    """Its place in the log; 0 if there was none."""
    last = 0
    with log.open("rb") as source:
        while len(head := source.read(ENTRY.size)) == ENTRY.size:
            offset, length = ENTRY.unpack(head)
            if offset == FLUSHED:
                last = source.tell()
            source.seek(length, 1)
    return last
