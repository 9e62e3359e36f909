"""Words for staff about the box as a whole: doors, disk, numbers, a visit that was left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.console.words.devices import TroubledDevice
from kiosk.devices.staff_words import CALL, Words
from kiosk.system.heartbeat import CONSOLE, GLASS, PANEL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kiosk.domain.number import NumberRange
    from kiosk.system.heartbeat import DoorSeen

_GLASS = Words(
    "antwortet nicht",
    "Der Bildschirm für Bürgerinnen und Bürger antwortet nicht: Dort gibt es keine Nummern.",
    f"Geben Sie Nummern hier oder von der Papierrolle aus. Er startet von selbst neu. {CALL}",
)


_FULL = Words(
    "voll",
    "Der Speicher ist voll: Es gibt keine Nummern mehr, und nichts wird gezählt.",
    f"Geben Sie Nummern von der Papierrolle aus. {CALL}",
)
_FAILING = Words(
    "nimmt nichts mehr an",
    "Der Speicher nimmt nichts mehr an: Es gibt keine Nummern mehr, und nichts wird gezählt.",
    f"Geben Sie Nummern von der Papierrolle aus. {CALL}",
)


def describe_disk(*, full: bool) -> TroubledDevice:
    """A disk that has refused what a door wrote."""
    words = (_FULL if full else _FAILING,)
    return TroubledDevice("Speicher", words, harmless=False, urgent=False, detail="kiosk doctor")


def describe_lost(numbers: Sequence[NumberRange]) -> TroubledDevice:
    """Numbers on paper that the file has lost."""
    told = ", ".join(" bis ".join(dict.fromkeys(each.ends)) for each in numbers)
    words = Words(
        f"{told} nicht in der Liste",
        f"Nach einem Schaden am Speicher stehen diese Nummern nur noch auf Zetteln: {told}.",
        f"Tragen Sie sie unter Papierrolle nach, wenn die Leute noch warten. {CALL}",
    )
    return TroubledDevice("Nummern", (words,), harmless=True, urgent=False, detail="kiosk doctor")


def describe_left_open(opened: date) -> TroubledDevice:
    """A visit left open since another day."""
    words = Words(
        f"seit {opened:%d.%m.} offen",
        f"Dieser Einsatz ist seit dem {opened:%d.%m.%Y} offen: Die Leute von damals sind noch nicht"
        " gezählt.",
        "Beenden Sie ihn unter Einsatz, und öffnen Sie den von heute.",
    )
    return TroubledDevice("Einsatz", (words,), harmless=True, urgent=False, detail="")


def describe_door(seen: DoorSeen) -> TroubledDevice | None:
    """A glass; the panel is told of by each of its devices, and this page is the console's own."""
    if seen.door in {PANEL, CONSOLE}:
        return None
    name = "Bildschirm" if seen.door == GLASS else f"Bildschirm {seen.door}"
    detail = f"the glass {seen.sentence}"
    return TroubledDevice(name, (_GLASS,), harmless=False, urgent=False, detail=detail)
