"""Hyphenation of names and sentences: German at the joints of compounds, the rest by patterns."""

from __future__ import annotations

import re
import subprocess
import sys
from array import array
from bisect import bisect_left
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pyphen import LANGUAGES

from kiosk.domain.ids import GERMAN
from kiosk.domain.soft_hyphen import SOFT_HYPHEN
from kiosk.settings.texts.compounds import parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_LONG = re.compile(r"[^\W\d_]{10,}")
_LEAST_LETTERS = 3
"""Before and after a hyphen."""

_NO_PATTERN = re.compile(r"[%#]|[A-Z]+HYPHENMIN|.*/|\d*$")
"""Comments, settings, and patterns that change letters, which no soft hyphen can."""

_DIGITS = str.maketrans("", "", "0123456789")


@lru_cache(maxsize=512)
def hyphenate(text: str, language: str) -> str:
    """The text with a soft hyphen at each place where its language divides a long word.

    A text that has soft hyphens, and a language without rules, stay as they are.
    """
    spoken = language.partition("-")[0]
    if spoken not in LANGUAGES or SOFT_HYPHEN in text:
        return text
    return _LONG.sub(lambda word: SOFT_HYPHEN.join(_parts(word[0], spoken)), text)


def _parts(word: str, language: str) -> Sequence[str]:
    """At the joints of a German compound, never inside a name; elsewhere between syllables."""
    return parts_of(word) if language == GERMAN else _rules(language).parts(word)


@cache
def _rules(language: str) -> Patterns:
    """Sorted in a process of its own: the memory that it takes, 10 MiB, ends with it."""
    command = [sys.executable, "-m", __name__, language]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    return Patterns(done.stdout)


def sorted_patterns(path: Path) -> str:
    """One of pyphen's dictionaries: a line for each pattern, sorted by their letters."""
    encoding, _, rest = path.read_bytes().partition(b"\n")
    lines = map(str.strip, rest.decode(encoding.decode("ascii").strip()).splitlines())
    by_letters = {_letters_of(line): line for line in lines if not _NO_PATTERN.match(line)}
    return "".join(f"{by_letters[letters]}\n" for letters in sorted(by_letters))


class Patterns:
    """The sorted patterns of a language, in one text: a dict takes 20 times more.

    A pattern such as `1sch` or `.un3d` has a level between letters; an odd one divides.
    """

    def __init__(self, lines: str) -> None:
        self._text = lines
        self._starts = array("L", (0, *(end.end() for end in re.finditer("\n", lines))))

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
        return self._text[self._starts[number] : self._starts[number + 1] - 1]

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> str:
        """The letters of a pattern, for `bisect`."""
        return _letters_of(self._pattern(number))


def _letters_of(pattern: str) -> str:
    return pattern.translate(_DIGITS)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a file of text
    sys.stdout.write(sorted_patterns(LANGUAGES[sys.argv[1]]))
