"""Subprocesses of device drivers: run to their end, with a time limit that outlives us."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from threading import Event

_KILLED = 128 + 9
_GRACE_S = 5.0
"""A program that the kernel itself cannot end, held by a driver, is left behind after this time."""

_LOOK_EVERY_S = 0.02
"""How soon a program that can be stopped is seen to have ended."""


class ProgramMissing(LookupError):
    """A program that Debian has a package for is not installed here."""

    def __init__(self, program: str) -> None:
        self.program = program
        super().__init__(f"the program {program} is not installed")


class ProgramHung(TimeoutError):
    """It took too long, and was killed."""

    def __init__(self, program: str, waited_s: float) -> None:
        self.program, self.waited_s = program, waited_s
        super().__init__(f"{program} has not answered for {waited_s:g} s")


@dataclass(frozen=True, slots=True)
class CompletedProgram:
    """What a program that ended by itself has said; `failed` is its own verdict."""

    failed: bool
    output: bytes
    complaint: str


def run(
    command: Sequence[str], longest_s: float, *, given: bytes = b"", files: Sequence[int] = ()
) -> CompletedProgram:
    """Run it to its end, without a shell; `given` is what it reads, `files` stay open in it.

    The limit is held by `timeout` of coreutils, not by us alone: when this process is killed in the
    middle, the program still does not outlive its limit. Raises `ProgramMissing`, `ProgramHung` and
    `OSError`.
    """
    program = command[0]
    try:
        done = subprocess.run(
            _limited(command, longest_s),
            input=given,
            pass_fds=files,
            capture_output=True,
            timeout=longest_s + _GRACE_S,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ProgramHung(program, longest_s) from error
    if done.returncode == _KILLED:
        raise ProgramHung(program, longest_s)
    return CompletedProgram(
        done.returncode != 0, done.stdout, done.stderr.decode(errors="replace").strip()
    )


def run_until(
    stopped: Event, command: Sequence[str], longest_s: float, files: Sequence[int] = ()
) -> CompletedProgram:
    """Run it to its end, or until another thread sets `stopped`: then it is killed at once.

    For programs that say little: their output is read at the end. Raises as `run` does.
    """
    with subprocess.Popen(
        _limited(command, longest_s),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=files,
        env=_environment(),
        start_new_session=True,  # so that limit and program are ended together
    ) as running:
        while running.poll() is None:
            if stopped.wait(_LOOK_EVERY_S):
                with suppress(ProcessLookupError):
                    os.killpg(running.pid, signal.SIGKILL)
                break
        output, complaint = running.communicate()
    if running.returncode == _KILLED:
        raise ProgramHung(command[0], longest_s)
    return CompletedProgram(
        running.returncode != 0, output, complaint.decode(errors="replace").strip()
    )


def _limited(command: Sequence[str], longest_s: float) -> list[str]:
    """The same under a time limit. Raises `ProgramMissing`."""
    program, *arguments = command
    found = shutil.which(program)
    if found is None:
        raise ProgramMissing(program)
    return ["timeout", "--foreground", "--signal=KILL", f"{longest_s:.3f}", found, *arguments]


def _environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C.UTF-8"}
