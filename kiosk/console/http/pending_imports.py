"""Pending imports: parsed files in memory, previewed and not yet confirmed.

What is imported is what the preview has shown, whatever becomes of the file meanwhile. Nothing of
an upload is written to the disk.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.files.appointments.validation import AppointmentFile
    from kiosk.files.timetable.validation import YearPlan

    Parsed: TypeAlias = YearPlan | AppointmentFile

MOST_PENDING: Final = 8
LONGEST_S: Final = 15 * 60.0


@dataclass(frozen=True, slots=True)
class PendingImport:
    """A file as it was understood; `mark` is that of the preview, `session` saw it `at`."""

    kind: str
    parsed: Parsed
    mark: str
    replace_all: bool
    session: str
    at: Moment


class PendingImports:
    """The imports that wait for a yes, by a secret that only their preview tells.

    Files are parsed `one_at_a_time`: a large one keeps a core busy for seconds.
    """

    def __init__(self) -> None:
        self.one_at_a_time = Lock()
        self._waiting: dict[str, PendingImport] = {}
        self._lock = Lock()

    def put(self, pending: PendingImport) -> str:
        """Keep one; of too many the oldest goes."""
        token = secrets.token_urlsafe(16)
        with self._lock:
            self._waiting[token] = pending
            while len(self._waiting) > MOST_PENDING:
                del self._waiting[next(iter(self._waiting))]
        return token

    def take(self, token: str, session: str, now: Moment) -> PendingImport | None:
        """Take one out, once and by the session that has seen it; None where it is gone."""
        with self._lock:
            pending = self._waiting.get(token)
            if pending is None or pending.session != session:
                return None
            del self._waiting[token]
        age_s = now.seconds_since(pending.at)
        return pending if age_s is not None and age_s < LONGEST_S else None
