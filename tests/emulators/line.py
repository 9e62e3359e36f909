"""A pseudo-terminal with a device at its far end, and the faults that cables and devices have."""

from __future__ import annotations

import fcntl
import os
import select
import sys
import termios
import threading
import time
import tty
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tests.waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_AT_ONCE_BYTES = 4096
_LOOK_S = 0.05


class FarEnd(Protocol):
    """What speaks the protocol: it gets each byte once, in order, and may answer."""

    def hear(self, received: bytes) -> bytes: ...


@dataclass
class Faults:
    """All off at first. They may be set and reset while the line works."""

    stalls: bool = False
    """Takes no bytes any more: the buffers on the way fill up."""
    mute: bool = False
    """Hears everything and answers nothing."""
    drops_every: int = 0
    """Of so many bytes one gets lost on the way."""
    hangs_up_after: int | None = None
    """After so many more bytes the plug is pulled."""
    garbage: bytes = b""
    """Comes before each answer."""
    talks: bytes = b""
    """Comes again and again, asked or not, and before each answer."""
    halves_answers: bool = False
    """Of each answer only the first half arrives."""
    bytes_per_s: int = 0
    """How fast the device takes bytes: 960 at 9600 baud. 0: at once."""


class EmulatedLine:
    """One device in its socket: `port` is the path under which the kernel shows it."""

    def __init__(self, far_end: FarEnd, port: Path) -> None:
        self.port = port
        self.faults = Faults()
        self.received = bytearray()
        self._far_end = far_end
        self._master = -1
        self._heard = 0
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def plug_in(self) -> None:
        """A new terminal each time, with the same name by id, as udev does it."""
        self._master, slave = os.openpty()
        tty.setraw(slave)
        os.set_blocking(self._master, False)  # a driver may open between a look and a read
        self.port.parent.mkdir(parents=True, exist_ok=True)
        self.port.symlink_to(os.ttyname(slave))
        os.close(slave)
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, args=(self._master,), daemon=True)
        self._thread.start()

    def pull(self) -> None:
        """What the driver has open is dead from now on; the name is gone. Twice is once."""
        self._stopping.set()
        if self._thread and self._thread is not threading.current_thread():
            self._thread.join(PATIENCE_S)
        self._hang_up()

    def say(self, sent: bytes) -> None:
        """Send without having been asked; returns when all has gone."""
        _send(self._master, sent)

    def unread(self) -> int:
        """How many bytes lie ready for the driver: the kernel hands them over a moment later."""
        near = os.open(self.port, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
        try:
            answer = fcntl.ioctl(near, termios.FIONREAD, bytes(4))
        finally:
            os.close(near)
        return int.from_bytes(answer, sys.byteorder)

    def _hang_up(self) -> None:
        master, self._master = self._master, -1
        self.port.unlink(missing_ok=True)
        if master >= 0:
            os.close(master)

    def _run(self, master: int) -> None:
        while not self._stopping.is_set():
            if self.faults.stalls:
                self._stopping.wait(_LOOK_S)
                continue
            with suppress(OSError):  # the other end is closed, or the plug was pulled
                self._serve(master)
        # `pull` closes the terminal

    def _serve(self, master: int) -> None:
        self._talk(master)
        readable, _, _ = select.select([master], [], [], _LOOK_S)
        if not readable or self.faults.stalls:
            return
        try:
            heard = os.read(master, self._at_once())
        except OSError:  # EIO: the driver has closed its end
            self._stopping.wait(_LOOK_S)
            return
        if self._is_cut(len(heard)):
            self._stopping.set()
            self._hang_up()
            return
        if answer := self._far_end.hear(self._arrived(heard)):
            self._answer(master, answer)

    def _talk(self, master: int) -> None:
        if self.faults.talks:
            with suppress(BlockingIOError):  # no reader, and the buffer is full
                os.write(master, self.faults.talks)

    def _at_once(self) -> int:
        if not self.faults.bytes_per_s:
            return _AT_ONCE_BYTES
        time.sleep(_LOOK_S)
        return max(1, int(self.faults.bytes_per_s * _LOOK_S))

    def _is_cut(self, count: int) -> bool:
        left = self.faults.hangs_up_after
        if left is None:
            return False
        self.faults.hangs_up_after = left - count
        return left <= count

    def _arrived(self, heard: bytes) -> bytes:
        every = self.faults.drops_every
        first, self._heard = self._heard + 1, self._heard + len(heard)
        if every:
            heard = bytes(byte for number, byte in enumerate(heard, first) if number % every)
        self.received += heard
        return heard

    def _answer(self, master: int, answer: bytes) -> None:
        if self.faults.mute:
            return
        self._talk(master)  # a driver may have asked between two looks, and forgotten what came
        sent = answer[: (len(answer) + 1) // 2] if self.faults.halves_answers else answer
        _send(master, self.faults.garbage + sent)


def _send(master: int, sent: bytes) -> None:
    rest = memoryview(sent)
    while rest:
        select.select([], [master], [])
        with suppress(BlockingIOError):
            rest = rest[os.write(master, rest[:_AT_ONCE_BYTES]) :]


@contextmanager
def plugged_in(far_end: FarEnd, port: Path) -> Iterator[EmulatedLine]:
    """A device in its socket for the time of a test."""
    line = EmulatedLine(far_end, port)
    line.plug_in()
    try:
        yield line
    finally:
        line.pull()
