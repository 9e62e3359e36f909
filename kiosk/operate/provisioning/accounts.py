"""Provisioning step: users and groups of the services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.operate.provisioning.steps import run_command, under_root

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Accounts:
    """The users and groups of the installed sysusers.d/kiosk.conf, given by its content."""

    content: str

    def pending(self, root: Path) -> str | None:
        """Whether one of them does not exist."""
        missing = [
            name for file, name in self._wanted() if name not in _names(under_root(root, file))
        ]
        return f"create the users and groups {' '.join(missing)}" if missing else None

    def apply(self, root: Path) -> None:
        run_command("systemd-sysusers", f"--root={root}", "kiosk.conf")

    def _wanted(self) -> Iterator[tuple[str, str]]:
        files = {"u": "/etc/passwd", "g": "/etc/group"}
        for line in self.content.splitlines():
            kind, _, rest = line.partition(" ")
            if kind in files:
                yield files[kind], rest.split()[0]


def _names(database: Path) -> set[str]:
    lines = database.read_text(encoding="utf-8").splitlines() if database.exists() else []
    return {line.partition(":")[0] for line in lines}
