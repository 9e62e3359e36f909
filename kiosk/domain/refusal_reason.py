"""Reasons why a citizen is refused, as journal, counts and the names of texts have them."""

from enum import StrEnum


class Reason(StrEnum):
    """`OTHER` is all that a citizen can do nothing about.

    `AT_GLASS` is said on phones: the glass has numbers still. `NO_CODE` is something else under the
    scanner: a web address, a ticket's slip, a contact card.
    """

    OTHER = "other"
    USED_UP = "used_up"
    BY_APPOINTMENT = "by_appointment"
    NO_INTAKE = "no_intake"
    NOT_OFFERED = "not_offered"
    NO_VISIT = "no_visit"
    AT_GLASS = "at_glass"
    UNKNOWN_CODE = "unknown_code"
    NO_CODE = "no_code"
    TOO_MANY = "too_many"
    OTHER_DAY = "other_day"
    OTHER_STOP = "other_stop"
    USED = "used"


OF_TOPIC = frozenset({Reason.USED_UP, Reason.BY_APPOINTMENT})
"""Reasons for which one topic has no numbers; the others may have some."""

OF_VISIT = frozenset({Reason.NO_INTAKE, Reason.BY_APPOINTMENT})
"""Reasons for which there are no numbers at all."""

CODE_REFUSED = frozenset(
    {
        *(Reason.UNKNOWN_CODE, Reason.NO_CODE, Reason.TOO_MANY),
        *(Reason.OTHER_DAY, Reason.OTHER_STOP, Reason.USED),
    }
)
"""Reasons for the code of an appointment."""
