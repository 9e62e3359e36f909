"""Ticket numbers, A-017 or 017: parser, format and sequence of letter and running number."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from kiosk.domain.errors import NoNumberRange, NumbersExhausted

HIGHEST = 999
_WRITTEN: Final = re.compile(r"(?:([A-Z])-?)?([0-9]{1,3})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Numbers that follow each other, such as A-018 to A-031, both included; 018 has no letter."""

    letter: str
    first: int
    last: int

    @property
    def ends(self) -> tuple[str, str]:
        return format_number(self.letter, self.first), format_number(self.letter, self.last)

    def running_numbers(self) -> range:
        return range(self.first, self.last + 1)

    def ticket_numbers(self) -> list[str]:
        return [format_number(self.letter, running) for running in self.running_numbers()]


def parse_range(first: str, last: str) -> NumberRange:
    """Parse the ends of a range, such as A-018 and A-031. Raises `NoNumberRange`."""
    ends = [_WRITTEN.fullmatch(text.strip()) for text in (first, last)]
    letters = {(end[1] or "").upper() for end in ends if end}
    begin, end = (int(end[2]) if end else 0 for end in ends)
    if len(letters) != 1 or not 1 <= begin <= end:
        raise NoNumberRange(first, last)
    return NumberRange(letters.pop(), begin, end)


def format_number(letter: str, running: int) -> str:
    """The number as it is shown, A-017, or 017 without a letter."""
    return f"{letter}-{running:03d}" if letter else f"{running:03d}"


def next_running_number(letter: str, last: int, in_use: Collection[str]) -> int:
    """The running number after `last`; after 999 it begins again and steps over numbers in use.

    A number that was shown is not given again before the wrap, whatever became of its ticket.
    """
    for step in range(1, HIGHEST + 1):
        running = (last + step - 1) % HIGHEST + 1
        if format_number(letter, running) not in in_use:
            return running
    raise NumbersExhausted(letter)
