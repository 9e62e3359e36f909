"""Shutdown request of the panel: a file for systemd, as it has no right to shut down."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)


class Shutdown:
    """A file that `systemd/kiosk-poweroff.path` waits for. Elsewhere it has no effect."""

    def __init__(self, request: Path) -> None:
        self._request = request
        self._complaint = ""
        self._asked = True  # perhaps in an earlier run, which must not end this one
        self.withdraw()

    def ask(self) -> None:
        """Until it is there; the log tells it once."""
        if self._asked:
            return
        try:
            self._request.touch(mode=0o600)
        except OSError as error:
            self._complain(f"Cannot ask for the shutdown: {error}")
        else:
            self._asked, self._complaint = True, ""
            log.warning("The ignition stays off: asked the system to shut down: %s", self._request)

    def withdraw(self) -> None:
        """Power is back, or a new run has begun."""
        if not self._asked:
            return
        self._asked = False
        try:
            self._request.unlink(missing_ok=True)
        except OSError as error:
            self._complain(f"Cannot withdraw the shutdown: {error}")

    def _complain(self, sentence: str) -> None:
        if sentence != self._complaint:
            log.error("%s", sentence)
            self._complaint = sentence
