"""Where an appliance tells its version and keeps the record of its updates."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Final

RECORD: Final = Path("/data/updates/radhaus.json")
INCOMING: Final = RECORD.parent / "incoming"
"""What a stick has brought and is not installed yet."""
_RELEASE: Final = Path("/usr/lib/os-release")
_IMAGE: Final = "radhaus"


def running_version(root: Path = Path("/")) -> str | None:
    """The version of the image that runs below `root`; None where no image of ours does."""
    try:
        text = (root / _RELEASE.relative_to("/")).read_text(encoding="utf-8")
    except OSError:
        return None
    pairs = dict(word.split("=", 1) for word in shlex.split(text, comments=True) if "=" in word)
    return pairs.get("IMAGE_VERSION") if pairs.get("IMAGE_ID") == _IMAGE else None


def record_of(root: Path) -> Path:
    """The record of the machine below `root`."""
    return root / RECORD.relative_to("/")
