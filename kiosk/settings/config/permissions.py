"""File permissions of config.toml: who beside its owner may change the settings."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def writable_by(path: Path) -> str | None:
    """Who else may write the settings, as a subject in English; None where no other user may.

    This is told and never a reason to refuse: the folder above keeps strangers out, and a bus that
    does not start costs people more than a mode that a technician mends in a minute.
    """
    try:
        mode = path.stat().st_mode
    except OSError:  # reading the settings reports that
        return None
    if mode & stat.S_IWOTH:
        return "every user of this machine"
    return "every user of its group" if mode & stat.S_IWGRP else None
