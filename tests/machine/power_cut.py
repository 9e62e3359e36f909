"""Boxes with a disk that has a volatile cache, cut off amid people who are served."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
import time
from abc import abstractmethod
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.machine.appliance import DEVICE, DISK_SIZE, Appliance, ApplianceGuest
from tests.machine.checkout import CheckoutGuest
from tests.machine.guest import Guest
from tests.machine.image import INSIDE
from tests.machine.served_disk import ServedDisk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.machine.image import Image

DATA_DISK_BYTES = 256 << 20
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
PORT = "/dev/virtio-ports/told"
PAUSE_S = 2.0
"""Between two people, where something else has to get on beside them."""


def new_chance() -> random.Random:
    seed = time.time_ns()
    sys.stdout.write(f"seed {seed}\n")  # pytest shows it when the test fails
    return random.Random(seed)


class CutGuest(Guest):
    """`served` is the disk with the cache; a second port tells what was acknowledged."""

    served: ServedDisk

    @abstractmethod
    def _start_serving(self) -> None:
        """Run `tests/machine/inside/busy.py` in the box."""

    def keep_amid_the_visit(self) -> None:
        """Keep it at the moment before people are served."""
        with self._told() as told:
            self._start_serving()
            assert told.recv(64) == b"ready\n"
        self.keep()
        self.served.keep()

    @contextmanager
    def busy(self) -> Iterator[socket.socket]:
        """From what was kept, people are served, until the power goes when this ends."""
        self.served.serve()
        self.resume()
        with self._told() as told:
            told.sendall(b"go\n")
            try:
                yield told
            finally:
                self.cut()

    def said_until_the_cut(
        self, seconds: float, begin: Callable[[], object] = lambda: None
    ) -> dict[str, set[int]]:
        """What was said to people until the power went, so long after `begin` beside them."""
        said: dict[str, set[int]] = {"taken": set(), "called": set(), "resolved": set()}
        told = b""
        with self.busy() as line:
            begin()
            time.sleep(seconds)  # the moment of the cut is the point
            self.cut()
            while part := line.recv(65536):
                told += part
        for what, which in (word.split() for word in told.decode().splitlines()[:-1] if word):
            said[what].add(int(which))
        return said

    def cut(self) -> None:
        super().cut()
        self.served.stop()

    def close(self) -> None:
        super().close()
        self.served.forget()

    def start_again(self, chance: random.Random) -> None:
        """After a cut, with what it left: from switching on until the doors are open."""
        left = self._folder / "left.img"
        self.served.after_the_cut(chance, left)
        self.served.serve(left)
        self.switch_on()

    @contextmanager
    def _told(self) -> Iterator[socket.socket]:
        with socket.socket(socket.AF_UNIX) as told:
            told.connect(str(self._folder / "told.sock"))
            yield told

    def _told_words(self) -> list[str]:
        path = self._folder / "told.sock"
        backend = f"socket,id=told,path={path},server=on,wait=off"
        return ["-chardev", backend, "-device", "virtserialport,chardev=told,name=told"]


class PowerCutGuest(CutGuest, CheckoutGuest):
    """The data are on a second disk, which has the cache."""

    def __init__(self, image: Image, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.served = ServedDisk(folder, "data")
        super().__init__(image, folder)

    def switch_on_with_new_disk(self) -> None:
        """With the data moved there."""
        with self.served.content.open("wb") as disk:
            disk.truncate(DATA_DISK_BYTES)
        self.served.serve()
        self.switch_on()
        self.run(MOVE_DATA)

    def _start_serving(self) -> None:
        program = "/opt/radhaus/.venv/bin/python -m tests.machine.inside.busy"
        unit = "systemd-run --quiet --unit machine-busy --working-directory=/opt/radhaus"
        self.run(f"{unit} {program} {PORT}")

    def _command(self) -> list[str]:
        return [*super()._command(), *self.served.words.split(), *self._told_words()]


class AppliancePowerCutGuest(CutGuest, ApplianceGuest):
    """The one disk has the cache: system, data and whatever an update writes."""

    def __init__(self, appliance: Appliance, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.served = ServedDisk(folder, "served")
        super().__init__(appliance, folder, DEVICE)

    def switch_on_with_new_disk(self) -> None:
        """For the first time."""
        self.served.serve()
        self.switch_on()

    def resume_calm(self) -> None:
        """From what was kept, with nobody to serve."""
        self.served.serve()
        self.resume()

    def _start_serving(self) -> None:
        program = (INSIDE / "busy.py").read_text(encoding="utf-8")
        self.run(f"cat >/run/busy.py <<'END'\n{program}\nEND")
        python = "/usr/lib/radhaus/bin/python3"
        unit = "systemd-run --quiet --unit machine-busy"
        self.run(f"{unit} {python} /run/busy.py {PORT} {PAUSE_S}")

    def _new_disk(self) -> None:
        self._write_card(self.served.content)
        subprocess.run(["truncate", f"--size={DISK_SIZE}", self.served.content], check=True)

    def _keep_disk(self) -> None:
        """`CutGuest.keep_amid_the_visit` does."""

    def _take_kept_disk(self) -> None:
        """It is served."""

    def _drive(self) -> str:
        return self.served.words

    def _command(self) -> list[str]:
        return [*super()._command(), *self._told_words()]
