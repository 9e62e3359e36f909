"""Verification of one package: its files, their digests, its signature.

A folder may come from a stranger: nothing in it is followed, and everything read has a limit.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.counts.signing import PublicKey
from kiosk.export.manifest import MANIFEST, PUBLIC_KEY, SIGNATURE, PackageManifest
from kiosk.export.targets.safe_path import FOLDER_FLAGS, open_at, open_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from io import BufferedReader
    from pathlib import Path

    from kiosk.export.package import Package

_MOST_FILES: Final = 200
_MOST_NAMED: Final = 3
_MOST_MANIFEST_BYTES: Final = 256 * 1024
_MOST_KEY_BYTES: Final = 1024
_MOST_FILE_BYTES: Final = 16 * 1024**2
# Without O_NONBLOCK, a pipe that a stranger has laid there would be waited for.
_FILE: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
_MARKS: Final = (MANIFEST, SIGNATURE, "datapackage.json")
_NAMED_AS_PACKAGE = re.compile(r"[^_]+_[^_]+_\d{4}-[^_]+")
# What Windows Explorer leaves in a folder; other systems hide theirs with a dot.
_LITTER: Final = ("Thumbs.db", "desktop.ini")


class _Unsound(Exception):
    """One finding that ends the look at a package."""


@dataclass(frozen=True, slots=True)
class ExaminedPackage:
    """A folder, what it says to be where its signature holds, and what is wrong with it."""

    place: str
    manifest: PackageManifest | None
    key: PublicKey | None
    faults: tuple[str, ...]


def is_package_name(name: str) -> bool:
    """Whether a folder is called as a package is."""
    return bool(_NAMED_AS_PACKAGE.fullmatch(name))


def has_marks(folder: int) -> bool:
    """Whether something of a package lies in a folder."""
    return any(_exists(folder, mark) for mark in _MARKS)


def examine_package(
    folder: int, place: str, name: str, known_keys: Collection[PublicKey] = ()
) -> ExaminedPackage:
    """Look at an open folder of that name; `known_keys` are those of the reader's own boxes."""
    try:
        content, key = _content(folder, MANIFEST, _MOST_MANIFEST_BYTES), _key(folder)
        _check_signature(folder, key, content)
        manifest = _manifest(content)
    except _Unsound as finding:
        return ExaminedPackage(place, None, None, (str(finding),))
    faults = [*_strange(manifest, key, name, known_keys), *_changed(folder, manifest)]
    return ExaminedPackage(place, manifest, key, tuple(faults))


def read_signed(folder: int, manifest: PackageManifest, name: str) -> bytes | None:
    """A file of an open package as its box has signed it; None where it is not there so."""
    try:
        content = _content(folder, name, _MOST_FILE_BYTES)
    except _Unsound:
        return None
    return content if hashlib.sha256(content).hexdigest() == manifest.files.get(name) else None


def read_signature(folder: int) -> bytes:
    """The signature of an open package, or nothing where there is none."""
    try:
        return _content(folder, SIGNATURE, _MOST_KEY_BYTES)
    except _Unsound:
        return b""


def has_package(target: Path, package: Package) -> bool:
    """Whether it lies in a folder, whole and signed, be it as another version has made it.

    Raises `ExportError` for a folder that cannot be used.
    """
    own = PackageManifest.decode(package.files[MANIFEST])
    key = PublicKey.from_pem(package.files[PUBLIC_KEY])
    with open_folder(target) as above:
        try:
            with open_at(package.name, FOLDER_FLAGS, above) as folder:
                found = examine_package(folder, package.name, package.name, [key])
        except OSError:
            return False
    return not found.faults and found.manifest is not None and found.manifest.digest == own.digest


def _check_signature(folder: int, key: PublicKey, content: bytes) -> None:
    if not key.verifies(_content(folder, SIGNATURE, _MOST_KEY_BYTES), content):
        raise _Unsound(
            f"the signature does not fit {MANIFEST}: one of them was changed or exchanged"
        )


def _manifest(content: bytes) -> PackageManifest:
    try:
        manifest = PackageManifest.decode(content)
    except ValueError:  # also UnicodeDecodeError
        raise _Unsound(
            f"{MANIFEST} is not of a form that this version knows: update this program"
        ) from None
    if len(manifest.files) > _MOST_FILES:
        raise _Unsound(f"{MANIFEST} names more files than a package has")
    return manifest


def _key(folder: int) -> PublicKey:
    try:
        return PublicKey.from_pem(_content(folder, PUBLIC_KEY, _MOST_KEY_BYTES))
    except ValueError:
        raise _Unsound(f"{PUBLIC_KEY} is no Ed25519 key") from None


def _strange(
    manifest: PackageManifest, key: PublicKey, name: str, known_keys: Collection[PublicKey]
) -> Iterator[str]:
    if known_keys and key.fingerprint not in {known.fingerprint for known in known_keys}:
        yield f"it is signed by the key {key.fingerprint}, which is none of those you gave"
    if manifest.package != name:
        yield f"the folder was renamed: this is the package {manifest.package}"
    if (manifest.sequence == 1) != (manifest.previous is None):
        yield f"it says to be number {manifest.sequence} and names a wrong number of predecessors"


def _changed(folder: int, manifest: PackageManifest) -> Iterator[str]:
    """What does not lie there as the box has written it."""
    there = set(_names_in(folder))
    own = {MANIFEST, SIGNATURE, *_LITTER}
    strange = sorted(name for name in there - own - set(manifest.files) if name[0] != ".")
    if strange:
        rest = f" and {len(strange) - _MOST_NAMED} more" if len(strange) > _MOST_NAMED else ""
        names = ", ".join(map(repr, strange[:_MOST_NAMED]))
        yield f"what the box has not signed lies in it: {names}{rest}"
    for name, digest in sorted(manifest.files.items()):
        try:
            if _digest(folder, name) != digest:
                yield f"{name} was changed after the box had signed it"
        except _Unsound as finding:
            yield str(finding)
    if PUBLIC_KEY not in manifest.files:
        yield f"{PUBLIC_KEY} is not among the signed files"


def _names_in(folder: int) -> list[str]:
    names = []
    with os.scandir(folder) as entries:
        for entry in entries:
            names.append(entry.name)
            if len(names) > _MOST_FILES:
                break
    return names


def _exists(folder: int, name: str) -> bool:
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except OSError:
        return False
    return True


def _content(folder: int, name: str, most_bytes: int) -> bytes:
    with _opened(folder, name, most_bytes) as file:
        return file.read(most_bytes + 1)


def _digest(folder: int, name: str) -> str:
    with _opened(folder, name, _MOST_FILE_BYTES) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _opened(folder: int, name: str, most_bytes: int) -> Iterator[BufferedReader]:
    """A regular file of bearable size, never one that a link points to. Raises `_Unsound`."""

    def opener(path: str, _flags: int) -> int:
        # Not opened at all, for to open a device can do something.
        if not stat.S_ISREG(os.stat(path, dir_fd=folder, follow_symlinks=False).st_mode):
            raise _Unsound(f"{name} is no file, or a link to one")
        return os.open(path, _FILE, dir_fd=folder)

    try:
        with open(name, "rb", opener=opener) as file:
            facts = os.fstat(file.fileno())
            if not stat.S_ISREG(facts.st_mode):
                raise _Unsound(f"{name} is no file")
            if facts.st_size > most_bytes:
                raise _Unsound(f"{name} is larger than any file of a package")
            yield file
    except FileNotFoundError:
        raise _Unsound(f"{name} is missing") from None
    except OSError as error:
        raise _Unsound(f"{name} cannot be read ({error.strerror})") from None
