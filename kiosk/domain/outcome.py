"""Outcomes of a talk: the ready ones, and the form in which a profile lists its own."""

from dataclasses import dataclass
from typing import Final, Literal

from kiosk.domain.ids import OutcomeId


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a talk can end; its label is German, for staff and export.

    With `referral` staff say to whom. What it `promises` brings a slip: of an appointment that is
    made with it, or of a call back. `helped` says whether the person was.
    """

    id: OutcomeId
    label: str
    referral: bool = False
    promises: Literal["nothing", "appointment", "call_back"] = "nothing"
    helped: bool = True


RESOLVED: Final = OutcomeId("resolved")
REFERRED: Final = OutcomeId("referred")
APPOINTMENT_MADE: Final = OutcomeId("appointment_made")
CALL_BACK_PROMISED: Final = OutcomeId("call_back_promised")
COULD_NOT_BE_HELPED: Final = OutcomeId("could_not_be_helped")
NOT_RECORDED: Final = OutcomeId("not_recorded")

MISSED: Final = OutcomeId("missed")
WITHDRAWN: Final = OutcomeId("withdrawn")
"""Counted of tickets that did not appear at a desk; no record is made of them."""

RESERVED: Final = (NOT_RECORDED, MISSED, WITHDRAWN)
"""No profile may list them."""

READY_OUTCOMES: Final = (
    Outcome(RESOLVED, "Geklärt"),
    Outcome(REFERRED, "Verwiesen", referral=True),
    Outcome(APPOINTMENT_MADE, "Termin vereinbart", promises="appointment"),
    Outcome(CALL_BACK_PROMISED, "Rückruf zugesagt", promises="call_back"),
    Outcome(COULD_NOT_BE_HELPED, "Nicht geholfen", helped=False),
)
"""Of a profile that lists none."""

NOTHING_RECORDED: Final = Outcome(NOT_RECORDED, "Nicht erfasst", helped=False)
"""Staff went on to the next person without saying how the talk ended: in every profile."""
