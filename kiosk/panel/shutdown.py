"""How the panel asks the system to shut down, without having the right to do it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)


class Shutdown:
    """A file that `systemd/kiosk-poweroff.path` waits for. Elsewhere nobody does."""

    def __init__(self, request: Path) -> None:
        self._request = request
        self._asked = True  # perhaps in an earlier run, which must not end this one
        self.withdraw()

    def ask(self) -> None:
        """Once; the log tells it."""
        if self._asked:
            return
        self._asked = True
        log.warning("The ignition stays off: asking the system to shut down (%s).", self._request)
        try:
            self._request.touch(mode=0o600)
        except OSError as error:
            log.error("Cannot ask for the shutdown: %s", error)  # noqa: TRY400 - no trace is needed

    def withdraw(self) -> None:
        """Power is back, or a new run has begun."""
        if not self._asked:
            return
        self._asked = False
        try:
            self._request.unlink(missing_ok=True)
        except OSError as error:
            log.error("Cannot withdraw the shutdown: %s", error)  # noqa: TRY400
