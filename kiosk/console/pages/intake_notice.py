"""Notice of the intake that ends by the hours of the timetable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kiosk.console.pages.desk_rows import clock_time
from kiosk.service.intake_hours import WARNED_BEFORE, ends_by_hours, intake_end
from kiosk.service.timetable import is_planned

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Snapshot


TOLD_FOR: Final = timedelta(minutes=15)
"""After that it is no news, and the badge of the queue says it."""


@dataclass(frozen=True, slots=True)
class IntakeNotice:
    """What staff must know of it now, and whether they can still say that it goes on."""

    text: str
    can_stay_open: bool = False


def intake_notice(snapshot: Snapshot, now: Moment) -> IntakeNotice | None:
    """From some minutes before its end on, or where the clock does not tell it."""
    visit = snapshot.visit
    if visit is None or not ends_by_hours(snapshot, visit):
        return None
    if not now.trusted:
        unknown = "Die Uhr ist nicht gestellt: Die Annahme endet nicht von selbst."
        return IntakeNotice(unknown) if visit.intake and is_planned(snapshot) else None
    at = intake_end(snapshot, now)
    if at is None or not at - WARNED_BEFORE <= now.wall < at + TOLD_FOR:
        return None
    if visit.intake:
        return IntakeNotice(f"Die Annahme endet um {clock_time(at)} Uhr.", can_stay_open=True)
    return IntakeNotice(
        f"Annahmeschluss war um {clock_time(at)} Uhr. Sie können noch Nummern ziehen (N)."
    )
