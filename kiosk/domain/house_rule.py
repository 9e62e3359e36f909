"""Rules of the bus, as the call display shows them between calls."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HouseRule:
    """One rule in German, and in English where it is given."""

    de: str
    en: str = ""
