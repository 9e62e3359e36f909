"""Provisioning step: the shared data folder, writable for its group and closed to all others."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.operate.provisioning.steps import run_command, under_root
from kiosk.settings.config.permissions import WRITABLE_BY_OTHERS
from kiosk.system.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "/var/lib/kiosk"
MODE = 0o2770
"""Group only; the leading 2 hands the group on to every file that is made in the folder."""

_GROUP_READS, _GROUP_WRITES = 0o040, 0o060
_DEEPEST = 16
"""What the product makes lies four folders deep; what others have made may defeat any recursion."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The data folder, and in it no file that a door cannot write, but settings that none can.

    A door that was taken over must not choose where the others send what they count.
    """

    def pending(self, root: Path) -> str | None:
        """Whether the folder is missing, or something in it is closed to the doors."""
        folder = under_root(root, FOLDER)
        if not folder.is_dir() or stat.S_IMODE(folder.stat().st_mode) != MODE:
            return f"make the folder {FOLDER}"
        tls = Paths(folder).tls
        if not tls.is_dir() or closed_to_console(tls):
            return f"hand the folder {FOLDER}/tls to the console"
        misfits = " ".join(map(str, wrong_permissions_in(folder)))
        return f"set group and mode of {misfits}" if misfits else None

    def apply(self, root: Path) -> None:
        """Let systemd-tmpfiles make the folder, and hand what lies in it to the group."""
        run_command("systemd-tmpfiles", f"--root={root}", "--create", "kiosk.conf")
        _open_to_group(under_root(root, FOLDER))


def wrong_permissions_in(folder: Path) -> list[Path]:
    """Shared files and folders that a service cannot write, and settings that one can.

    Sockets belong to their own service.
    """
    group = folder.stat().st_gid
    return [path for path, facts, _ in _entries(folder) if not _fits(path, facts, group)]


def closed_to_console(tls: Path) -> Path | None:
    """A file of TLS that another user owns than the console, which owns the folder."""
    owner = tls.stat().st_uid
    return next((path for path in tls.iterdir() if path.lstat().st_uid != owner), None)


def _open_to_group(folder: Path) -> None:
    """By handles and past no link: a door that was taken over must not point root elsewhere."""
    group = folder.stat().st_gid
    for path, facts, parent in _entries(folder):
        if not _fits(path, facts, group):
            entry = os.open(path.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=parent)
            os.fchown(entry, -1, group)
            os.fchmod(entry, _mode_of(path, facts))
            os.close(entry)


def _entries(folder: Path) -> Iterator[tuple[Path, os.stat_result, int]]:
    for place, folders, files, handle in os.fwalk(folder):
        if Path(place) == Paths(folder).runtime:  # what lies in there is each door's own
            folders.clear()
            continue
        folders[:] = [name for name in folders if Path(place, name) != Paths(folder).tls]
        for name in sorted([*folders, *files]):
            facts = os.stat(name, dir_fd=handle, follow_symlinks=False)
            if stat.S_ISREG(facts.st_mode) or stat.S_ISDIR(facts.st_mode):
                yield Path(place, name), facts, handle
        if len(Path(place).relative_to(folder).parts) >= _DEEPEST:
            folders.clear()


def _fits(path: Path, facts: os.stat_result, group: int) -> bool:
    return facts.st_gid == group and stat.S_IMODE(facts.st_mode) == _mode_of(path, facts)


def _mode_of(path: Path, facts: os.stat_result) -> int:
    mode = stat.S_IMODE(facts.st_mode)
    if path == Paths(path.parent).config:
        return (mode | _GROUP_READS) & ~WRITABLE_BY_OTHERS
    return mode | _GROUP_WRITES
