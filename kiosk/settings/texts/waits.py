"""Wording of the queue: how many are ahead, and the estimate of the wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.domain.ids import LanguageCode
    from kiosk.settings.texts import Texts

LONGEST_MIN = 90
"""A wait that begins beyond it is only called longer: more precision is of no use."""


def people_ahead(texts: Texts, language: LanguageCode, count: int, *, short: bool = False) -> str:
    """How many are called before, in words; `short` for the glass."""
    if count == 0:
        return texts(language, "number.nobody_ahead")
    return texts(language, "number.ahead_short" if short else "number.ahead", count=count)


def range_of_wait(
    texts: Texts,
    language: LanguageCode,
    estimate_min: tuple[int, int] | None,
    *,
    short: bool = False,
) -> str:
    """The estimate of the wait in words, `short` for a small glass; empty while it is unknown."""
    if estimate_min is None:
        return ""
    low, high = estimate_min
    if low > LONGEST_MIN:
        key = "number.wait_long" if short else "slip.wait_long"
        return texts(language, key, minutes=LONGEST_MIN)
    if low == high:
        return texts(language, "slip.wait_about", count=high)
    return texts(language, "number.wait" if short else "slip.wait", low=low, count=high)
