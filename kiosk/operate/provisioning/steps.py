"""Kinds of idempotent provisioning steps: what is pending below a root folder, and its change."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kiosk.domain.errors import KioskError, Refused

if TYPE_CHECKING:
    from pathlib import Path


class StepFailed(KioskError):
    """A program of the system did not do what the step needed."""

    def __init__(self, program: str, said: str) -> None:
        self.program, self.said = program, said
        super().__init__(f"{program} failed: {said.strip() or 'it gave no reason'}")


class HiddenFromServices(Refused):
    """The services run without homes and temporary files, so they could not see the program."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"{path} cannot be seen by the services: put Radhaus into /opt/radhaus, "
            "run script/setup there with Debian's python3, and provision from there."
        )


class ProvisioningStep(Protocol):
    """One thing that must be so. Paths are the running machine's own, with a leading slash."""

    def pending(self, root: Path) -> str | None:
        """What there is to do, as an order ("write /etc/x"); None when all is as it should be."""

    def apply(self, root: Path) -> None:
        """Make the change. Raises `KioskError`."""


@dataclass(frozen=True, slots=True)
class File:
    """A file with just this content."""

    path: str
    content: bytes
    mode: int = 0o644

    def pending(self, root: Path) -> str | None:
        """Whether content or mode differ."""
        place = under_root(root, self.path)
        same = place.is_file() and place.read_bytes() == self.content
        return None if same and place.stat().st_mode & 0o777 == self.mode else f"write {self.path}"

    def apply(self, root: Path) -> None:
        """Replace the file in one go, so that a power cut leaves the old one or the new one."""
        place = under_root(root, self.path)
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_name(f"{place.name}.new")
        unfinished.write_bytes(self.content)
        unfinished.chmod(self.mode)
        unfinished.replace(place)


@dataclass(frozen=True, slots=True)
class Link:
    """A symbolic link to just this target."""

    path: str
    target: str

    def pending(self, root: Path) -> str | None:
        """Whether the link is missing or leads elsewhere."""
        place = under_root(root, self.path)
        same = place.is_symlink() and str(place.readlink()) == self.target
        return None if same else f"link {self.path} to {self.target}"

    def apply(self, root: Path) -> None:
        """Make the link, in place of whatever carries its name."""
        place = under_root(root, self.path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        place.symlink_to(self.target)


@dataclass(frozen=True, slots=True)
class Gone:
    """A file or link that is not there."""

    path: str

    def pending(self, root: Path) -> str | None:
        """Whether it still is."""
        return f"remove {self.path}" if os.path.lexists(under_root(root, self.path)) else None

    def apply(self, root: Path) -> None:
        under_root(root, self.path).unlink()


@dataclass(frozen=True, slots=True)
class Packages:
    """Debian packages that are installed; for the running machine only."""

    names: tuple[str, ...]

    def pending(self, root: Path) -> str | None:
        """Whether one is missing, as dpkg's own list says."""
        missing = self._missing(root)
        return f"install the Debian packages {' '.join(missing)}" if missing else None

    def apply(self, root: Path) -> None:
        run_command("apt-get", "update", "--quiet", "--quiet")
        run_command("apt-get", "install", "--yes", "--no-install-recommends", *self._missing(root))

    def _missing(self, root: Path) -> list[str]:
        installed = installed_packages(root)
        return [name for name in self.names if name not in installed]


@dataclass(frozen=True, slots=True)
class VisibleToServices:
    """Programs and files that the services can see; for the running machine only."""

    paths: tuple[Path, ...]

    def pending(self, _root: Path) -> str | None:
        """Whether one lies where ProtectHome= and PrivateTmp= hide it."""
        hidden = self._hidden()
        return f"move {hidden} to where the services can see it" if hidden else None

    def apply(self, _root: Path) -> None:
        """Nothing that a program should do by itself."""
        hidden = self._hidden()
        if hidden:
            raise HiddenFromServices(hidden)

    def _hidden(self) -> Path | None:
        dark = {"home", "root", "tmp"}
        return next(
            (path for path in self.paths if path.parts[1:2] and path.parts[1] in dark), None
        )


def installed_packages(root: Path) -> set[str]:
    """Names of the Debian packages that are installed, as dpkg's own list says."""
    status = under_root(root, "/var/lib/dpkg/status")
    text = status.read_text(encoding="utf-8") if status.exists() else ""
    paragraphs = (paragraph.splitlines() for paragraph in text.split("\n\n"))
    return {
        lines[0].removeprefix("Package: ")
        for lines in paragraphs
        if "Status: install ok installed" in lines
    }


def under_root(root: Path, path: str) -> Path:
    """Where a path of the machine lies under a root folder."""
    return root / path.removeprefix("/")


def run_command(*command: str) -> None:
    """Run a program of the system. Raises `StepFailed` with its stderr."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    except OSError as error:
        raise StepFailed(command[0], error.strerror or "") from error
    if done.returncode:
        raise StepFailed(command[0], done.stderr)
