"""Hyphenation of names and addresses, which come without soft hyphens: by Liang's patterns."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from functools import cache, lru_cache
from itertools import accumulate
from threading import Thread
from typing import TYPE_CHECKING

from pyphen import LANGUAGES

from kiosk.domain.ids import GERMAN
from kiosk.domain.soft_hyphen import SOFT_HYPHEN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LONG = re.compile(r"[^\W\d_]{10,}")
_LEAST_LETTERS = 3
"""Before and after a hyphen."""

_NO_PATTERN = re.compile(r"[%#]|[A-Z]+HYPHENMIN|.*/|\d*$")
"""Comments, settings, and patterns that change letters, which no soft hyphen can."""

_DIGITS = str.maketrans("", "", "0123456789")


def hyphenate_ahead(texts: Iterable[str]) -> None:
    """Read the rules and divide German names, which takes a second, before a citizen asks."""

    def ahead() -> None:
        for text in texts:
            hyphenate(text, GERMAN)

    Thread(target=ahead, daemon=True).start()


@lru_cache(maxsize=512)
def hyphenate(text: str, language: str) -> str:
    """The text with a soft hyphen at each place where its language divides a long word.

    A text that has soft hyphens, and a language without rules, stay as they are.
    """
    rules = _rules(language.partition("-")[0])
    if rules is None or SOFT_HYPHEN in text:
        return text
    return _LONG.sub(lambda word: SOFT_HYPHEN.join(rules.parts(word[0])), text)


@cache
def _rules(language: str) -> Patterns | None:
    return Patterns(LANGUAGES[language]) if language in LANGUAGES else None


class Patterns:
    """The patterns of a language, sorted by their letters in one text: a dict takes 20 times more.

    A pattern such as `1sch` or `.un3d` has a level between letters; an odd one divides.
    """

    def __init__(self, path: Path) -> None:
        """Read one of pyphen's dictionaries."""
        encoding, _, rest = path.read_bytes().partition(b"\n")
        lines = map(str.strip, rest.decode(encoding.decode("ascii").strip()).splitlines())
        by_letters = {_letters_of(line): line for line in lines if not _NO_PATTERN.match(line)}
        patterns = [by_letters[letters] for letters in sorted(by_letters)]
        self._text = "".join(patterns)
        self._starts = array("L", accumulate(map(len, patterns), initial=0))

    def parts(self, word: str) -> list[str]:
        """The word, divided wherever it may be."""
        levels = self._levels(f".{word.lower()}.")
        cuts = [
            cut
            for cut in range(_LEAST_LETTERS, len(word) - _LEAST_LETTERS + 1)
            if levels[cut + 1] % 2
        ]
        return [word[start:end] for start, end in zip([0, *cuts], [*cuts, len(word)], strict=True)]

    def _levels(self, word: str) -> list[int]:
        """The highest level of any pattern before each letter."""
        levels = [0] * (len(word) + 1)
        for start in range(len(word)):
            at = 0
            for end in range(start + 1, len(word) + 1):
                letters = word[start:end]
                at = bisect_left(self, letters, at)
                found = self[at] if at < len(self) else ""
                if found == letters:
                    self._raise(levels, start, at)
                elif not found.startswith(letters):
                    break
        return levels

    def _raise(self, levels: list[int], place: int, number: int) -> None:
        for sign in self._pattern(number):
            if sign.isdecimal():
                levels[place] = max(levels[place], int(sign))
            else:
                place += 1

    def _pattern(self, number: int) -> str:
        return self._text[self._starts[number] : self._starts[number + 1]]

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> str:
        """The letters of a pattern, for `bisect`."""
        return _letters_of(self._pattern(number))


def _letters_of(pattern: str) -> str:
    return pattern.translate(_DIGITS)
