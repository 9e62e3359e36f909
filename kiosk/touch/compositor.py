"""Whether the compositor below the glass still works, asked in its own protocol.

When it hangs, Xwayland goes on to answer the glass, and people see a screen that stands still.
Protocol: Wayland, `wl_display.sync`.
"""

from __future__ import annotations

import logging
import socket
import struct
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_log = logging.getLogger(__name__)

_DISPLAY, _CALLBACK = 1, 2
_SYNC: Final = struct.pack("=3I", _DISPLAY, struct.calcsize("=3I") << 16, _CALLBACK)
_MOST_BYTES: Final = 4096


class Compositor:
    """Asked at once, and whenever it has answered."""

    def __init__(self, path: Path) -> None:
        """Raises `OSError` if nothing listens at `path`."""
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
        try:
            self._line.connect(str(path))
        except OSError:
            self._line.close()
            raise
        self._line.settimeout(0.0)
        self._ask()

    def has_answered(self) -> bool:
        """Since it was asked last. Then it is asked anew, for the next time."""
        try:
            heard = self._line.recv(_MOST_BYTES)
        except OSError:
            return False
        if heard:
            self._ask()
        return bool(heard)

    def close(self) -> None:
        self._line.close()

    def _ask(self) -> None:
        with suppress(OSError):  # then no answer comes either
            self._line.send(_SYNC)


def compositor_of(environment: Mapping[str, str]) -> Compositor | None:
    """The one that has started this process; None where there is none."""
    name, folder = environment.get("WAYLAND_DISPLAY"), environment.get("XDG_RUNTIME_DIR", "/")
    if not name:
        return None
    try:
        return Compositor(Path(folder, name))
    except OSError as error:
        _log.warning("The compositor cannot be watched: %s", error)
        return None
