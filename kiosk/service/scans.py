"""Scanned codes: check-in at the scanner, or a refusal that the glass can explain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.errors import Refused
from kiosk.domain.events import CodeRefused
from kiosk.domain.refusal_reason import Reason
from kiosk.service.check_in import CheckInRequest, check_in
from kiosk.service.refusals import reason_of
from kiosk.store import journal, visits

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office


def check_in_scan(office: Office, digits: str | None, now: Moment) -> Reason | None:
    """Check in with the code under the scanner; None stands for what is no code.

    The language is unknown, so the slip is in the first one. Returns why it was refused.
    """
    reason = Reason.NO_CODE if digits is None else _refusal(office, digits, now)
    if reason:
        with office.database.write() as connection:
            visit = visits.current(connection)
            journal.append(connection, CodeRefused(reason), now, visit.id if visit else None)
    return reason


def _refusal(office: Office, digits: str, now: Moment) -> Reason | None:
    try:
        check_in(office, CheckInRequest(digits, office.profile.languages[0], scanned=True), now)
    except Refused as refusal:
        return reason_of(refusal)
    return None
