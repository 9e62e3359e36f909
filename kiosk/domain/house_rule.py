"""House rule of a bus, shown on the call display between calls."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HouseRule:
    """One rule in German, and in English where it is given."""

    de: str
    en: str = ""
