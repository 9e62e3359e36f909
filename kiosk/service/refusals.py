"""Reason codes of refusals, for the glass and for the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.domain.errors import (
    AppointmentAtOtherStop,
    AppointmentOnOtherDay,
    AppointmentUsed,
    ContingentUsedUp,
    IntakeClosed,
    NoVisitOpen,
    Refused,
    TooManyCodes,
    TopicNotOffered,
    UnknownCode,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

REASON_CODES: Final[Mapping[type[Refused], str]] = {
    IntakeClosed: "no_intake",
    ContingentUsedUp: "used_up",
    UnknownCode: "unknown_code",
    TooManyCodes: "too_many",
    AppointmentOnOtherDay: "other_day",
    AppointmentAtOtherStop: "other_stop",
    AppointmentUsed: "used",
    TopicNotOffered: "not_offered",
    NoVisitOpen: "no_visit",
}
NO_CODE: Final = "no_code"
"""Something else was held under the scanner: a web address, a ticket's slip, a contact card."""

OTHER: Final = "other"
"""All that a citizen can do nothing about."""


def reason_code(refusal: Refused) -> str:
    return REASON_CODES.get(type(refusal), OTHER)
