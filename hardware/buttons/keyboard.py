"""Keyboard driver of the buttons, a stand-in: keys of a terminal."""

from __future__ import annotations

import os
import select
import socket
import sys
import termios
import time
import tty
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from hardware.buttons.finger import Finger
from hardware.errors import DeviceClosed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hardware.buttons.port import ButtonEdge

KEYS = {f"{score}": f"smiley.{score}" for score in range(1, 6)} | {
    "n": "next",
    "u": "key.up",
    "d": "key.down",
    "o": "key.ok",
    "b": "key.back",
    "+": "key.louder",
    "-": "key.softer",
    "r": "key.repeat",
}
"""Which key is which button, unless told otherwise."""

_LONGEST_NAP_S = 0.02
"""While a key is held: the finger must be lifted in time."""


class KeyboardButtons:
    """Stays open and silent when no key can be read: without a terminal, or in the background.

    Standard input is read only where it is a terminal, so that a script piped into `kiosk run`
    is never taken for presses. A descriptor given as `fd` is read whatever it is.
    """

    def __init__(
        self,
        keys: Mapping[str, str] | None = None,
        fd: int | None = None,
    ) -> None:
        self._keys = dict(KEYS if keys is None else keys)
        self._wanted_fd = fd
        self._is_open = False
        self._fd: int | None = None
        self._line_mode: list[Any] | None = None
        self._finger = Finger()
        self._interrupts: tuple[socket.socket, ...] = ()

    def open(self) -> None:
        self.close()
        self._is_open = True
        self._interrupts = socket.socketpair(type=socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self._fd = self._terminal() if self._wanted_fd is None else self._wanted_fd

    def close(self) -> None:
        if self._fd is not None and self._line_mode is not None and _in_foreground(self._fd):
            with suppress(termios.error):  # no OSError: the terminal was closed
                termios.tcsetattr(self._fd, termios.TCSANOW, self._line_mode)
        for end in self._interrupts:
            end.close()
        self._is_open, self._fd, self._line_mode = False, None, None
        self._finger = Finger()

    def wait(self, timeout_s: float) -> ButtonEdge | None:
        self._require_open()
        deadline_s = time.monotonic() + timeout_s
        while (edge := self._finger.next_edge(0.0)) is None:
            remaining_s = deadline_s - time.monotonic()
            if remaining_s <= 0:
                return None
            nap_s = min(remaining_s, _LONGEST_NAP_S) if self.closed() else remaining_s
            if not self._read_keys(nap_s):
                return None
        return edge

    def interrupt(self) -> None:
        if self._interrupts:
            with suppress(OSError):  # many have, or it was closed just now
                self._interrupts[1].send(b"\0")

    def closed(self) -> frozenset[str]:
        self._require_open()
        return self._finger.closed()

    def _require_open(self) -> None:
        if not self._is_open:
            raise DeviceClosed("buttons")

    def _read_keys(self, timeout_s: float) -> bool:
        """Press what is typed within that time; False when interrupted."""
        (interrupted, _), fd = self._interrupts, self._fd
        keys = [fd] if fd is not None and _in_foreground(fd) else []
        for key in keys:
            self._take_single_keys(key)
        readable, _, _ = select.select([interrupted.fileno(), *keys], [], [], timeout_s)
        for key in keys:
            if key in readable and _in_foreground(key):
                self._press(self._read(key))
        return interrupted.fileno() not in readable or not interrupted.recv(1)

    def _take_single_keys(self, fd: int) -> None:
        """Let each key arrive without Return; Ctrl-C goes on working."""
        if self._line_mode is None and os.isatty(fd):
            with suppress(termios.error):  # it is closed just now
                self._line_mode = termios.tcgetattr(fd)
                tty.setcbreak(fd, termios.TCSANOW)

    def _read(self, fd: int) -> str:
        try:
            typed = os.read(fd, 64)
        except OSError:  # the terminal was closed
            typed = b""
        if not typed:
            self._fd = self._line_mode = None
        return typed.decode("ascii", errors="ignore")

    def _press(self, typed: str) -> None:
        if typed.startswith("\x1b"):  # F5 sends digits too
            return
        for key in typed:
            if key in self._keys:
                self._finger.press(self._keys[key])

    @staticmethod
    def _terminal() -> int | None:
        if sys.stdin is None or sys.stdin.closed or not sys.stdin.isatty():
            return None
        return sys.stdin.fileno()


def _in_foreground(fd: int) -> bool:
    """Whether it is ours to read and to set: a job in the background is stopped for trying."""
    try:
        return os.tcgetpgrp(fd) == os.getpgrp()
    except OSError:  # not our controlling terminal, so no job control
        return True
