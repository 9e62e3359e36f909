"""What a desk did last, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kiosk.console.desk_rows import clock_time
from kiosk.domain.record import Record
from kiosk.service.trail import latest
from kiosk.texts.outcomes import OUTCOMES

if TYPE_CHECKING:
    from kiosk.service.office import Office
    from kiosk.store.actions import Action

TOLD = 5
LOOKED_BACK = 100
"""Behind so many undone steps nobody looks for one that can be undone."""

_WORDS: Final = {
    "next": "{number} aufgerufen",
    "call": "{number} außer der Reihe aufgerufen",
    "start": "{number} begonnen",
    "finish": "{number} abgeschlossen",
    "park": "{number} geparkt",
    "transfer": "{number} weitergeleitet",
    "miss": "{number} nicht erschienen",
    "withdraw": "{number} ist gegangen",
    "priority": "Vorrang für {number} gesetzt",
    "no priority": "Vorrang für {number} aufgehoben",
    "again": "{number} wieder aufgerufen",
    "count": "Ohne Nummer gezählt",
    "take": "{number} gezogen",
    "roll": "Papierrolle bis {number} nachgetragen",
    "check_in": "{number} angemeldet",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One action. `time` is empty when the clock had not been set."""

    id: int
    words: str
    time: str
    undone: bool


def steps_of(office: Office, desk: str) -> list[Step]:
    """What a desk did, newest first; the first `TOLD` are for people."""
    return [_step(action) for action in latest(office, desk, LOOKED_BACK)]


def _step(action: Action) -> Step:
    moment = action.moment
    time = clock_time(moment.wall) if moment.trusted else ""
    return Step(action.id, in_words(action), time, action.undone)


def in_words(action: Action) -> str:
    """An action, such as "A-017 abgeschlossen: Geklärt"."""
    before, after = _last(action.before), _last(action.after)
    words = _WORDS.get(_kind(action.kind, before, after), action.kind)
    said = words.format(number=action.number)
    if action.kind == "finish" and after.get("record"):
        return f"{said}: {OUTCOMES[Record.from_text(after['record']).outcome]}"
    return said


def _kind(kind: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    if kind == "priority" and not after.get("priority"):
        return "no priority"
    if kind == "call" and before.get("state") != "waiting":
        return "again"
    return kind


def _last(rows: dict[str, dict[str, Any] | None]) -> dict[str, Any]:
    """The row of the ticket that names the action."""
    return next(reversed(rows.values()), None) or {}
