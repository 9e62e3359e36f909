"""Code of a library that is not needed any more: its pages are given back until it is called again.

Mesa's software renderer compiles what it draws with by LLVM, 45 MiB of code, and draws without it.
"""

from __future__ import annotations

import ctypes
import re
from pathlib import Path

_MADV_DONTNEED = 4
"""Of <sys/mman.h>."""

_MAPPING = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+ *(.*)")


class LibraryCode:
    """The code of all loaded libraries whose file's name begins so."""

    def __init__(self, name: str) -> None:
        self._name = name

    def give_back(self) -> None:
        """Take its pages out of this process; a call of it maps them in again from the file."""
        for start, end in self._ranges():
            address, length = ctypes.c_void_p(start), ctypes.c_size_t(end - start)
            ctypes.CDLL(None).madvise(address, length, _MADV_DONTNEED)

    def _ranges(self) -> list[tuple[int, int]]:
        """Only what nothing has written to: all of it stands in the file.

        Read anew each time: of a library that was unloaded the addresses may be another's by now.
        """
        found: list[tuple[int, int]] = []
        of_library = False
        for line in Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines():
            if mapping := _MAPPING.fullmatch(line):
                start, end, rights, file = mapping.groups()
                of_library = rights == "r-xp" and Path(file).name.startswith(self._name)
                if of_library:
                    found.append((int(start, 16), int(end, 16)))
            elif of_library and line.startswith("Private_Dirty:") and line.split()[1] != "0":
                found.pop()
        return found
