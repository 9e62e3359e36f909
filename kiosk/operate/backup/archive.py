"""Archive of a box: what a new one needs to go on as this one, as one tar file in memory."""

from __future__ import annotations

import io
import re
import tarfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

import kiosk
from kiosk.settings import config
from kiosk.store.backup_copy import consistent_copy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiosk.system.paths import Paths

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
CONFIG: Final = "config.toml"
PROFILE: Final = "profile.toml"
"""A profile of the operator's own, wherever it lay."""

_ALLOWED = re.compile(
    r"manifest\.json|kiosk\.db|config\.toml|profile\.toml|clips/([\w-]+/)?[\w-]+\.wav"
)


class BackupManifest(msgspec.Struct, frozen=True):
    """What a backup is of. `made` is what the clock said, be it trusted or not."""

    device: str
    profile: str
    made: datetime
    clock_trusted: bool
    version: str = kiosk.__version__
    format: int = FORMAT

    def __str__(self) -> str:
        day = f"{self.made:%Y-%m-%d %H:%M} UTC"
        when = day if self.clock_trusted else f"{day} by a clock that was not set"
        return f"device {self.device}, profile {self.profile}, {when}"


class NoArchive(ValueError):
    """The content is not what `pack` writes."""


@dataclass(frozen=True, slots=True)
class BackupArchive:
    """The files by their names in the data folder."""

    manifest: BackupManifest
    files: Mapping[str, bytes]


def pack(paths: Paths, manifest: BackupManifest) -> bytes:
    """The archive of a data folder, whose services may be at work."""
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in _files_of(paths, manifest):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return whole.getvalue()


def unpack(content: bytes) -> BackupArchive:
    """Read an archive: only files that it may have, and none twice. Raises `NoArchive`.

    It may come from anyone with the public key.
    """
    files: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as tar:
            for entry in tar:
                stream = tar.extractfile(entry) if entry.isreg() else None
                if stream is None or not _ALLOWED.fullmatch(entry.name) or entry.name in files:
                    raise NoArchive(f"it has {entry.name!r} in it, which no backup has")
                files[entry.name] = stream.read()
        manifest = msgspec.json.decode(files.pop(MANIFEST, b""), type=BackupManifest)
    except (tarfile.TarError, msgspec.MsgspecError) as error:
        raise NoArchive("it is no backup of Radhaus") from error
    if manifest.format > FORMAT:
        raise NoArchive("a newer version of Radhaus wrote it: install that one first")
    if missing := {"kiosk.db", CONFIG} - files.keys():
        raise NoArchive(f"{' and '.join(sorted(missing))} is missing in it")
    return BackupArchive(manifest, files)


def _files_of(paths: Paths, manifest: BackupManifest) -> Iterator[tuple[str, bytes]]:
    yield MANIFEST, msgspec.json.encode(manifest)
    yield CONFIG, paths.config.read_bytes()
    yield "kiosk.db", consistent_copy(paths.database)
    profile = Path(config.load_config(paths.config).profile)
    if profile.is_file():
        yield PROFILE, profile.read_bytes()
    for clip in sorted([*paths.clips.glob("*.wav"), *paths.clips.glob("*/*.wav")]):
        name = str(clip.relative_to(paths.data))
        with suppress(FileNotFoundError):  # removed since it was listed
            if _ALLOWED.fullmatch(name):
                yield name, clip.read_bytes()
