"""The pins of the box on gpio-sim, numbered as on a Raspberry Pi's header (BCM).

`pins.py make` creates them at rest, `pins.py set 5 0` closes the contact of pin 5 (to ground),
`pins.py get 17` tells the level of a lamp's pin.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CHIP = Path("/sys/kernel/config/gpio-sim/box")
PINS = 28
PI_4B = "Revision\t: c03115\n"


def make() -> None:
    """A bank whose lines are all high, and a board that says that it is a Raspberry Pi 4B."""
    cpuinfo = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    Path("/run/cpuinfo").write_text(cpuinfo + PI_4B, encoding="utf-8")
    run("mount", "--bind", "/run/cpuinfo", "/proc/cpuinfo")
    run("modprobe", "configfs")
    run("modprobe", "gpiosim")
    bank = CHIP / "bank0"
    bank.mkdir(parents=True)
    (bank / "num_lines").write_text(str(PINS))
    (bank / "label").write_text("pinctrl-bcm2711")
    (CHIP / "live").write_text("1")
    for pin in range(PINS):
        pull(pin, up=True)


def line(pin: int) -> Path:
    """The folder of a simulated line."""
    device = (CHIP / "dev_name").read_text().strip()
    chip = (CHIP / "bank0/chip_name").read_text().strip()
    return Path("/sys/devices/platform", device, chip, f"sim_gpio{pin}")


def pull(pin: int, *, up: bool) -> None:
    """Let the line go up, or close its contact."""
    (line(pin) / "pull").write_text("pull-up" if up else "pull-down")


def level(pin: int) -> int:
    """The level of the line now."""
    return int((line(pin) / "value").read_text())


def run(*command: str) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make"]:
            make()
        case ["set", pin, level_]:
            pull(int(pin), up=level_ == "1")
        case ["get", pin]:
            print(level(int(pin)))  # noqa: T201 - the answer
