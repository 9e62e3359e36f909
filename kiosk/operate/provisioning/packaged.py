"""Provisioning where the Debian package is installed: what the package cannot know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.errors import Refused
from kiosk.operate.provisioning.data_folder import DataFolder
from kiosk.operate.provisioning.shipped import LOCAL, PACKAGE_HOME, PACKAGED
from kiosk.operate.provisioning.steps import Gone, Link, installed_packages, under_root

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.operate.provisioning.steps import ProvisioningStep

NAME = "radhaus"
_FILES = f"/var/lib/dpkg/info/{NAME}.list"
_WANTS = "/etc/systemd/system/"


class PackageInstalled(Refused):
    """A checkout must not lay a second copy of the units over those of the package."""

    def __init__(self) -> None:
        super().__init__(
            f"The Debian package {NAME} is installed here: provision with {PACKAGED.command}, "
            f"or remove the package first (apt remove {NAME}, which keeps the data)."
        )


def is_packaged(program: Path) -> bool:
    """Whether this kiosk command is the package's."""
    return program.is_relative_to(PACKAGE_HOME)


def is_installed(root: Path) -> bool:
    """Whether dpkg's own list names the package."""
    return NAME in installed_packages(root)


def packaged_steps(root: Path) -> list[ProvisioningStep]:
    """Nothing of an earlier checkout in the way, and the data open to the services."""
    return [*_leftovers(root), *_stale_links(root), DataFolder()]


def _leftovers(root: Path) -> Iterator[Gone]:
    """What an earlier checkout installed: it would hide the package's own."""
    files = under_root(root, _FILES)
    listed = files.read_text(encoding="utf-8").splitlines() if files.exists() else []
    for path in listed:
        twin = path.replace(PACKAGED.prefix, LOCAL.prefix, 1)
        if under_root(root, twin).is_file():
            yield Gone(twin)


def _stale_links(root: Path) -> Iterator[Link]:
    """What a checkout enabled stays enabled, as the unit of the package."""
    for link in sorted(under_root(root, _WANTS).glob("*.wants/kiosk*")):
        if link.is_symlink() and str(link.readlink()).startswith(f"{LOCAL.units}/"):
            path = f"{_WANTS}{link.parent.name}/{link.name}"
            yield Link(path, f"{PACKAGED.units}/{link.name}")
