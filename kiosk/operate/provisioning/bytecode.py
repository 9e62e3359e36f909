"""Provisioning step: bytecode, as services may not write there and would compile at every start."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path

from kiosk.operate.provisioning.steps import run_command


@dataclass(frozen=True, slots=True)
class Bytecode:
    """Folders in which every source has its compiled file; for the running machine only."""

    folders: tuple[Path, ...]

    def pending(self, _root: Path) -> str | None:
        """Whether a source was never compiled, or changed since."""
        sources = (source for folder in self.folders for source in folder.rglob("*.py"))
        stale = sum(not _is_compiled(source) for source in sources)
        return f"compile {stale} Python files, so that the services start fast" if stale else None

    def apply(self, _root: Path) -> None:
        """Compile what is stale, on all cores."""
        run_command(sys.executable, "-m", "compileall", "-q", "-j", "0", *map(str, self.folders))


def _is_compiled(source: Path) -> bool:
    """As Python decides it: by the source's time that stands in the compiled file (PEP 552)."""
    compiled = Path(cache_from_source(str(source)))
    if not compiled.exists():
        return False
    with compiled.open("rb") as file:
        header = file.read(12)
    return header[8:] == (int(source.stat().st_mtime) & 0xFFFFFFFF).to_bytes(4, "little")
