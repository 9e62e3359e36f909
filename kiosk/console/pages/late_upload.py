"""Uploads that are late, as staff read it who could tell a technician."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.errors import KioskError
from kiosk.export.upload.state import upload_status

if TYPE_CHECKING:
    from kiosk.console.http.context import ConsoleContext
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Snapshot


@dataclass(frozen=True, slots=True)
class LateUpload:
    """A period that should long have arrived, and what went wrong last, for a technician."""

    period: str
    days: int
    error: str


def late_upload(snapshot: Snapshot, context: ConsoleContext, now: Moment) -> LateUpload | None:
    """The one that waits longest, if any is late. Of a faulty ledger the doctor tells."""
    target = context.equipment.upload_url
    if not target:
        return None
    try:
        status = upload_status(snapshot.connection, target)
    except KioskError:
        return None
    days = status.late_days(now)
    return LateUpload(status.waiting[0], days, status.last_error or "") if days else None
