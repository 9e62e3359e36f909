"""The reason of each refusal, for the glass, the journal and the counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.domain.appointment_errors import (
    AppointmentAtOtherStop,
    AppointmentOnOtherDay,
    AppointmentUsed,
    TooManyCodes,
    UnknownCode,
)
from kiosk.domain.closing_errors import VisitLeftOpen
from kiosk.domain.errors import (
    ContingentUsedUp,
    IntakeClosed,
    NoVisitOpen,
    OnlyByAppointment,
    PhoneShareUsedUp,
    Refused,
    TopicNotOffered,
)
from kiosk.domain.refusal_reason import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

REASONS: Final[Mapping[type[Refused], Reason]] = {
    IntakeClosed: Reason.NO_INTAKE,
    ContingentUsedUp: Reason.USED_UP,
    OnlyByAppointment: Reason.BY_APPOINTMENT,
    UnknownCode: Reason.UNKNOWN_CODE,
    TooManyCodes: Reason.TOO_MANY,
    AppointmentOnOtherDay: Reason.OTHER_DAY,
    AppointmentAtOtherStop: Reason.OTHER_STOP,
    AppointmentUsed: Reason.USED,
    TopicNotOffered: Reason.NOT_OFFERED,
    PhoneShareUsedUp: Reason.AT_GLASS,
    NoVisitOpen: Reason.NO_VISIT,
    VisitLeftOpen: Reason.NO_VISIT,
}


def reason_of(refusal: Refused) -> Reason:
    return REASONS.get(type(refusal), Reason.OTHER)
