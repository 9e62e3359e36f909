"""Serial line (tty): found by name or pattern, locked, and an error when it is unplugged."""

from __future__ import annotations

import errno
import os
import select
import termios
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import serial

from hardware.errors import CannotOpen, DeviceBusy, DeviceClosed, DeviceLost, DeviceSilent
from hardware.serial_names import fitting

if TYPE_CHECKING:
    from pathlib import Path

_AT_ONCE_BYTES = 4096

_NO_LINE = frozenset({errno.ENOTTY, errno.EISDIR})
"""What a file, a pipe, /dev/null or a folder answers when it is opened as a line."""


class SerialLine:
    """`port` is a path or a pattern such as `/dev/serial/by-id/usb-*Printer*`.

    `framing` is data bits, parity (N, E, O) and stop bits, such as `8N1`.

    Refuses to know what the bytes mean. Every call after `open` may raise `DeviceLost`.
    """

    def __init__(self, device: str, port: str, baud: int, framing: str = "8N1") -> None:
        self._device = device
        self._port = port
        self._baud = baud
        self._framing = framing
        self._line: serial.Serial | None = None

    def open(self) -> None:
        """Raise `CannotOpen`: nothing fits the pattern, more than one line does, or no rights."""
        self.close()
        path = self._path()
        try:
            self._line = self._opened(path)
        except (serial.SerialException, OSError, ValueError, termios.error) as error:
            number = _number(error)
            if number in {errno.EBUSY, errno.EAGAIN}:
                raise DeviceBusy(self._device, f"{path} is used by another program") from error
            if number in _NO_LINE:
                raise CannotOpen(self._device, f"{path} is no serial line") from error
            reason = os.strerror(number) if number else str(error).rstrip(".")
            raise CannotOpen(self._device, f"{path}: {reason}") from error

    def close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            with suppress(OSError, serial.SerialException):  # it may be gone already
                line.close()

    def write(self, sent: bytes, within_s: float) -> None:
        """Hand all bytes to the line; `DeviceSilent` when it takes none for `within_s`."""
        fd, rest = self._fd(), memoryview(sent)
        while rest:
            _, writable, _ = select.select([], [fd], [], within_s)
            if not writable:
                raise DeviceSilent(self._device, within_s)
            try:
                rest = rest[os.write(fd, rest[:_AT_ONCE_BYTES]) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise self._lost(error) from error

    def read(self, within_s: float) -> bytes:
        """What has come, or empty after that time."""
        fd = self._fd()
        readable, _, _ = select.select([fd], [], [], within_s)
        if not readable:
            return b""
        try:
            received = os.read(fd, _AT_ONCE_BYTES)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise self._lost(error) from error
        if not received:
            raise DeviceLost(self._device, f"{self._port} was hung up")
        return received

    def unsent(self) -> int:
        """How many bytes wait in the kernel; a pseudo-terminal knows none."""
        self._fd()
        try:
            return self._line.out_waiting if self._line else 0
        except OSError as error:
            raise self._lost(error) from error

    def forget_received(self, most_s: float = 1.0) -> None:
        """Drop what has come so far; a line that never stops talking is `DeviceSilent`."""
        deadline_s = time.monotonic() + most_s
        while self.read(0):
            if time.monotonic() > deadline_s:
                raise DeviceSilent(self._device, most_s)

    def _opened(self, path: Path) -> serial.Serial:
        data, parity, stop = tuple(self._framing)
        return serial.Serial(
            str(path),
            self._baud,
            bytesize=int(data),
            parity=parity,
            stopbits=int(stop),
            timeout=0,
            write_timeout=0,
            exclusive=True,
        )

    def _path(self) -> Path:
        found = fitting(self._port)
        if not found:
            raise CannotOpen(self._device, f"there is no {self._port}")
        if len(found) > 1:
            raise CannotOpen(
                self._device, f"{self._port} fits {' and '.join(map(str, found))}: name one"
            )
        return found[0]

    def _fd(self) -> int:
        if self._line is None:
            raise DeviceClosed(self._device)
        return int(self._line.fileno())

    def _lost(self, error: OSError) -> DeviceLost:
        return DeviceLost(self._device, f"{self._port}: {error.strerror}")


def _number(error: Exception) -> int | None:
    """The system's number for a fault; of a line that it cannot set, pyserial keeps none."""
    if isinstance(error, OSError) and error.errno:
        return error.errno
    cause = error if isinstance(error, termios.error) else error.__context__
    return int(cause.args[0]) if isinstance(cause, termios.error) else None
