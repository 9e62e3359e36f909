"""The three services as a user meets them: start, tap to number. At rest: `idle`."""

import os
import statistics
import time
from pathlib import Path

import click

from tests.system.bus import Bus
from tests.waiting import eventually

TAPS = 10
WAY = ("start.number", "language.de", "group.antraege-und-ausweise", "topic.wohngeld")


def measure(data: Path) -> None:
    """Print how the running product behaves on this data folder."""
    began = time.monotonic()
    with Bus(data) as bus:
        ready_s = time.monotonic() - began
        click.echo(f"start to all three ready, the glass touchable: {ready_s:.1f} s")
        bus.kiosk("visit", "open", "--stop", "schalke-markt")
        delays_ms = [tap_to_number_s(bus) * 1000 for _ in range(TAPS)]
        click.echo(
            f"tap to number on the glass: median {statistics.median(delays_ms):.0f} ms,"
            f" longest {max(delays_ms):.0f} ms ({TAPS} taps, looking included)"
        )
        bus.kiosk("visit", "close", "--force")


def tap_to_number_s(bus: Bus) -> float:
    """Seconds from the last tap until a look at the glass tells the number."""
    for name in WAY:
        tap(bus, name)
    began = time.monotonic()
    bus.glass("tap", id="check.take")
    eventually(lambda: bus.glass("describe")["screen"] == "number", "a number")
    seconds = time.monotonic() - began
    tap(bus, "number.done")
    return seconds


def tap(bus: Bus, name: str) -> None:
    """Tap as soon as it is there."""
    eventually(lambda: "done" in bus.glass("tap", id=name), name)


def cpu_s(pid: int) -> float:
    """CPU seconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pss_mib(pid: int) -> float:
    """Memory that would be free without this process."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
