"""Write probe: whether the disk takes a few bytes, synced; a worn card says no other way.

The kernel's flag for a read-only file system does not tell: an ext4 that met an error goes on as
writable (`emergency_ro`) and refuses each write.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PROBE_BYTES = 4096
PROBE_EVERY_S = 10.0
"""Validity of an answer: frequent probes would wear the card."""


def write_fault(folder: Path) -> OSError | None:
    """What the disk said to some bytes in a file without a name; None when it took them."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0" * PROBE_BYTES)
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        return error
    return None


class DiskProbe:
    """A probe whose answer holds for some seconds. For any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turn = threading.Lock()
        self._fault: OSError | None = None
        self._until_s = 0.0

    def fault(self) -> OSError | None:
        with self._turn:
            if time.monotonic() >= self._until_s:
                self._fault = write_fault(self._folder)
                self._until_s = time.monotonic() + PROBE_EVERY_S
            return self._fault
