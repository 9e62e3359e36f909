"""Errors of the export, one sentence each, with what to do."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from kiosk.domain.errors import KioskError

if TYPE_CHECKING:
    from pathlib import Path


class ExportError(KioskError):
    """The package was not written; nothing half done is left where a reader would take it."""

    def __init__(self, target: Path | str, reason: str) -> None:
        self.target = str(target)
        super().__init__(f"{target}: {reason}.")


class PackageRefused(ExportError):
    """One package cannot be delivered there; others may well be."""


class SomethingElseThere(PackageRefused):
    """A package of that name exists and has other contents; of a file `sha256` is their digest."""

    def __init__(self, target: Path | str, sha256: str = "") -> None:
        self.sha256 = sha256
        super().__init__(
            target, "already exists with other contents; move it away and export again"
        )


class Unreachable(ExportError):
    """The server does not answer: a retry costs it nothing."""


class TryLater(ExportError):
    """The other side cannot take it now, perhaps not before so many seconds."""

    def __init__(self, target: Path | str, reason: str, after_s: float = 0.0) -> None:
        self.after_s = after_s
        super().__init__(target, reason)


_REASONS = {
    errno.ENOSPC: "no room is left there; free some space and export again",
    errno.EDQUOT: "no room is left there; free some space and export again",
    errno.EROFS: "can only be read; unlock the stick's write protection or choose another folder",
    errno.EACCES: "this user may not write there; choose another folder",
    errno.EPERM: "this user may not write there; choose another folder",
    errno.ENOTDIR: "is not a folder; choose another one",
    errno.ELOOP: "is a symbolic link, which could lead anywhere; name the real folder",
    errno.EIO: "the disk or stick does not answer; check it and export again",
    errno.ENODEV: "the disk or stick is gone; plug it in and export again",
}


def export_error(target: Path, error: OSError) -> ExportError:
    """The error for what the system answered."""
    reason = f"cannot be written ({error.strerror}); choose another folder"
    return ExportError(target, _REASONS.get(error.errno or 0, reason))
