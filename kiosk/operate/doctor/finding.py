"""What a check says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    """With a warning the kiosk works, but not as it could; a failure stops part of it."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about what is so, and one about what to do; no remedy when all is well."""

    result: Result
    cause: str
    remedy: str = ""


def ok(cause: str) -> Finding:
    """All is well."""
    return Finding(Result.OK, cause)


def warning(cause: str, remedy: str) -> Finding:
    """It works, but somebody should know."""
    return Finding(Result.WARNING, cause, remedy)


def failure(cause: str, remedy: str) -> Finding:
    """Something does not work."""
    return Finding(Result.FAILURE, cause, remedy)
