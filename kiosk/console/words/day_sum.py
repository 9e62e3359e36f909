"""The sum of a visit in German: who is not finished, and how the others ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.outcome import NOTHING_RECORDED

if TYPE_CHECKING:
    from kiosk.domain.day_sum import DaySum
    from kiosk.domain.profile import Profile


def not_finished(waiting: int, at_desk: int, parked: int, missed: int) -> str:
    """Those who would not be called any more, by where they are; empty without any."""
    return _joined(
        (waiting, "wartet", "warten"),
        (at_desk, "an einem Platz", "an Plätzen"),
        (parked, "geparkt", "geparkt"),
        (missed, "nicht erschienen", "nicht erschienen"),
    )


def people_of(day: DaySum) -> str:
    """Numbers and people: how many came, and what became of them."""
    return _joined(
        (day.tickets, "Nummer", "Nummern"),
        (day.served, "davon bedient", "davon bedient"),
        (day.missed, "nicht erschienen", "nicht erschienen"),
        (day.withdrawn, "gegangen", "gegangen"),
        (day.without_number, "Person ohne Nummer", "Personen ohne Nummer"),
        (day.smileys, "Smiley", "Smileys"),
    )


def outcomes_of(day: DaySum, profile: Profile) -> str:
    """How the talks ended, in the order of the profile."""
    listed = [*(each.id for each in profile.outcomes), NOTHING_RECORDED.id]
    order = dict.fromkeys([*listed, *sorted(day.outcomes)])
    return ", ".join(
        f"{count} {profile.recorded_outcome(outcome).label}"
        for outcome in order
        if (count := day.outcomes.get(outcome, 0))
    )


def _joined(*parts: tuple[int, str, str]) -> str:
    return ", ".join(
        f"{count} {one if count == 1 else more}" for count, one, more in parts if count
    )
