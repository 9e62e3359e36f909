"""The two slots of an appliance, as RAUC has them."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import msgspec

from kiosk.domain.errors import KioskError

if TYPE_CHECKING:
    from collections.abc import Callable

_GOOD: Final = "good"
_UEFI: Final = Path("/sys/firmware/efi")


class RaucFailed(KioskError):
    """RAUC did not do what was asked."""

    def __init__(self, said: str) -> None:
        self.said = said
        super().__init__(f"RAUC refused: {said or 'it gave no reason'}")


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a signed bundle says of itself."""

    version: str
    compatible: str


class Slots(Protocol):
    """Both slots, of which one runs."""

    @property
    def trial_outlives_power_off(self) -> bool:
        """Whether the firmware still knows of `try_other_slot` after the power was off."""

    def inspect(self, bundle: Path) -> Bundle:
        """Verify the signature. Raises `RaucFailed`."""

    def install(self, bundle: Path, progress: Callable[[str], None]) -> None:
        """Write the slot that does not run, and start it once next time. Raises `RaucFailed`."""

    def runs_on_trial(self) -> bool:
        """Whether the slot that runs was started once only. Raises `RaucFailed`."""

    def keep_running_slot(self) -> None:
        """Start the slot that runs from now on; asks again after it. Raises `RaucFailed`."""

    def try_other_slot(self) -> None:
        """Start the other slot once, next time. Raises `RaucFailed`."""


class RaucSlots:
    """Both slots by the command `rauc`, which asks its service."""

    def __init__(self, rauc: str = "rauc") -> None:
        self._rauc = rauc

    @property
    def trial_outlives_power_off(self) -> bool:
        """UEFI keeps it in its variables; the firmware of a Raspberry Pi is told at a restart."""
        return _UEFI.is_dir()

    def inspect(self, bundle: Path) -> Bundle:
        told = self._json("info", "--output-format=json-2", str(bundle))
        update = told["update"]
        return Bundle(update["version"], update["compatible"])

    def inspect_by(self, keyring: Path, bundle: Path) -> Bundle:
        """The same on a machine that is no box, also by the RAUC of Debian 12."""
        trusted = f"--keyring={keyring}"
        told = self._json(trusted, "info", "--output-format=json", str(bundle))
        return Bundle(told["version"], told["compatible"])

    def install(self, bundle: Path, progress: Callable[[str], None]) -> None:
        process = subprocess.Popen(
            [self._rauc, "install", "--progress", str(bundle)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        last = ""
        assert process.stdout  # noqa: S101 - asked for above
        for line in process.stdout:
            last = line.strip() or last
            progress(last)
        if process.wait():
            raise RaucFailed(last)

    def runs_on_trial(self) -> bool:
        status = self._json("status", "--output-format=json")
        running = next(
            slot for slot in _slots(status) if slot.get("bootname") and slot["state"] == "booted"
        )
        return bool(running["boot_status"] != _GOOD)

    def keep_running_slot(self) -> None:
        self._run("status", "mark-good", "booted")
        if self.runs_on_trial():
            raise RaucFailed("the slot was marked good and is not")

    def try_other_slot(self) -> None:
        self._run("status", "mark-active", "other")

    def _json(self, *words: str) -> dict[str, Any]:
        answer: dict[str, Any] = msgspec.json.decode(self._run(*words))
        return answer

    def _run(self, *words: str) -> str:
        try:
            done = subprocess.run([self._rauc, *words], capture_output=True, text=True, check=False)
        except OSError as error:
            raise RaucFailed(error.strerror or "") from error
        if done.returncode:
            raise RaucFailed(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "")
        return done.stdout


def _slots(status: dict[str, Any]) -> list[dict[str, Any]]:
    return [slot for group in status["slots"] for slot in group.values()]
