"""What is wrong with a file, collected while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from kiosk.domain.timetable import HORIZON
from kiosk.settings.schema.problems import FileErrors, Problem

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


MOST_PROBLEMS = 200


def printable(text: str) -> str:
    """What a file holds must not steer the terminal on which it is told."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


class Faults:
    """Everything that is wrong in one file, read `today`."""

    def __init__(self, today: date) -> None:
        self.today, self.until = today, today + HORIZON
        self.problems: list[Problem] = []

    def fault(self, line: int, what: str, suggestion: str = "") -> None:
        """Something is wrong; the same is told once."""
        problem = Problem(line, printable(what), printable(suggestion))
        if problem not in self.problems and len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)


class TimetableErrors(FileErrors):
    """A plan that cannot be imported; nothing of it was."""


def refuse(file: Path, what: str, suggestion: str = "") -> NoReturn:
    """Give up on a file as a whole."""
    raise TimetableErrors(str(file), [Problem(0, what, suggestion)])
