"""Codec of appointment codes: digits with a check digit, typed at the glass or scanned."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FEWEST_DIGITS, MOST_DIGITS = 4, 12
"""The length of an imported code."""

GENERATED_DIGITS = 8
"""The length of a code that this box generates; the last one is the check digit."""

GROUP_DIGITS = 4
"""People read numbers to each other in groups of so many."""

_BETWEEN = re.compile(r"[\s\u2010-\u2015\u200b\ufeff-]")
_CODE = re.compile(rf"[0-9]{{{FEWEST_DIGITS},{MOST_DIGITS}}}")

# H. M. Damm's quasigroup of order 10: it finds every wrong digit and every swap of neighbours.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def parse_code(text: str) -> str | None:
    """The digits of a code such as "1234 5678"; None where it is no code."""
    digits = _BETWEEN.sub("", text.strip()) if len(text) <= 3 * MOST_DIGITS else ""
    return digits if _CODE.fullmatch(digits) else None


def digit_groups(code: str) -> list[str]:
    """The digits of a code as they are read out; the last group may be shorter."""
    return [code[start : start + GROUP_DIGITS] for start in range(0, len(code), GROUP_DIGITS)]


def generate_code(below: Callable[[int], int]) -> str:
    """A new random code. `below(n)` draws from 0 to n-1.

    It begins with no 0, which Excel would eat, and has no digit twice in a row: the glass takes a
    second touch on the same key for a trembling hand.
    """
    while True:
        body = str(10 ** (GENERATED_DIGITS - 2) + below(9 * 10 ** (GENERATED_DIGITS - 2)))
        code = f"{body}{_remainder(body)}"
        if all(one != other for one, other in pairwise(code)):
            return code


def is_mistyped(digits: str) -> bool:
    """Whether a code has the length of generated ones and a wrong check digit."""
    return len(digits) == GENERATED_DIGITS and _remainder(digits) != 0


def _remainder(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim
