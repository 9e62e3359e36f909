"""Where an appliance tells its version and keeps the record of its updates."""

from __future__ import annotations

import shlex
from configparser import ConfigParser
from configparser import Error as ConfigParserError
from pathlib import Path
from typing import Final

RECORD: Final = Path("/data/updates/radhaus.json")
INCOMING: Final = RECORD.parent / "incoming"
"""What a stick has brought and is not installed yet."""
FETCHED: Final = RECORD.parent / "fetched"
"""What the upload's user has fetched from the office, and what of it is there so far."""
UNLISTED: Final = Path("/run/radhaus-slot-unlisted")
"""There where the firmware's order has not the slot that runs: on trial, or forgotten."""
_RAUC: Final = Path("/etc/rauc/system.conf")
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


def compatible_of(root: Path = Path("/")) -> str:
    """The kind of machine whose bundles fit, as RAUC has it; empty where that is unknown."""
    settings = ConfigParser(interpolation=None, strict=False)  # RAUC lets a section come twice
    try:
        settings.read(root / _RAUC.relative_to("/"), encoding="utf-8")
    except (ConfigParserError, UnicodeDecodeError):
        return ""
    return settings.get("system", "compatible", fallback="")


def fetched_of(root: Path) -> Path:
    """The folder of what was fetched, of the machine below `root`."""
    return root / FETCHED.relative_to("/")


def record_of(root: Path) -> Path:
    """The record of the machine below `root`."""
    return root / RECORD.relative_to("/")
