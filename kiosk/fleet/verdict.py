"""Verdicts of the intake: what became of a package, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What became of a package."""

    TAKEN = "taken"
    KNOWN = "known"
    UNSOUND = "unsound"
    UNKNOWN_BOX = "unknown_box"
    OTHER_KEY = "other_key"
    FORKED = "forked"
    PERIOD_TWICE = "period_twice"

    @property
    def is_refusal(self) -> bool:
        return self not in {Verdict.TAKEN, Verdict.KNOWN}


@dataclass(frozen=True, slots=True)
class IntakeResult:
    """A verdict about what lay at a place, with its reason and what to do where it was refused."""

    place: str
    device: str
    period: str
    verdict: Verdict
    reason: str = ""
