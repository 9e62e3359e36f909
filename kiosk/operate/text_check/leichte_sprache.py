"""Lint of Leichte Sprache: what a program can see of its rules, after DIN SPEC 33429.

Only readers of the target group can tell whether a text is easy.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kiosk.domain.soft_hyphen import without_soft_hyphens

if TYPE_CHECKING:
    from collections.abc import Iterator

PLAIN_LANGUAGE: Final = "-x-ls"
LONGEST_SENTENCE_WORDS: Final = 15
LONGEST_WORD_LETTERS: Final = 14

_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_RULES: Final = (
    (
        (
            r", (dass|weil|wenn|ob|damit|obwohl|bis|bevor|um(?=.* zu )"
            r"|die|der|das|den|dem|denen|wo|was|wie|wer)\b"
        ),
        "has two clauses",
        "make two sentences",
    ),
    (
        r"\b([Ww]ird|[Ww]erden|wurden?|worden)\b.*\b(\w+-)?(auf|an|ein|ab)?(ge\w+(t|en)|\w+iert)\b",
        "is passive",
        "say who does it",
    ),
    (r"\b([Dd]es|[Ee]ines|dessen|deren)\b", "has a genitive", 'write "von"'),
    (
        r"\b([Kk]önnt|[Ww]ürd|[Hh]ätt|[Ww]är|[Ss]ollt|[Mm]öcht|[Mm]üsst|[Dd]ürft)en?\b",
        "has a conjunctive",
        "say what is",
    ),
    (
        r"\b(zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)\b",
        "has a number in words",
        "write digits",
    ),
    (r"\b(usw|bzw|ca|etc|evtl|ggf|Nr|Std|Min|Tel)\b", "has an abbreviation", "write it out"),
    (r"[;&%()]", "has a special character", "write it in words"),
)


def hard_to_read(text: str) -> Iterator[tuple[str, str]]:
    """What makes a text hard to read, and what to do."""
    shown = without_soft_hyphens(text)
    for sentence in _SENTENCE_END.split(shown):
        words = len(sentence.split())
        if words > LONGEST_SENTENCE_WORDS:
            what = f"a sentence has {words} words, more than {LONGEST_SENTENCE_WORDS}"
            yield what, "make two sentences"
    for word in re.findall(r"\w+", shown):
        if len(word) > LONGEST_WORD_LETTERS:
            what = f'"{word}" has more than {LONGEST_WORD_LETTERS} letters'
            yield what, "divide it with a hyphen"
    for pattern, what, remedy in _RULES:
        for sentence in _SENTENCE_END.split(shown):
            if found := re.search(pattern, sentence):
                yield f'{what}: "{found[0].removeprefix(", ")}"', remedy
