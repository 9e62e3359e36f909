"""A machine with two slots as UEFI and RAUC have them, whose power can be cut at any step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.operate.updates.slots import Bundle, RaucFailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


NEXT = Bundle("2", "radhaus-amd64")


class PowerCut(BaseException):
    """Nothing after it happens."""


@dataclass
class Machine:
    """`order` and `once` outlive a cut, as variables of the firmware do."""

    versions: dict[str, str]
    running: str = "a"
    order: list[str] = field(default_factory=lambda: ["a"])
    once: str | None = None
    steps_to_cut: int | None = None
    offered: Bundle = NEXT
    rauc_works: bool = True
    trusted: bool = True
    trial_outlives_power_off = True

    def restart(self) -> str:
        """The version that starts; what the system asked of the firmware still holds."""
        return self.switch_on()

    def switch_on(self) -> str:
        """The version that starts."""
        self.steps_to_cut = None
        self.running = self.once or self.order[0]
        self.once = None
        return self.versions[self.running]

    def step(self) -> None:
        """Something that changes the machine: the power may go before it."""
        if self.steps_to_cut is not None:
            if self.steps_to_cut == 0:
                raise PowerCut
            self.steps_to_cut -= 1

    @property
    def other(self) -> str:
        return "b" if self.running == "a" else "a"

    def inspect(self, bundle: Path) -> Bundle:
        if not (self.trusted and bundle.name.endswith(".raucb")):
            raise RaucFailed("signature verification failed")
        return self.offered

    def install(self, bundle: Path, progress: Callable[[str], None]) -> None:
        self.inspect(bundle)
        self.step()
        self.order = [slot for slot in self.order if slot != self.other]
        self.step()
        self.versions[self.other] = "torn"
        progress("50%")
        self.step()
        self.versions[self.other] = self.offered.version
        self.step()
        self.once = self.other

    def runs_on_trial(self) -> bool:
        if not self.rauc_works:
            raise RaucFailed("no answer")
        return self.running not in self.order

    def keep_running_slot(self) -> None:
        self.step()
        self.order = [self.running, *(slot for slot in self.order if slot != self.running)]

    def try_other_slot(self) -> None:
        self.step()
        self.once = self.other
