"""Name of the command as it was started, so that hints can be typed as they stand."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path

_NAMED = re.compile(r"(?<![\w./-])kiosk(?= [a-z])")


def command_name() -> str:
    """`kiosk` where the PATH leads to this program, else its path; of `python -m kiosk` that.

    On an appliance the PATH leads to a script that runs it.
    """
    started = Path(sys.argv[0])
    if started.name == "__main__.py":
        return f"{_path(Path(sys.executable))} -m kiosk"
    on_path = shutil.which("kiosk")
    if started.name != "kiosk" or (on_path and _runs(Path(on_path), started)):
        return "kiosk"
    return _path(started)


def _runs(command: Path, program: Path) -> bool:
    if command.resolve() == program.resolve():
        return True
    try:
        return program.is_absolute() and f"exec {program} ".encode() in command.read_bytes()
    except OSError:
        return False


def as_typed(text: str) -> str:
    """A text whose `kiosk COMMAND` are written as they have to be typed here."""
    return _NAMED.sub(lambda _: command_name(), text)


def _path(program: Path) -> str:
    absolute, here = Path.cwd() / program, Path.cwd()
    return shlex.quote(
        str(absolute.relative_to(here) if absolute.is_relative_to(here) else absolute)
    )
