"""What a scanned code becomes: a number, or a refusal that the glass can explain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.domain.errors import (
    AppointmentAtOtherStop,
    AppointmentOnOtherDay,
    AppointmentUsed,
    NoVisitOpen,
    Refused,
    TooManyCodes,
    TopicNotOffered,
    UnknownCode,
)
from kiosk.domain.events import CodeRefused
from kiosk.service import appointment_desk
from kiosk.store import journal, visits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office

NO_CODE: Final = "no_code"
"""Something else was held under the scanner: a web address, a ticket's slip, a contact card."""

OTHERWISE: Final = "refused"

_REASON: Final[Mapping[type[Refused], str]] = {
    UnknownCode: "unknown",
    AppointmentOnOtherDay: "other_day",
    AppointmentAtOtherStop: "other_stop",
    AppointmentUsed: "used",
    TopicNotOffered: "not_offered",
    NoVisitOpen: "no_visit",
    TooManyCodes: "too_many",
}
REASONS: Final = (*_REASON.values(), NO_CODE, OTHERWISE)
"""Why a scan leads to no number, as `CodeRefused` tells it."""


def take_scan(office: Office, digits: str | None, now: Moment) -> str | None:
    """Check in whoever holds this code under the scanner; None stands for what is no code.

    Nobody knows their language, so the slip is in the first one. Returns why it was refused.
    """
    reason = NO_CODE if digits is None else _refusal(office, digits, now)
    if reason:
        with office.database.write() as connection:
            visit = visits.current(connection)
            journal.append(connection, CodeRefused(reason), now, visit.id if visit else None)
    return reason


def _refusal(office: Office, digits: str, now: Moment) -> str | None:
    try:
        appointment_desk.check_in(office, digits, office.profile.languages[0], now, scanned=True)
    except Refused as refusal:
        return _REASON.get(type(refusal), OTHERWISE)
    return None
