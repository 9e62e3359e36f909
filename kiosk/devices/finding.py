"""Result of a check: what is so, and what to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from hardware.trouble import Trouble
from kiosk.devices.technician_words import ADVICE, sentence_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.domain.device_condition import Condition


OWN_CHECKS: Final[Mapping[Trouble, str]] = {
    Trouble.CLOCK_UNKNOWN: "clock",
    Trouble.DISK_FULL: "disk_space",
}
"""Troubles that have a check of their own, which tells them alone: one fact, one row."""


class Result(StrEnum):
    """With a warning the kiosk works, but not as it could; a failure stops part of it."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about what is so, and one about what to do; no remedy when all is well.

    `examined` is false where something else kept the check from looking. `variant` tells apart what
    staff read where all is well. `troubles` are those of a device, worst first.
    """

    result: Result
    cause: str
    remedy: str = ""
    examined: bool = True
    variant: str = ""
    troubles: tuple[Trouble, ...] = ()


def ok(cause: str, variant: str = "") -> Finding:
    return Finding(Result.OK, cause, variant=variant)


def warning(cause: str, remedy: str) -> Finding:
    """It works, but a technician should know."""
    return Finding(Result.WARNING, cause, remedy)


def not_looked_at(reason: str, remedy: str) -> Finding:
    """Something else must be mended first; `reason` is without a full stop."""
    return Finding(Result.WARNING, f"Not looked at: {reason}.", remedy, examined=False)


def failure(cause: str, remedy: str) -> Finding:
    return Finding(Result.FAILURE, cause, remedy)


def of_condition(condition: Condition) -> Finding:
    """What a device's own state means."""
    if not condition.troubles:
        return ok(sentence_of(condition))
    remedy = ADVICE[condition.troubles[0]].remedy
    found = (warning if condition.ready else failure)(sentence_of(condition), remedy)
    return replace(found, troubles=condition.troubles)
