"""Encryption of backups in the age format: to a public key, so that the box itself reads none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyrage
from pyrage import x25519

from kiosk.operate.backup.errors import BackupUnreadable, KeyUnusable, NoRecipient

if TYPE_CHECKING:
    from pathlib import Path

_SECRET = "AGE-SECRET-KEY-1"  # noqa: S105 - how such a line begins


def encrypt(content: bytes, recipient: str) -> bytes:
    """Raises `NoRecipient`; whether the recipient is one the settings have checked."""
    if not recipient:
        raise NoRecipient
    encrypted: bytes = pyrage.encrypt(content, [x25519.Recipient.from_str(recipient)])
    return encrypted


def decrypt(file: Path, identity: Path) -> bytes:
    """The content of a backup, whole and unchanged. Raises `BackupUnreadable`, `KeyUnusable`."""
    keys = _keys_in(identity)
    try:
        content: bytes = pyrage.decrypt(file.read_bytes(), keys)
    except OSError as error:
        raise BackupUnreadable(file, f"cannot be read ({error.strerror})") from error
    except pyrage.DecryptError as error:
        raise BackupUnreadable(file, _reason(str(error))) from error
    return content


def _keys_in(identity: Path) -> list[x25519.Identity]:
    try:
        lines = identity.read_text(encoding="utf-8").split()
        keys = [x25519.Identity.from_str(line) for line in lines if line.startswith(_SECRET)]
    except OSError as error:
        raise KeyUnusable(identity, f"cannot be read ({error.strerror})") from error
    except (UnicodeDecodeError, pyrage.IdentityError) as error:
        raise KeyUnusable(identity, "the key in it is damaged") from error
    if not keys:
        raise KeyUnusable(identity, "there is no secret key in it")
    return keys


def _reason(said: str) -> str:
    if "No matching keys" in said:
        return "it was encrypted to another key"
    return "it is damaged, cut off, or no backup"
