"""Job that a service asks for and another process does: by a file that systemd watches, or a child.

On an appliance a `.path` unit watches the service's own folder in memory, where no other user can
write, and starts the job with rights of its own. Elsewhere the service starts the command itself.
"""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.system.paths import Paths

UNANSWERED_S: Final = 300.0
"""A slow box lays out the glass in all languages, which takes minutes."""


class JobState(Enum):
    """What became of the last request."""

    IDLE = "idle"
    RUNNING = "running"
    UNANSWERED = "unanswered"


@dataclass(slots=True)
class RequestedJob:
    """`result` is the file that the job replaces; it is older than the request while the job runs.

    `command` is what to start where nothing watches the request.
    """

    request_file: Path
    result: Path
    command: Sequence[str] | None
    _child: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def request(self) -> None:
        """Ask for the job; a second time while it runs is none. Raises `OSError`."""
        if self.state is JobState.RUNNING:
            return
        self.request_file.parent.mkdir(parents=True, exist_ok=True, mode=0o770)
        self.request_file.write_bytes(b"")
        if self.command:
            self._child = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            )

    @property
    def state(self) -> JobState:
        """As the files tell it; a child that has ended answers no more."""
        ended = self._child is not None and self._child.poll() is not None
        if self._child and not ended:
            return JobState.RUNNING
        asked_s, answered_s = _changed_s(self.request_file), _changed_s(self.result)
        if asked_s is None or (answered_s is not None and answered_s >= asked_s):
            return JobState.IDLE
        late = not 0 <= time.time() - asked_s < UNANSWERED_S
        return JobState.UNANSWERED if ended or late else JobState.RUNNING


def job_request(paths: Paths, name: str) -> Path:
    """The file that asks for a job: in the folder that systemd gives a service for one run."""
    return Path(os.environ.get("RUNTIME_DIRECTORY") or paths.runtime) / f"{name}-request"


def is_watched() -> bool:
    """Whether systemd has given this service a folder of its own, whose requests units watch."""
    return "RUNTIME_DIRECTORY" in os.environ


def _changed_s(file: Path) -> float | None:
    try:
        return file.stat().st_mtime
    except OSError:
        return None
