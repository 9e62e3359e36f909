"""The emulated computer: switched on and off, commanded, its USB devices plugged and pulled."""

from __future__ import annotations

import json
import socket
import struct
import subprocess
from abc import ABC, abstractmethod
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tests.machine.wire import Wire
from tests.ports import free_port
from tests.waiting import eventually

if TYPE_CHECKING:
    from pathlib import Path

    from tests.emulators.line import FarEnd

BOOT_S = 1200.0
"""Longer than what waits inside the box, which says at its end what has not come up."""
COMMAND_S = 900.0
STICK_BYTES = 64 << 20
HOST = "10.0.2.2"
"""How the box reaches 127.0.0.1 of the machine that emulates it."""
ADDRESS = "10.0.2.15"
"""Its own in that network."""

_SECTOR = 512
_FIRST_SECTOR = 2048  # where a PC lets the first partition begin
_ENTRY = struct.Struct("<B3sB3sII")
PANEL_RUNS = (
    "for i in $(seq 600); do systemctl is-active --quiet kiosk-panel && exit 0; sleep 0.5; done;"
    " journalctl --unit kiosk-panel --lines 30 --no-pager; exit 1"
)


class Line:
    """A socket on which a line of JSON is answered by a line of JSON."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._socket = socket.socket(socket.AF_UNIX)
        eventually(self._connects, f"{path}; what QEMU says stands above")
        self._file = self._socket.makefile("rb")

    def read(self, within_s: float) -> dict[str, Any]:
        self._socket.settimeout(within_s)
        line = self._file.readline()
        if not line:
            raise EOFError
        answer: dict[str, Any] = json.loads(line)
        return answer

    def ask(self, question: dict[str, object], within_s: float) -> dict[str, Any]:
        """The answer that carries the question's id; what comes in between is passed over."""
        self._socket.sendall(json.dumps(question).encode() + b"\n")
        while (answer := self.read(within_s)).get("id") != question["id"]:
            pass
        return answer

    def close(self) -> None:
        self._file.close()
        self._socket.close()

    def _connects(self) -> bool:
        with suppress(OSError):
            self._socket.connect(str(self._path))
            return True
        return False


class Guest(ABC):
    """One QEMU at a time, under TCG: no right to a virtual machine of the processor is needed.

    `started` is the command that ends once the box has started.
    """

    started = PANEL_RUNS

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._disk = folder / "box.qcow2"
        self._kept, self._memory = folder / "kept.qcow2", folder / "kept.memory"
        self.sound = folder / "sound.wav"
        self._process: subprocess.Popen[bytes] | None = None
        self._wires: dict[str, Wire] = {}
        self._sticks: set[str] = set()
        self._asked = 0
        self._new_disk()

    def switch_on(self, until: str = "") -> None:
        """Boot, unless it runs, and wait for `started`, or for the end of another command."""
        if self.is_on:
            return
        self._start()
        self.run(until or self.started, BOOT_S)

    def _start(self) -> None:
        """Until its shell answers."""
        self._connect()
        self._shell.read(BOOT_S)

    def _connect(self, *more: str) -> None:
        """Run QEMU, with more words than usual, and reach its monitor and the shell."""
        for left in self._folder.glob("*.sock"):
            left.unlink()
        self._process = subprocess.Popen([*self._command(), *more], stdin=subprocess.DEVNULL)
        self._monitor = Line(self._folder / "monitor.sock")
        self.monitor("qmp_capabilities")
        self._shell = Line(self._folder / "shell.sock")

    def run(self, command: str, within_s: float = COMMAND_S) -> str:
        """What a command says that root runs in the box; raises AssertionError if it failed."""
        self._asked += 1
        answer = self._shell.ask({"id": self._asked, "command": command}, within_s)
        assert answer["ended"] == 0, f"{command}: {answer['said']}"
        return str(answer["said"]).strip()

    def monitor(self, order: str, **arguments: object) -> object:
        """Ask QEMU itself."""
        self._asked += 1
        asked = {"execute": order, "arguments": arguments, "id": self._asked}
        answer = self._monitor.ask(asked, COMMAND_S)
        assert "error" not in answer, answer
        return answer["return"]

    def forward(self, port: int) -> int:
        """The port of 127.0.0.1 here that leads to this one of the box, once it has its address."""
        here = free_port()
        order = f"hostfwd_add net tcp:127.0.0.1:{here}-{ADDRESS}:{port}"
        assert not self.monitor("human-monitor-command", **{"command-line": order})
        return here

    def plug_in(self, name: str, far_end: FarEnd) -> Wire:
        """A USB serial line with this name by id, and the device at its far end."""
        path = self._folder / f"{name}.sock"
        address = {"type": "unix", "data": {"path": str(path)}}
        backend = {"type": "socket", "data": {"addr": address, "server": True, "wait": False}}
        self.monitor("chardev-add", id=name, backend=backend)
        wire = self._wires[name] = Wire(path, far_end)
        plug = {"serial": name, "always-plugged": True}
        self.monitor("device_add", driver="usb-serial", id=name, chardev=name, bus="usb.0", **plug)
        return wire

    def pull(self, name: str) -> None:
        """Out of the socket, whatever is on the wire."""
        self.monitor("device_del", id=name)
        self._wires.pop(name).close()
        eventually(lambda: self._forget("chardev-remove", id=name), f"{name} is gone")

    def plug(self, driver: str, name: str, **properties: object) -> None:
        """Any USB device of QEMU."""
        self.monitor("device_add", driver=driver, id=name, bus="usb.0", **properties)

    def unplug(self, name: str) -> None:
        self.monitor("device_del", id=name)

    def press(self, *keys: str) -> None:
        """Keys of the computer's own keyboard, all at once."""
        held = [{"type": "qcode", "data": key} for key in keys]
        self.monitor("send-key", keys=held)

    def new_stick(
        self, name: str, *, partition: int | None = None, named: str | None = None
    ) -> None:
        """A blank stick of 64 MB, or one with a single partition of this type, or of this name."""
        with self.stick(name).open("wb") as stick:
            stick.truncate(STICK_BYTES)
            if partition is not None:
                stick.write(_partition_table(partition))
        if named is not None:
            table = f'label: gpt\nname="{named}"\n'
            command = ["sfdisk", "--quiet", str(self.stick(name))]
            subprocess.run(command, input=table, text=True, check=True)

    def plug_in_stick(self, name: str, *, protected: bool = False) -> None:
        """Into a USB socket; a protected one has its little switch set."""
        file = {"driver": "file", "filename": str(self.stick(name)), "read-only": protected}
        node = {"driver": "raw", "node-name": name, "file": file, "read-only": protected}
        self.monitor("blockdev-add", **node)
        self.monitor("device_add", driver="usb-storage", id=name, drive=name, bus="usb.0")
        self._sticks.add(name)

    def pull_stick(self, name: str) -> None:
        """Out of it, whatever is written."""
        self._sticks.discard(name)
        self.monitor("device_del", id=name)
        eventually(lambda: self._forget("blockdev-del", **{"node-name": name}), f"{name} is gone")

    def pull_sticks(self) -> None:
        """Those that are left in their sockets."""
        for name in tuple(self._sticks):
            self.pull_stick(name)

    def stick(self, name: str) -> Path:
        """The file that is the stick."""
        return self._folder / f"{name}.stick"

    @property
    def is_on(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def wait_until_off(self, within_s: float) -> str:
        """Why QEMU ended: `guest-shutdown` when the box has switched itself off."""
        assert self._process
        reason = ""
        with suppress(EOFError):
            while told := self._monitor.read(within_s):
                if told.get("event") == "SHUTDOWN":
                    reason = str(told["data"]["reason"])
        self._process.wait(within_s)
        self._let_go()
        return reason

    def cut(self) -> None:
        """The power goes, now."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._let_go()

    def keep(self) -> None:
        """Switch off, and keep memory and disk as they are now, for `resume`. Once."""
        assert not self._kept.exists(), "a disk cannot be kept over itself"
        self.monitor("stop")
        self.monitor("migrate", uri=f"exec:cat >{self._memory}")
        eventually(lambda: self._migration() == "completed", "the memory is kept")
        self.cut()
        self._keep_disk()

    def resume(self) -> None:
        """Go on from what was kept, any number of times."""
        self._take_kept_disk()
        self._connect("-incoming", f"exec:cat {self._memory}")
        eventually(lambda: self._status() == "paused", "the memory is back")
        self.monitor("cont")

    def close(self) -> None:
        """Switch off for good; the disk forgets."""
        self.cut()
        for left in (self._disk, self._kept, self._memory):
            left.unlink(missing_ok=True)

    def _keep_disk(self) -> None:
        self._disk.replace(self._kept)

    def _take_kept_disk(self) -> None:
        self._disk.unlink(missing_ok=True)
        base = ("-b", str(self._kept), "-F", "qcow2")
        subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", *base, self._disk], check=True)

    def _let_go(self) -> None:
        self._process = None
        for wire in self._wires.values():
            wire.close()
        self._wires.clear()
        self._sticks.clear()
        self._monitor.close()
        self._shell.close()

    def _migration(self) -> str:
        return self._asked_of("query-migrate")

    def _status(self) -> str:
        return self._asked_of("query-status")

    def _asked_of(self, query: str) -> str:
        answer: dict[str, str] = self.monitor(query)  # type: ignore[assignment]
        return answer.get("status", "")

    def _forget(self, order: str, **arguments: object) -> bool:
        with suppress(AssertionError):  # the device holds it until the box has let it go
            self.monitor(order, **arguments)
            return True
        return False

    @abstractmethod
    def _new_disk(self) -> None:
        """Make the disk anew at `_disk`."""

    @abstractmethod
    def _command(self) -> list[str]:
        """The whole command line of QEMU."""


def _partition_table(kind: int) -> bytes:
    """A master boot record with one partition, as sticks are sold."""
    anywhere = b"\xfe\xff\xff"  # for disks that still count cylinders
    sectors = STICK_BYTES // _SECTOR - _FIRST_SECTOR
    entry = _ENTRY.pack(0, anywhere, kind, anywhere, _FIRST_SECTOR, sectors)
    return bytes(446) + entry + bytes(3 * _ENTRY.size) + b"\x55\xaa"
