"""A Raspberry Pi: its firmware reads autoboot.txt, and RAUC calls the image's own backend.

The partition `radhaus` is a folder. What the firmware does is as its documentation says: filters
`[all]`, `[none]` and `[tryboot]`, 512 bytes, the last line that holds; tryboot is a flag of one
restart, which does not outlive the power.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.operate.updates.firmware import Machine

if TYPE_CHECKING:
    from collections.abc import Callable

IMAGE = Path(__file__).parents[3] / "image"
LAYER = IMAGE / "raspberry-pi"
BACKEND = LAYER / "root/usr/libexec/radhaus/boot-slots"
RUNS_ON_TRIAL = LAYER / "root/usr/libexec/radhaus/runs-on-trial"
NUMBERS = {
    "boot-" + slot: number
    for number, file in enumerate(sorted((IMAGE / "repart.d").iterdir()), start=1)
    for slot in "ab"
    if file.stem.endswith(f"boot-{slot}")
}
"""Of the boot partitions: they lie on the disk in the order of their files."""
_READ_BYTES = 512
_BUSCTL = """\
#!/bin/sh
case "$1 $5" in
"get-property RebootParameter") echo "s \\"$(cat "$RADHAUS_REBOOT_PARAMETER" 2>/dev/null)\\"" ;;
"call SetRebootParameter") printf %s "$7" >"$RADHAUS_REBOOT_PARAMETER" ;;
*) exit 1 ;;
esac
"""


@dataclass
class RaspberryPi(Machine):
    """`folder` has what outlives a cut, but for the parameter of the next restart."""

    folder: Path = Path()
    trial_outlives_power_off = False

    @classmethod
    def new(cls, versions: dict[str, str], folder: Path) -> RaspberryPi:
        """As script/image writes the card."""
        machine = cls(versions, folder=folder)
        for place in (machine.card, machine.bootloader, folder / "bin"):
            place.mkdir(parents=True)
        machine.autoboot.write_bytes((LAYER / "settings/autoboot.txt").read_bytes())
        busctl = folder / "bin/busctl"
        busctl.write_text(_BUSCTL, encoding="utf-8")
        busctl.chmod(0o755)
        machine.switch_on()
        return machine

    @property
    def card(self) -> Path:
        return self.folder / "card"

    @property
    def autoboot(self) -> Path:
        return self.card / "autoboot.txt"

    @property
    def bootloader(self) -> Path:
        """What the firmware tells the kernel, in its device tree."""
        return self.folder / "bootloader"

    @property
    def parameter(self) -> Path:
        """Of the next restart, in memory."""
        return self.folder / "reboot-param"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "RADHAUS_CARD": str(self.card),
            "RADHAUS_BOOTLOADER": str(self.bootloader),
            "RADHAUS_REBOOT_PARAMETER": str(self.parameter),
        }

    def switch_on(self) -> str:
        self.parameter.unlink(missing_ok=True)
        return self._start(tryboot=False)

    def restart(self) -> str:
        asked = self.parameter.read_text() if self.parameter.exists() else ""
        self.parameter.unlink(missing_ok=True)
        return self._start(tryboot=asked == "0 tryboot")

    def _start(self, *, tryboot: bool) -> str:
        self.steps_to_cut = None
        number = boot_partition(self.autoboot, tryboot=tryboot) or NUMBERS["boot-a"]
        names = {known: name.removeprefix("boot-") for name, known in NUMBERS.items()}
        self.running = names[number]
        for name, value in (("partition", number), ("tryboot", int(tryboot))):
            (self.bootloader / name).write_bytes(value.to_bytes(4))
        return self.versions[self.running]

    def backend(self, *words: str) -> str:
        """As RAUC calls it."""
        done = subprocess.run(
            [BACKEND, *words], env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def install(self, bundle: Path, progress: Callable[[str], None]) -> None:
        """RAUC marks the slot bad, writes it, and makes it the primary one."""
        self.inspect(bundle)
        self.step()
        self.backend("set-state", self.other, "bad")
        self.step()
        self.versions[self.other] = "torn"
        progress("50%")
        self.step()
        self.versions[self.other] = self.offered.version
        self.try_other_slot()

    def runs_on_trial(self) -> bool:
        super().runs_on_trial()  # it may give no answer
        return self.backend("get-state", self.running) != "good"

    def keep_running_slot(self) -> None:
        self.step()
        self.backend("set-state", self.running, "good")

    def try_other_slot(self) -> None:
        self.step()
        self.backend("set-primary", self.other)


def boot_partition(autoboot: Path, *, tryboot: bool) -> int | None:
    """The partition that the firmware starts; None where the file says nothing of it."""
    try:
        text = autoboot.read_bytes()[:_READ_BYTES].decode("ascii")
    except OSError:
        return None
    passes, number, by_partition = True, None, False
    for line in text.splitlines():
        if line.startswith("["):
            passes = {"[all]": True, "[none]": False, "[tryboot]": tryboot}[line]
        elif passes and line:
            key, value = line.split("=")
            if key == "boot_partition":
                number = int(value)
            by_partition |= (key, value) == ("tryboot_a_b", "1")
    assert by_partition or not tryboot, "it would look for tryboot.txt"
    return number
