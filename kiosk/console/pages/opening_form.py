"""The form that opens a visit: stops, proposal of the timetable, last closing, late upload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.console.pages.closed_visit import ClosedVisit, closed_today
from kiosk.domain.errors import KioskError
from kiosk.export.upload.state import upload_status
from kiosk.service import timetable

if TYPE_CHECKING:
    from kiosk.console.http.context import ConsoleContext
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Stop
    from kiosk.service.office import Snapshot


@dataclass(frozen=True, slots=True)
class LateUpload:
    """A period that should long have arrived, and what went wrong last, for a technician."""

    period: str
    days: int
    error: str


@dataclass(frozen=True, slots=True)
class OpeningForm:
    stops: tuple[Stop, ...]
    proposal: timetable.Proposal
    closed: ClosedVisit | None
    late_upload: LateUpload | None

    @property
    def proposed_stop(self) -> str:
        """Where the timetable says that the bus stands now, if it says so."""
        planned = self.proposal.visit
        return next((s.name for s in self.stops if planned and s.id == planned.stop), "")


def opening_form(snapshot: Snapshot, context: ConsoleContext, now: Moment) -> OpeningForm:
    """The form as it is offered while no visit is open."""
    return OpeningForm(
        snapshot.profile.stops,
        timetable.proposal(snapshot, now),
        closed_today(snapshot, now),
        _late_upload(snapshot, context, now),
    )


def _late_upload(snapshot: Snapshot, context: ConsoleContext, now: Moment) -> LateUpload | None:
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
