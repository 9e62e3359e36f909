"""Received packages: finds them in named folders, and prints their faults."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.terminal import one_line
from kiosk.counts.signing import PublicKey
from kiosk.domain.errors import KioskError
from kiosk.export.targets.safe_path import FOLDER_FLAGS, open_at
from kiosk.export.verification.examination import (
    ExaminedPackage,
    examine_package,
    has_marks,
    is_package_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_FOLDERS = 10_000
_KEY_BYTES = 10_000


class NoPackage(KioskError):
    """Nothing in a folder looks like a package."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder = folder
        super().__init__(
            f"{one_line(str(folder))}: {reason}; name a package or a folder of packages."
        )


def as_keys(
    _context: click.Context, _option: click.Parameter, values: tuple[str, ...]
) -> list[PublicKey]:
    """Read the files of public keys."""
    return [_as_key(value) for value in values]


def _as_key(name: str) -> PublicKey:
    try:
        with Path(name).open("rb") as file:
            return PublicKey.from_pem(file.read(_KEY_BYTES))
    except (OSError, ValueError) as error:
        raise click.BadParameter(f"{name} is no public key: {error}") from None


def examine_packages(folders: Sequence[Path], keys: Sequence[PublicKey]) -> list[ExaminedPackage]:
    """The packages in these folders, each folder one or a folder of them. Raises `NoPackage`."""
    return [package for folder in folders for package in _examined(folder, keys)]


def print_packages(packages: Sequence[ExaminedPackage], faults: Sequence[str]) -> bool:
    """Print a line for each whole package and each fault. Whether there is none of these."""
    for package in packages:
        if package.manifest and package.key and not package.faults:
            number, box = package.manifest.sequence, package.manifest.device
            intact = f"{package.place}: intact, number {number} of {box}"
            click.echo(one_line(f"{intact}, signed by the key {package.key.fingerprint}."))
    found = [f"{package.place}: {found}." for package in packages for found in package.faults]
    for fault in (*found, *faults):
        click.echo(one_line(f"kiosk: {fault}"), err=True)
    return not (found or faults)


def _examined(path: Path, keys: Sequence[PublicKey]) -> Iterator[ExaminedPackage]:
    """The package in this folder, or all those directly in it."""
    path = path.absolute()
    try:
        with open_at(str(path), os.O_RDONLY | os.O_DIRECTORY) as folder:
            name = path.resolve().name
            packages = [] if has_marks(folder) else list(_examined_below(folder, path, keys))
            if not packages and (has_marks(folder) or is_package_name(name)):
                packages = [examine_package(folder, str(path), name, keys)]
    except OSError as error:
        raise NoPackage(path, f"cannot be read ({error.strerror})") from None
    if not packages:
        raise NoPackage(path, "holds no package")
    yield from packages


def _examined_below(above: int, path: Path, keys: Sequence[PublicKey]) -> Iterator[ExaminedPackage]:
    names = sorted(name for name in os.listdir(above) if not name.startswith("."))
    if len(names) > _MOST_FOLDERS:
        raise NoPackage(path, f"holds more than {_MOST_FOLDERS} names")
    for name in names:
        place = str(path / name)
        try:
            with open_at(name, FOLDER_FLAGS, above) as folder:
                if has_marks(folder) or is_package_name(name):
                    yield examine_package(folder, place, name, keys)
        except OSError:
            if is_package_name(name):
                yield ExaminedPackage(place, None, None, ("it is no folder, or a link to one",))
