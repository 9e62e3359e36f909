"""What the help desk reads in a support bundle."""

from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING

from kiosk.operate.backup.encryption import decrypt

if TYPE_CHECKING:
    from pathlib import Path


def unpacked(file: Path, key: Path) -> dict[str, str]:
    """Its parts by name, opened with the key in a file."""
    with tarfile.open(fileobj=io.BytesIO(decrypt(file, key)), mode="r:gz") as tar:
        return {
            entry.name: stream.read().decode()
            for entry in tar
            if (stream := tar.extractfile(entry))
        }
