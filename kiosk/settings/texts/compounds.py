"""Division of German compounds at their joints: "Familien-kasse", never "Famili-enkasse".

Patterns of syllables do not know joints, and a list of whole words would lack the next city's. So
the parts of compounds are listed, and a word is divided if they make up all of it.
"""

from __future__ import annotations

from functools import cache

from kiosk.settings.texts import FOLDER

_FILE = "compound_parts.txt"


@cache
def parts_of(word: str) -> tuple[str, ...]:
    """The parts of a compound as they stand in it, as few as there can be; else the whole word."""
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(1, len(word) + 1):
        found = [
            (*best[start], word[start:end])
            for start in best
            if word[start:end].lower() in _known_parts()
        ]
        if found:
            best[end] = min(found, key=len)
    return best.get(len(word)) or (word,)


@cache
def _known_parts() -> frozenset[str]:
    lines = (FOLDER / _FILE).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
