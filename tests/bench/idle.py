"""At rest with a visit open: wake-ups, CPU and memory of each process; and commit to reader.

`python -m tests.bench.idle --tree OTHER` measures another checkout of this repository in the same
run, in turns, with the environment that `script/setup` made there.
"""

import argparse
import statistics
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import click

from tests.bench.services import TAPS, begin_ticket, cpu_s, finish_ticket, pss_mib
from tests.system.bus import SERVICES, Bus

IDLE_S = 60.0
COMMITS = 300
HERE = Path.cwd()

WRITER = """
import sys, time
from pathlib import Path
from kiosk.store import journal
from kiosk.store.database import Database
try:
    from kiosk.domain.device_events import DeviceChanged
except ImportError:  # an older checkout
    from kiosk.domain.events import DeviceChanged
from tests.town import TownClock

database, clock = Database.open(Path(sys.argv[1])), TownClock()
for line in sys.stdin:
    with database.write() as connection:
        journal.append(connection, DeviceChanged("lamp", detail=line), clock(), visit=None)
    print(time.monotonic(), flush=True)
"""

READER = """
import sys, time
from pathlib import Path
from kiosk.store.database import Database
try:
    from kiosk.service.follower import Follower
except ImportError:  # an older checkout
    from kiosk.service.follow import Follower

follower = Follower(Database.open(Path(sys.argv[1])))
print("ready", flush=True)
while True:
    for entry in follower.wait(10):
        print(time.monotonic(), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Rest:
    """What a process does while nothing happens. `cpu` is a share of one core."""

    wakeups_per_s: float
    cpu: float
    pss_mib: float

    def __str__(self) -> str:
        return (
            f"{self.wakeups_per_s:.1f} wake-ups/s, {self.cpu:.2%} of a core,"
            f" {self.pss_mib:.0f} MiB PSS"
        )


def sum_of(rests: Sequence[Rest]) -> Rest:
    return Rest(
        sum(rest.wakeups_per_s for rest in rests),
        sum(rest.cpu for rest in rests),
        sum(rest.pss_mib for rest in rests),
    )


def measure(data: Path, tree: Path = HERE) -> None:
    """Print how the processes of this checkout rest on this data folder."""
    with Bus(data, tree=tree) as bus:
        bus.kiosk("visit", "open", "--stop", "schalke-markt")
        for _ in range(TAPS):
            begin_ticket(bus)
            finish_ticket(bus)
        time.sleep(5.0)  # what that leaves to be done
        names = processes(bus)
        before = {pid: (wakeups(pid), cpu_s(pid)) for pid in names}
        time.sleep(IDLE_S)  # the measurement itself
        rests = {
            name: Rest(
                sum((wakeups(pid) - before[pid][0]).values()) / IDLE_S,
                (cpu_s(pid) - before[pid][1]) / IDLE_S,
                pss_mib(pid),
            )
            for pid, name in names.items()
        }
        rests["the three services"] = sum_of([rests[name] for name in SERVICES])
        rests["everything"] = sum_of([rests[name] for name in names.values()])
        for name, rest in rests.items():
            click.echo(f"{name}: {rest}")
        bus.kiosk("visit", "close", "--force")
    latency(data, tree)


def processes(bus: Bus) -> dict[int, str]:
    """All of the bus by pid: the services, what supervises them, and the display of its own."""
    services = {bus.service_pid(name) or 0: name for name in SERVICES}
    children = Path(f"/proc/{bus.process.pid}/task/{bus.process.pid}/children").read_text()
    others = {int(pid): Path(f"/proc/{pid}/comm").read_text().strip() for pid in children.split()}
    return {bus.process.pid: "supervisor", **others, **services}


def wakeups(pid: int) -> Counter[str]:
    """How often each thread was given the processor."""
    return Counter(
        {
            task.name: sum(
                int(line.split()[1])
                for line in (task / "status").read_text().splitlines()
                if "ctxt_switches" in line
            )
            for task in Path(f"/proc/{pid}/task").iterdir()
        }
    )


def latency(data: Path, tree: Path) -> None:
    """From a commit in one process until another has read it, writes falling at random moments."""
    python, database = tree / ".venv/bin/python", str(data / "kiosk.db")
    random, late_ms = Random(1), list[float]()
    with (
        subprocess.Popen(
            [python, "-c", READER, database], stdout=subprocess.PIPE, text=True, cwd=tree
        ) as reader,
        subprocess.Popen(
            [python, "-c", WRITER, database],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=tree,
        ) as writer,
    ):
        assert reader.stdout
        assert writer.stdin
        assert writer.stdout
        reader.stdout.readline()
        for number in range(COMMITS):
            time.sleep(random.uniform(0.01, 0.06))
            writer.stdin.write(f"{number}\n")
            writer.stdin.flush()
            committed_s = float(writer.stdout.readline())
            late_ms.append((float(reader.stdout.readline()) - committed_s) * 1000)
        writer.stdin.close()
        reader.terminate()
    percentiles = statistics.quantiles(late_ms, n=100, method="inclusive")
    click.echo(
        f"commit to reader: p50 {percentiles[49]:.2f} ms, p90 {percentiles[89]:.2f} ms,"
        f" p99 {percentiles[98]:.2f} ms, longest {max(late_ms):.1f} ms ({COMMITS} commits;"
        " below 0: read before the writer had the processor again)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.idle", description=__doc__)
    parser.add_argument("--tree", type=Path, action="append", default=[], help="another checkout")
    disk = HERE / "var"
    disk.mkdir(exist_ok=True)
    for tree in (*parser.parse_args().tree, HERE):
        click.echo(f"\n== {tree} ==")
        with tempfile.TemporaryDirectory(dir=disk, prefix="bench-") as folder:
            measure(Path(folder), tree.resolve())


if __name__ == "__main__":
    main()
