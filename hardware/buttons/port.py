"""Port of the push buttons."""

from dataclasses import dataclass
from typing import Protocol

from hardware.port import Device


@dataclass(frozen=True, slots=True)
class ButtonEdge:
    """A contact closed (`down`) or opened. `at_s` counts as `time.monotonic` does."""

    name: str
    down: bool
    at_s: float


class Buttons(Device, Protocol):
    """Tells every edge of every contact, rattling included.

    Refuses to know what a press is and what it does: bounce, rest and meaning are decided
    elsewhere, so that all drivers obey the same rule. A contact that is already closed when the
    device is opened is no edge, but `closed` names it.
    """

    def wait(self, timeout_s: float) -> ButtonEdge | None:
        """Return the next edge, or None after that time; raises `DeviceLost`."""

    def interrupt(self) -> None:
        """Let the wait under way, or else the next one, end; from any thread."""

    def closed(self) -> frozenset[str]:
        """The names of the contacts that are closed now; raises `DeviceLost`."""
