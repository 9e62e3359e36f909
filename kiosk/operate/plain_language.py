"""What a program can see of Leichte Sprache: sentences and words that are too long.

Usual practice after DIN SPEC 33429. Whether a text is understood, only its readers can tell.
"""

from __future__ import annotations

import re

from kiosk.domain.soft_hyphen import without_soft_hyphens

LONGEST_SENTENCE_WORDS = 15
LONGEST_WORD_LETTERS = 14


def hard_to_read(text: str) -> list[str]:
    """What makes a text in Leichte Sprache hard to read, one clause each."""
    sentences = [sentence.split() for sentence in re.split(r"[.!?]", text)]
    words = re.findall(r"\w+", without_soft_hyphens(text))
    return [
        *(
            f"a sentence has {len(sentence)} words, more than {LONGEST_SENTENCE_WORDS}"
            for sentence in sentences
            if len(sentence) > LONGEST_SENTENCE_WORDS
        ),
        *(
            f'"{word}" has more than {LONGEST_WORD_LETTERS} letters: divide it with a hyphen'
            for word in words
            if len(word) > LONGEST_WORD_LETTERS
        ),
    ]
