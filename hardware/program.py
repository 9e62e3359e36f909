"""Programs of the system that do a device's work for us."""

from __future__ import annotations

import shutil


class ProgramMissing(LookupError):
    """A program that Debian has a package for is not installed here."""

    def __init__(self, program: str) -> None:
        self.program = program
        super().__init__(f"the program {program} is not installed")


def die_with_parent(program: str, *arguments: str) -> list[str]:
    """The command line of a program that the kernel ends when whoever started it is gone.

    However this process dies, nothing of it goes on sounding. Raises `ProgramMissing`.
    """
    found = shutil.which(program)
    if found is None:
        raise ProgramMissing(program)
    return ["setpriv", "--pdeathsig", "KILL", found, *arguments]
