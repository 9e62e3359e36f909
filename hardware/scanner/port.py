"""Port of the scanner."""

from dataclasses import dataclass
from typing import Protocol

from hardware.port import Device


@dataclass(frozen=True, slots=True)
class Scan:
    """Something was held under the scanner; `digits` is None for all that is no code.

    `at_s` counts on a clock that never jumps.
    """

    digits: str | None
    at_s: float


class Scanner(Device, Protocol):
    """Tells what it reads, if that can be a code: 4 to 12 digits and nothing else.

    Whatever else is held under it, a web address, control characters, megabytes, comes out
    as a `Scan` without digits. Refuses to know what a code means, and whether the same slip was
    read twice.
    """

    def wait(self, timeout_s: float) -> Scan | None:
        """Return the next scan, or None after that time; raises `DeviceLost`."""
