"""German names of the outcomes, for staff pages and the export package."""

from __future__ import annotations

from typing import Final

from kiosk.domain.record import Outcome

OUTCOMES: Final[dict[str, str]] = {
    Outcome.RESOLVED: "Geklärt",
    Outcome.REFERRED: "Verwiesen",
    Outcome.APPOINTMENT_MADE: "Termin vereinbart",
    Outcome.CALL_BACK_PROMISED: "Rückruf zugesagt",
    Outcome.COULD_NOT_BE_HELPED: "Nicht geholfen",
    Outcome.NOT_RECORDED: "Nicht erfasst",
}
