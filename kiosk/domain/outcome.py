"""How a talk ended."""

from enum import StrEnum


class Outcome(StrEnum):
    """What cities count. `NOT_RECORDED` stands where staff went on without saying."""

    RESOLVED = "resolved"
    REFERRED = "referred"
    APPOINTMENT_MADE = "appointment_made"
    CALL_BACK_PROMISED = "call_back_promised"
    COULD_NOT_BE_HELPED = "could_not_be_helped"
    NOT_RECORDED = "not_recorded"
