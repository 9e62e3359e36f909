"""Audit of the programs that tests start: each belongs to a package that script/setup installs.

A machine on which a program was installed by hand passes what a bare machine does not. So the test
run hears of each start of a process, and looks for the program among the files of the named
packages, of what those depend on, and of Debian's base.
"""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
import tempfile
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]
SETUP = (ROOT / "script/setup").read_text(encoding="utf-8")
_FIELDS = ("Package", "Essential", "Priority", "Provides", "Pre-Depends", "Depends")
_QUERY = "--showformat=" + "\\t".join(f"${{{field}}}" for field in _FIELDS) + "\\n"
_LISTS = Path("/var/lib/dpkg/info")


class ProgramAudit:
    """Hears what this process starts, from `listen` on."""

    def __init__(self) -> None:
        self.started = set[str]()

    def listen(self) -> None:
        """Note every program; one that another starts for us (`timeout`, `setpriv`) by its path.

        No audit hook of Python: that is called for each import, file and attribute too, and cost
        a fortieth of all tests.
        """
        plain_init = subprocess.Popen.__init__
        parameters = inspect.signature(plain_init)

        @wraps(plain_init)
        def audited_init(*words: Any, **named: Any) -> None:  # noqa: ANN401 - as in the base
            self._note(parameters.bind(*words, **named).arguments)
            plain_init(*words, **named)

        subprocess.Popen.__init__ = audited_init  # type: ignore[method-assign]

    def _note(self, given: Mapping[str, Any]) -> None:
        """One start, as the parameters of `Popen` describe it."""
        path = (given.get("env") or os.environ).get("PATH")
        arguments = given["args"]
        if isinstance(arguments, str | bytes | os.PathLike):
            arguments = [arguments]
        executable = given.get("executable") or ("sh" if given.get("shell") else arguments[0])
        names = [os.fsdecode(executable), *(a for a in map(str, arguments[1:]) if "bin/" in a)]
        found = (shutil.which(name, path=path) for name in names)
        self.started.update(program for program in found if program)

    def faults(self) -> list[str]:
        """A sentence for each undeclared program since the last time this was asked."""
        started, self.started = self.started, set()
        return [
            f"{program} belongs to no package that script/setup installs: name it there."
            for program in sorted(started)
            if not _is_ours(program) and not is_declared(program)
        ]


def is_declared(program: str, setup: str = SETUP) -> bool:
    """Whether it comes with Debian's base or with what `script/setup` names."""
    return os.path.realpath(program) in _declared(setup)


def _is_ours(program: str) -> bool:
    """A stand-in of a test, or a script of the environment."""
    ours = (ROOT, Path(sys.prefix), Path(tempfile.gettempdir()))
    return any(Path(program).absolute().is_relative_to(folder) for folder in ours)


@cache
def _declared(setup: str) -> set[str]:
    lists = re.findall(r'^for_\w+="([^"]*)"', setup, re.MULTILINE)
    packages = _with_dependencies({name for names in lists for name in names.split()})
    return {
        os.path.realpath(program)
        for file in _LISTS.glob("*.list")
        if file.stem.partition(":")[0] in packages  # `libc6:amd64.list`
        for program in _programs_in(file)
    }


def _with_dependencies(named: set[str]) -> set[str]:
    """These packages and Debian's base, and all that they need; of alternatives what is here."""
    asked = ["dpkg-query", "--show", _QUERY]
    answer = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    rows = [dict(zip(_FIELDS, line.split("\t"), strict=True)) for line in answer.splitlines()]
    providers: dict[str, set[str]] = {}
    for row in rows:
        for name in {row["Package"], *_names(row["Provides"])}:
            providers.setdefault(name, set()).add(row["Package"])
    needs = {row["Package"]: _names(f"{row['Pre-Depends']},{row['Depends']}") for row in rows}
    left, found = [*named, *(row["Package"] for row in rows if _is_base(row))], set[str]()
    while left:
        for package in providers.get(left.pop(), set()) - found:
            found.add(package)
            left.extend(needs[package])
    return found


def _is_base(row: dict[str, str]) -> bool:
    """What a minimal Debian consists of."""
    return row["Essential"] == "yes" or row["Priority"] == "required" or row["Package"] == "apt"


def _names(field: str) -> set[str]:
    """The packages of a field, without versions."""
    return set(re.findall(r"(?:^|[,|])\s*([a-z0-9][a-z0-9+.-]+)", field))


def _programs_in(files: Path) -> list[str]:
    return re.findall(r"^/.*bin/[^/\n]+$", files.read_text(encoding="utf-8"), re.MULTILINE)
