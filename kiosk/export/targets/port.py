"""Port of a delivery target: a folder, and what else takes a package as a whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from kiosk.export.package import Package


@dataclass(frozen=True, slots=True)
class Receipt:
    """The package has arrived; `place` is where, in the words of its target."""

    place: str


class Target(Protocol):
    """Delivering the same package again changes nothing and has the same receipt."""

    def put(self, package: Package) -> Receipt:
        """Deliver it, complete or not at all. Raises `ExportError`."""
