"""Ticket numbers: the letter of the topic group and a running number, such as A-017."""

from collections.abc import Collection

from kiosk.domain.errors import NumbersExhausted

HIGHEST = 999


def written(letter: str, running: int) -> str:
    """The number as people read it."""
    return f"{letter}-{running:03d}"


def following(letter: str, last: int, in_use: Collection[str]) -> int:
    """The running number after `last`; after 999 it begins again and steps over numbers in use.

    A number that was shown is not given again before the wrap, whatever became of its ticket.
    """
    for step in range(1, HIGHEST + 1):
        running = (last + step - 1) % HIGHEST + 1
        if written(letter, running) not in in_use:
            return running
    raise NumbersExhausted(letter)
