"""A disk with a volatile cache, as a plugin of nbdkit: each write and each flush goes into a log.

Run by nbdkit, with `disk=FILE`, which is read and never written, and `log=FILE`. What such a disk
has after a power cut, `served_disk.py` makes of both.
"""

from __future__ import annotations

import mmap
import struct
from functools import cache
from pathlib import Path

API_VERSION = 2
ENTRY = struct.Struct("<qq")
"""Offset and length of a write, whose bytes follow; of a flush the offset is FLUSHED."""
FLUSHED = -1

_files: dict[str, str] = {}


class _Disk:
    """What the box sees: all that it wrote, whoever of it is connected."""

    def __init__(self) -> None:
        with Path(_files["disk"]).open("rb") as disk:
            self.content = mmap.mmap(disk.fileno(), 0, access=mmap.ACCESS_COPY)
        self.log = Path(_files["log"]).open("wb", buffering=0)  # noqa: SIM115 - as long as nbdkit


def config(key: str, value: str) -> None:
    _files[key] = value


def thread_model() -> int:
    import nbdkit  # noqa: PLC0415 - only nbdkit has it

    return int(nbdkit.THREAD_MODEL_SERIALIZE_ALL_REQUESTS)


@cache
def _the_disk() -> _Disk:
    return _Disk()


def open(readonly: bool) -> _Disk:  # noqa: A001, FBT001, ARG001 - nbdkit's name and argument
    return _the_disk()


def get_size(disk: _Disk) -> int:
    return len(disk.content)


def pread(disk: _Disk, buffer: bytearray, offset: int, _flags: int) -> None:
    buffer[:] = disk.content[offset : offset + len(buffer)]


def pwrite(disk: _Disk, buffer: bytes, offset: int, _flags: int) -> None:
    disk.content[offset : offset + len(buffer)] = bytes(buffer)
    disk.log.write(ENTRY.pack(offset, len(buffer)) + bytes(buffer))


def flush(disk: _Disk, _flags: int) -> None:
    disk.log.write(ENTRY.pack(FLUSHED, 0))
