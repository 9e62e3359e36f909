"""Reader of received packages: verified by itself, before anything is asked of the database."""

from __future__ import annotations

import os
import stat
import tempfile
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from kiosk.counts.ledger import entry_digest
from kiosk.counts.ledger_entry import ClosedPeriod, decode_entry
from kiosk.export.manifest import ENTRY, PackageManifest
from kiosk.export.targets.safe_path import FOLDER_FLAGS, open_at
from kiosk.export.verification.examination import (
    examine_package,
    has_marks,
    is_package_name,
    read_signature,
    read_signed,
)
from kiosk.fleet.errors import NotReadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from kiosk.counts.signing import PublicKey

MOST_ARCHIVE_BYTES: Final = 32 * 1024**2
"""Of a package as one ZIP."""

_ARCHIVE: Final = ".zip"
_MOST_UNPACKED_BYTES: Final = 2 * MOST_ARCHIVE_BYTES
_MOST_FILES: Final = 200
_DEEPEST: Final = 2
"""A package may lie in the folder that was named, or in a folder of it, as one for each box."""

_FILE: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


@dataclass(frozen=True, slots=True)
class ReceivedPackage:
    """A package whose files, signature and ledger entry belong together; `body` is the entry."""

    place: str
    manifest: PackageManifest
    signature: bytes
    key: PublicKey
    entry: ClosedPeriod
    body: bytes


@dataclass(frozen=True, slots=True)
class UnsoundPackage:
    """What looks like a package and cannot be believed, and why."""

    place: str
    name: str
    device: str
    reason: str


Received = ReceivedPackage | UnsoundPackage


def read_folder(path: Path) -> Iterator[Received]:
    """The packages in a folder, as folders or as ZIP, one after the other.

    Raises `NotReadable` where the folder cannot be read or holds none.
    """
    found = False
    try:
        with open_at(str(path.absolute()), os.O_RDONLY | os.O_DIRECTORY) as folder:
            for package in _read_below(folder, path.absolute(), path.resolve().name, 0):
                found = True
                yield package
    except OSError as error:
        raise NotReadable(str(path), f"cannot be read ({error.strerror})") from None
    if not found:
        raise NotReadable(str(path), "holds no package; name a package or a folder of packages")


def count_candidates(path: Path) -> int:
    """About how many packages lie there, by their names alone: for a progress bar."""
    count = int(is_package_name(path.name))
    with suppress(OSError):
        for below in path.iterdir():
            if is_package_name(below.name):
                count += 1
            elif below.is_dir() and not below.is_symlink() and not below.name.startswith("."):
                with suppress(OSError):
                    count += sum(is_package_name(inside.name) for inside in below.iterdir())
    return count


def _read_below(folder: int, path: Path, name: str, depth: int) -> Iterator[Received]:
    if has_marks(folder):
        yield read_package(folder, str(path), name)
        return
    for below in sorted(os.listdir(folder)):
        if below.startswith("."):
            continue
        place = path / below
        try:
            mode = os.stat(below, dir_fd=folder, follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode) and depth < _DEEPEST:
                with open_at(below, FOLDER_FLAGS, folder) as inside:
                    yield from _read_below(inside, place, below, depth + 1)
            elif stat.S_ISREG(mode) and is_archive(below):
                with open_at(below, _FILE, folder) as file, os.fdopen(os.dup(file), "rb") as stream:
                    yield read_archive(stream, str(place), below)
        except OSError as error:
            denied = isinstance(error, PermissionError)
            remedy = "let this user read it" if denied else "copy it anew"
            reason = f"cannot be read ({error.strerror}); {remedy}"
            yield UnsoundPackage(str(place), below, "", reason)


def is_archive(name: str) -> bool:
    """Whether a file is called as the ZIP of a package is."""
    return name.endswith(_ARCHIVE) and is_package_name(name.removesuffix(_ARCHIVE))


def read_archive(stream: IO[bytes], place: str, name: str) -> Received:
    """The package in a ZIP of that name."""
    stem = name.removesuffix(_ARCHIVE)
    with tempfile.TemporaryDirectory(prefix="kiosk-office-") as folder:
        unpacked = Path(folder, "package")
        unpacked.mkdir()
        try:
            fault = _unpack(stream, stem, unpacked)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError):
            fault = "is no whole ZIP file; send it again"
        if fault:
            return UnsoundPackage(place, stem, "", fault)
        with open_at(str(unpacked), FOLDER_FLAGS) as opened:
            return read_package(opened, place, stem)


def _unpack(stream: IO[bytes], stem: str, folder: Path) -> str | None:
    """Write the files of `STEM/`; what is wrong with the archive, if anything."""
    with zipfile.ZipFile(stream) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > _MOST_FILES:
            return "has more files than a package"
        if sum(entry.file_size for entry in entries) > _MOST_UNPACKED_BYTES:
            return "is larger than any package"
        for entry in entries:
            above, _, name = entry.filename.rpartition("/")
            if above != stem or not name or name in {".", ".."} or "\0" in name:
                return f"has files outside of a folder {stem}"
            with archive.open(entry) as source:
                # What the list says of a size, the content need not keep to.
                content = source.read(entry.file_size + 1)
            if len(content) > entry.file_size:
                return "is larger than it says"
            (folder / name).write_bytes(content)
    return None


def read_package(folder: int, place: str, name: str) -> Received:
    """The package in an open folder of that name."""
    found = examine_package(folder, place, name)
    if found.faults or found.manifest is None or found.key is None:
        device = found.manifest.device if found.manifest else ""
        return UnsoundPackage(place, name, device, "; ".join(found.faults))
    manifest, signature = found.manifest, read_signature(folder)
    unsound = UnsoundPackage(place, name, manifest.device, "")
    body = read_signed(folder, manifest, ENTRY)
    if body is None:
        reason = f"has no {ENTRY}: an earlier version made it; update the box and export it again"
        return _why(unsound, reason)
    if not found.key.verifies(signature, manifest.encode()):
        return _why(unsound, "was exchanged while it was read; read it again")
    return _with_entry(unsound, manifest, signature, found.key, body)


def _with_entry(
    unsound: UnsoundPackage,
    manifest: PackageManifest,
    signature: bytes,
    key: PublicKey,
    body: bytes,
) -> Received:
    previous = bytes.fromhex(manifest.previous) if manifest.previous else None
    if entry_digest(previous, manifest.sequence, body).hex() != manifest.digest:
        return _why(unsound, f"{ENTRY} is not the entry that the manifest stands for")
    try:
        entry = decode_entry(body)
    except msgspec.MsgspecError:
        return _why(unsound, f"{ENTRY} is of a form that this version does not know: update it")
    if (entry.period, entry.names.device) != (manifest.period, manifest.device):
        return _why(unsound, f"{ENTRY} is of another period or box than the manifest")
    return ReceivedPackage(unsound.place, manifest, signature, key, entry, body)


def _why(package: UnsoundPackage, reason: str) -> UnsoundPackage:
    return UnsoundPackage(package.place, package.name, package.device, reason)
