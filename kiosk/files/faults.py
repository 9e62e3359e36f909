"""Collector of all faults of an imported file, each with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.timetable import HORIZON
from kiosk.settings.schema.faults import FileFault

if TYPE_CHECKING:
    from datetime import date

MOST_FAULTS = 200


def printable(text: str) -> str:
    """A file's text without control characters: it must not steer the terminal that shows it."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


class FaultCollector:
    """Everything that is wrong in one file, read `today`."""

    def __init__(self, today: date) -> None:
        self.today, self.until = today, today + HORIZON
        self.found: list[FileFault] = []

    def add_fault(self, line: int, what: str, suggestion: str = "") -> None:
        """Note a fault; the same one is listed once."""
        fault = FileFault(line, printable(what), printable(suggestion))
        if fault not in self.found and len(self.found) < MOST_FAULTS:
            self.found.append(fault)
