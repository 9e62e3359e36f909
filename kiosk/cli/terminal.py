"""Escaping of control characters in all output: foreign text must not steer a terminal.

Names of files, cells of tables and answers of servers come to the shell by many ways, tracebacks
and logs among them, so it is the streams that escape.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any, TextIO, TypedDict, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 without tab and line feed, delete, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # these turn the order of what follows
    "\u2028\u2029"  # some terminals break the line
    "\ud800-\udfff]"  # of a file name that is no UTF-8: no stream takes them
)


def escape_controls(text: str) -> str:
    r"""Each as \u001b and the like: readable, and in JSON still the same string."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def one_line(text: str) -> str:
    """For a line that a name with a line feed must not forge."""
    return text.replace("\n", r"\u000a")


class _EscapingStream:
    """A text stream before another."""

    def __init__(self, stream: TextIO) -> None:
        self.raw = stream

    def write(self, text: str) -> int:
        self.raw.write(escape_controls(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a stream has
        return getattr(self.raw, name)


def escape_output() -> None:
    """From now on, in all that this process writes to stdout and stderr as text."""
    sys.stdout, sys.stderr = _escaping(sys.stdout), _escaping(sys.stderr)


class _Shown(TypedDict):
    """Arguments of `click.progressbar`."""

    file: TextIO
    hidden: bool


def on_terminal() -> _Shown:
    """Where a progress bar goes: it moves the cursor itself, and has no foreign text."""
    stream = sys.stderr.raw if isinstance(sys.stderr, _EscapingStream) else sys.stderr
    return {"file": stream, "hidden": not stream.isatty()}


def _escaping(stream: TextIO) -> TextIO:
    if isinstance(stream, _EscapingStream):
        return stream
    return cast("TextIO", _EscapingStream(stream))
