"""The three services as a user meets them: start, tap to number. At rest: `idle`."""

import os
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from queue import Queue

import click

from kiosk.domain.events import TicketTaken
from kiosk.service.follower import Follower
from kiosk.store.database import Database
from kiosk.system.paths import Paths
from tests.system.bus import Bus
from tests.waiting import eventually

TAPS = 10
WAY = ("start.number", "group.antraege-und-ausweise")


def measure(data: Path) -> None:
    """Print how the running product behaves on this data folder."""
    began = time.monotonic()
    with Bus(data) as bus:
        ready_s = time.monotonic() - began
        click.echo(f"start to all three ready, the glass touchable: {ready_s:.1f} s")
        bus.kiosk("visit", "open", "--stop", "schalke-markt")
        for told in tap_to_number(bus, data):
            click.echo(told)
        bus.kiosk("visit", "close", "--force")


def tap_to_number(bus: Bus, data: Path) -> Iterator[str]:
    """From the last tap to the commit, and from there to the complete frame with the number."""
    with commits(data) as seen:
        times_ms = [one_tap_ms(bus, seen) for _ in range(TAPS)]
    whats = ("tap on the glass to commit", "commit to the complete frame with the number")
    for what, column in zip(whats, zip(*times_ms, strict=True), strict=True):
        yield (
            f"{what}: median {statistics.median(column):.0f} ms,"
            f" longest {max(column):.0f} ms ({TAPS} taps)"
        )


@contextmanager
def commits(data: Path) -> Iterator[Queue[float]]:
    """When each ticket was committed, as a follower of the journal in another process sees it."""
    seen: Queue[float] = Queue()
    with closing(Database.open(Paths(data).database)) as database:
        follower = Follower(database)
        over = threading.Event()

        def follow() -> None:
            while not over.is_set():
                if any(isinstance(entry.event, TicketTaken) for entry in follower.wait(60)):
                    seen.put(time.monotonic())

        thread = threading.Thread(target=follow)
        thread.start()
        try:
            yield seen
        finally:
            over.set()
            follower.interrupt()
            thread.join()
            follower.close()


def one_tap_ms(bus: Bus, seen: Queue[float]) -> tuple[float, float]:
    began_s = begin_ticket(bus)
    committed_s = seen.get(timeout=10)
    drawn_s = finish_ticket(bus)
    return (committed_s - began_s) * 1000, (drawn_s - committed_s) * 1000


def begin_ticket(bus: Bus) -> float:
    """Walk to the last tap and do it; when that was, on the boot clock."""
    for name in WAY:
        tap(bus, name)
    began_s = time.monotonic()
    bus.glass("tap", id="topic.wohngeld")
    return began_s


def finish_ticket(bus: Bus) -> float:
    """Leave the number; when it stood on the window."""
    eventually(lambda: bus.glass("describe")["screen"] == "number", "a number")
    drawn_s: float = bus.glass("describe").get("drawn_at_s", 0.0)  # an older checkout tells none
    tap(bus, "number.done")
    return drawn_s


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
