"""Errors of backup and restore, one sentence each, with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.errors import KioskError, Refused

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.operate.backup.archive import BackupManifest


class NoRecipient(Refused):
    """No recipient is configured, and backups of a running period are never written in plain."""

    def __init__(self) -> None:
        super().__init__(
            "No backup without a recipient: make a key with 'age-keygen -o key.txt' on a computer"
            " of the office, keep that file there, and write the public key into config.toml:"
            ' [backup] recipient = "age1...".'
        )


class KeyUnusable(KioskError):
    """The identity file has no secret key of age in it."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(
            f"{path}: {reason}: name the file that 'age-keygen' wrote, with a line that begins"
            " with AGE-SECRET-KEY-1."
        )


class BackupUnreadable(KioskError):
    """The file is no backup that can be put back."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(f"{path}: {reason}; nothing was changed.")


class RestoreImpossible(KioskError):
    """The data folder cannot be written."""

    def __init__(self, folder: Path, error: OSError) -> None:
        self.folder = folder
        super().__init__(
            f"{folder}: cannot be written ({error.strerror}): run it as root (sudo kiosk restore),"
            " on a disk with room."
        )


class WouldOverwrite(Refused):
    """There is a device in the data folder."""

    def __init__(self, folder: Path, present: str | None, manifest: BackupManifest) -> None:
        self.folder = folder
        there = f"device {present}" if present else "a device whose database cannot be read"
        super().__init__(
            f"{folder} has {there}, and the backup is of {manifest}: --force replaces all of it."
        )
