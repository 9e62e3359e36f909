"""Time that staff have confirmed: asked by the console, answered by the process that may set it.

Both by a file: the request lies in the console's own folder in memory, the answer in the data
folder. A request carries the boot clock too, so that it does not matter when it is read.
"""

from __future__ import annotations

from contextlib import suppress
from enum import Enum
from typing import TYPE_CHECKING, Final

from kiosk.domain.moment import Moment
from kiosk.system.kept_file import replace_file

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES: Final = 200


class ClockAnswer(Enum):
    """What became of a request: the clock was set, or why not."""

    SET = "set"
    SYNCHRONISED = "synchronised"
    BEFORE = "before"
    AHEAD = "ahead"
    LATE = "late"


def ask_for_time(request: Path, asked: Moment) -> None:
    """Raises `OSError`."""
    request.write_text(asked.as_text(), encoding="ascii")


def asked_time(request: Path) -> Moment | None:
    """What was asked last; None where that is no request."""
    with suppress(OSError, ValueError), request.open("rb") as file:
        asked = Moment.from_text(file.read(_MOST_BYTES).decode("ascii"))
        return asked if asked.wall.tzinfo else None
    return None


def answer_time(answer: Path, asked: Moment, what: ClockAnswer) -> None:
    """Raises `OSError`."""
    replace_file(answer, f"{what.value} {asked.as_text()}".encode("ascii"))


def answer_to(answer: Path, asked: Moment) -> ClockAnswer | None:
    """None while there is none to this very request."""
    with suppress(OSError, ValueError):
        what, _, of = answer.read_text(encoding="ascii").partition(" ")
        return ClockAnswer(what) if of == asked.as_text() else None
    return None
