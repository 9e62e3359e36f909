"""Deterministic ZIP of a package: the same files give the same bytes, on any machine.

Stored and not deflated: zlib's output differs between its versions, and the digest of the archive
is what tells a repeated delivery from a new one.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.export.package import Package

_MADE = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can tell
_UNIX = 3
_MODE = 0o100644 << 16  # a regular file, readable by all


@dataclass(frozen=True, slots=True)
class ZipArchive:
    """A package as one file. `sha256` is in hexadecimal digits."""

    name: str
    content: bytes
    sha256: str


def build_archive(package: Package) -> ZipArchive:
    """One folder of the package's name, with its files in the order of their names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(package.files):
            entry = zipfile.ZipInfo(f"{package.name}/{name}", _MADE)
            entry.create_system, entry.external_attr = _UNIX, _MODE
            archive.writestr(entry, package.files[name])
    content = stream.getvalue()
    return ZipArchive(f"{package.name}.zip", content, hashlib.sha256(content).hexdigest())
