"""Hyphenation of names and addresses, which come without soft hyphens."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from threading import Thread

from pyphen import LANGUAGES, Pyphen

from kiosk.domain.ids import GERMAN
from kiosk.domain.soft_hyphen import SOFT_HYPHEN

_LONG = re.compile(r"[^\W\d_]{10,}")


def load_rules() -> None:
    """Read the rules for names, which takes a second, before a citizen asks for advice offers."""
    Thread(target=_rules, args=(GERMAN,), daemon=True).start()


@lru_cache(maxsize=512)
def hyphenate(text: str, language: str) -> str:
    """The text with a soft hyphen at each place where its language divides a long word.

    A text that has soft hyphens, and a language without rules, stay as they are.
    """
    rules = _rules(language.partition("-")[0])
    if rules is None or SOFT_HYPHEN in text:
        return text
    return _LONG.sub(lambda word: rules.inserted(word[0], SOFT_HYPHEN), text)


@cache
def _rules(language: str) -> Pyphen | None:
    return Pyphen(lang=language, left=3, right=3) if language in LANGUAGES else None
