"""What is wrong with a file, collected while it is read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.profiles.problems import Problem

if TYPE_CHECKING:
    from datetime import date

HORIZON = timedelta(days=550)
"""A plan reaches to the end of next year; a date beyond that is a slip of the pen."""

MOST_PROBLEMS = 200


class Faults:
    """Everything that is wrong in one file, read `today`."""

    def __init__(self, today: date) -> None:
        self.today, self.until = today, today + HORIZON
        self.problems: list[Problem] = []

    def fault(self, line: int, what: str, suggestion: str = "") -> None:
        """Something is wrong; the same is told once."""
        problem = Problem(line, what, suggestion)
        if problem not in self.problems and len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
