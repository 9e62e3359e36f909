"""Marker file of a prepared stick, written and read without believing anything that lies there."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from kiosk.export.targets.safe_path import open_at, open_folder
from kiosk.service.sticks import is_own_marker, new_marker

if TYPE_CHECKING:
    from pathlib import Path

MARKER: Final = "RADHAUS-STICK.txt"
_MOST_BYTES: Final = 512
_MARK: Final = "radhaus-stick: "
# Without O_NONBLOCK, a pipe that a stranger has laid there would be waited for.
_READ: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
_WRITE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
_TEXT: Final = (
    "Dieser Stick holt die Auszählung einer Radhaus-Box ab.\r\n"
    "Bitte lassen Sie diese Datei liegen: Ohne sie schreibt die Box nichts.\r\n"
)


def write_marker(folder: Path, code: str) -> None:
    """Make a stick one of this operator's; one that is already stays so. Raises `ExportError`."""
    if is_own(folder, code):
        return
    text = f"{_TEXT}{_MARK}{new_marker(code)}\r\n"
    with open_folder(folder) as opened:
        with suppress(FileNotFoundError):
            os.unlink(MARKER, dir_fd=opened)
        file = os.open(MARKER, _WRITE, mode=0o644, dir_fd=opened)
        with os.fdopen(file, "wb") as stream:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
        os.fsync(opened)


def is_own(folder: Path, code: str) -> bool:
    """Whether the stick was prepared with this code. Raises `ExportError`."""
    with open_folder(folder) as opened:
        lines = _read(opened).decode("utf-8", "replace").splitlines()
    marks = [line.removeprefix(_MARK) for line in lines if line.startswith(_MARK)]
    return any(is_own_marker(code, mark) for mark in marks)


def _read(folder: int) -> bytes:
    """The beginning of the marker; nothing where it is no plain file."""
    try:
        with open_at(MARKER, _READ, folder) as file:
            return os.read(file, _MOST_BYTES) if stat.S_ISREG(os.fstat(file).st_mode) else b""
    except FileNotFoundError:
        return b""
    except OSError as error:
        if _is_no_file(error):
            return b""
        raise


def _is_no_file(error: OSError) -> bool:
    return error.errno in {errno.ELOOP, errno.EISDIR, errno.ENXIO, errno.ENOTDIR}
