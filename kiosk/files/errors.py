"""Why a year plan cannot be imported: everything at once, each with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from kiosk.settings.schema.problems import FileErrors, Problem

if TYPE_CHECKING:
    from pathlib import Path


class TimetableErrors(FileErrors):
    """A plan that cannot be imported; nothing of it was."""


def refuse(file: Path, what: str, suggestion: str = "") -> NoReturn:
    """Give up on a file as a whole."""
    raise TimetableErrors(str(file), [Problem(0, what, suggestion)])
