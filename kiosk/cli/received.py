"""Finds packages in folders that people name, and says what is wrong with them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.counts.signing import PublicKey
from kiosk.domain.errors import KioskError
from kiosk.export.targets.safe_path import FOLDER_FLAGS, open_at
from kiosk.export.verification.chain import chain_findings
from kiosk.export.verification.examination import (
    ExaminedPackage,
    examine,
    is_package_name,
    looks_like_package,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_FOLDERS = 10_000
_KEY_BYTES = 10_000


class NoPackage(KioskError):
    """Nothing in a folder looks like a package."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder = folder
        super().__init__(f"{shown(str(folder))}: {reason}; name a package or a folder of packages.")


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
        raise click.BadParameter(f"{shown(name)} is no public key: {error}") from None


def verify_packages(folders: Sequence[Path], keys: Sequence[PublicKey]) -> bool:
    """Print a line for each package and each finding. Whether there is none.

    Raises `NoPackage`.
    """
    packages = [package for folder in folders for package in _examined(folder, keys)]
    for package in packages:
        if package.manifest and package.key and not package.findings:
            number, box = package.manifest.sequence, package.manifest.device
            click.echo(
                f"{package.place}: intact, number {number} of {box},"
                f" signed by the key {package.key.fingerprint}."
            )
    findings = [
        *(f"{package.place}: {found}." for package in packages for found in package.findings),
        *chain_findings(packages),
    ]
    for finding in findings:
        click.echo(f"kiosk: {finding}", err=True)
    return not findings


def shown(text: str) -> str:
    """A stranger's name without what would move the cursor of a terminal."""
    return text if text.isprintable() else ascii(text)


def _examined(path: Path, keys: Sequence[PublicKey]) -> Iterator[ExaminedPackage]:
    """The package in this folder, or all those directly in it."""
    path = path.absolute()
    try:
        with open_at(str(path), os.O_RDONLY | os.O_DIRECTORY) as folder:
            if looks_like_package(folder, path.name):
                yield examine(folder, shown(str(path)), path.resolve().name, keys)
                return
            packages = list(_examined_below(folder, path, keys))
    except OSError as error:
        raise NoPackage(path, f"cannot be read ({error.strerror})") from None
    if not packages:
        raise NoPackage(path, "holds no package")
    yield from packages


def _examined_below(above: int, path: Path, keys: Sequence[PublicKey]) -> Iterator[ExaminedPackage]:
    for name in sorted(os.listdir(above))[:_MOST_FOLDERS]:
        place = shown(str(path / name))
        try:
            with open_at(name, FOLDER_FLAGS, above) as folder:
                if not name.startswith(".") and looks_like_package(folder, name):
                    yield examine(folder, place, name, keys)
        except OSError:
            if is_package_name(name):
                yield ExaminedPackage(place, None, None, ("it is no folder, or a link to one",))
