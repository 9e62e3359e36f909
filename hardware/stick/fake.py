"""Stand-in: a folder plays the stick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.stick.port import StickUnusable, Unusable

if TYPE_CHECKING:
    from pathlib import Path


class FakeStick:
    """`why` makes it unusable; `pull` takes it out."""

    def __init__(self, folder: Path, why: Unusable | None = None) -> None:
        self._folder, self._why, self._plugged = folder, why, True
        self.mounted = False

    def mount(self) -> Path:
        if self._why:
            raise StickUnusable(self._why, "it was made so")
        self.mounted = True
        return self._folder

    def unmount(self) -> None:
        self.mounted = False

    def is_there(self) -> bool:
        return self._plugged

    def pull(self) -> None:
        self._plugged = False
