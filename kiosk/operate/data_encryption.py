"""Encryption of the disk that holds the data: whether it is on, and the recovery key (LUKS2)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.operate.backup.encryption import encrypt

if TYPE_CHECKING:
    from collections.abc import Iterator

OPENED_BY_RECOVERY_KEY: Final = Path("/run/radhaus-data/opened-by-recovery-key")
"""There where this start needed the recovery key, and no TPM could take the box's key over."""
_KEY_BYTES: Final = 32
_LUKS: Final = "CRYPT-LUKS"


def is_encrypted(folder: Path, root: Path = Path("/")) -> bool:
    """Whether the file system of this folder lies on LUKS, by what `root`/sys says."""
    while not folder.exists():
        folder = folder.parent
    number = folder.stat().st_dev
    device = root / f"sys/dev/block/{os.major(number)}:{os.minor(number)}"
    return any(uuid.startswith(_LUKS) for uuid in _uuids(device))


def needs_recovery_key(root: Path = Path("/")) -> bool:
    """Whether the next start will ask for the recovery key again."""
    return (root / OPENED_BY_RECOVERY_KEY.relative_to("/")).exists()


def draw_recovery_key(recipient: str, key: Path, sealed: Path) -> None:
    """Write a new key into the file `key`, and encrypted to the operator into `sealed`.

    Raises `OSError`.
    """
    drawn = secrets.token_hex(_KEY_BYTES).encode()  # no line end: the file's bytes are the key
    key.write_bytes(drawn)
    key.chmod(0o600)
    sealed.write_bytes(encrypt(drawn, recipient))


def _uuids(device: Path) -> Iterator[str]:
    """Of a block device and of those below it, such as LVM on LUKS."""
    uuid = device / "dm/uuid"
    if uuid.is_file():
        yield uuid.read_text(encoding="ascii")
    for below in device.glob("slaves/*"):
        yield from _uuids(below)
