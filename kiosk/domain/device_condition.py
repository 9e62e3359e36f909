"""State of a device on the wires."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hardware.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Condition:
    """What is wrong with a device, worst first; `detail` is for technicians: a path, a pin."""

    troubles: tuple[Trouble, ...] = ()
    detail: str = ""

    @property
    def ready(self) -> bool:
        """Whether it does its work."""
        return all(trouble.harmless for trouble in self.troubles)


READY = Condition()
