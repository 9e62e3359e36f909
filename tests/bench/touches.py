"""From a touch to the complete next frame, by screen: CPU by kind of work, and at a tenth's speed.

A real glass on a virtual display. Its window's thread and those of the office get a tenth of a
core, where the kernel lets us say so (a CPU quota of cgroups); Mesa's threads, which draw in place
of a GPU, do not. `python -m tests.bench.touches --tree OTHER` measures another checkout too,
`--way number` the way to a number only. The number shows the code of its page for phones.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from kiosk.service import visits
from kiosk.system.paths import Paths
from kiosk.system.virtual_display import start_virtual_display
from kiosk.wiring.box import open_kiosk
from tests.bench.services import cpu_s
from tests.prepared import new_device
from tests.screens.running import RunningGlass

HERE = Path.cwd()
SIZE = "1280x800"
LANGUAGES = ("de", "ar")
READS_S = 2.0
"""How long somebody looks at a screen before touching it."""

QUOTA_US, PERIOD_US = 1_000, 10_000
GROUP = Path("/sys/fs/cgroup/cpu/radhaus-bench")

LOCAL, ANYWHERE = b'host = "127.0.0.1"', b'host = "0.0.0.0"'
"""Only where phones reach the console does a number show the code of its page."""

TO_NUMBER = ("start.number", "group.antraege-und-ausweise", "topic.wohngeld", "number.done")
TO_SMILEY = ("start.feedback", "smiley.5", "thanks.done")
TO_ADDRESS = ("start.offers", "", "close")
"""Without a name: the first need."""

WAYS = {"number": TO_NUMBER, "smiley": TO_SMILEY, "address": TO_ADDRESS}


@dataclass
class MeasuredGlass(RunningGlass):
    """The glass of a checkout, which tells what each touch took."""

    @property
    def command(self) -> list[str]:
        """Its environment is the checkout's own."""
        meter = str(HERE / "tests/bench/measured_glass.py")
        return [str(self.checkout / ".venv/bin/python"), meter]


@dataclass(frozen=True, slots=True)
class Touch:
    """What one took, in milliseconds, and the screen that it led to."""

    screen: str
    language: str
    wall: float
    main: float
    all: float
    shares: dict[str, float]
    counts: dict[str, int]


def measure(tree: Path = HERE, ways: Sequence[str] = tuple(WAYS), rounds: int = 1) -> None:
    """Print what touches take in this checkout; each round takes each way in each language."""
    for slowed in (False, True):
        with tempfile.TemporaryDirectory() as folder, _glass(Path(folder), tree) as glass:
            speed = _slow_down(glass.process.pid) if slowed else "as fast as the machine"
            if speed:
                time.sleep(READS_S)
                touches = [*_rounds(glass, ways, rounds, patience=3 if slowed else 1)]
                _report(speed, touches)
                click.echo(f"- the glass: {cpu_s(glass.process.pid):.1f} s CPU in all")


@contextmanager
def _glass(folder: Path, tree: Path) -> Iterator[MeasuredGlass]:
    paths = Paths(folder / "data")
    new_device(paths)
    config = paths.config.read_bytes()
    paths.config.write_bytes(config.replace(LOCAL, ANYWHERE))
    kiosk = open_kiosk(paths)
    with closing(kiosk.office.database), start_virtual_display("1280x1280") as display:
        visits.open_visit(kiosk.office, None, None, kiosk.now())
        environment = {**os.environ, **display.environment}
        glass = MeasuredGlass(paths.data, environment, SIZE, checkout=tree)
        glass.start()
        try:
            yield glass
        finally:
            glass.stop()
            with suppress(OSError):
                GROUP.rmdir()


def _slow_down(pid: int) -> str:
    """A tenth of a core for all threads but Mesa's; nothing where the kernel forbids it."""
    try:
        GROUP.mkdir(exist_ok=True)
        (GROUP / "cpu.cfs_period_us").write_text(str(PERIOD_US))
        (GROUP / "cpu.cfs_quota_us").write_text(str(QUOTA_US))
        for task in Path(f"/proc/{pid}/task").iterdir():
            if not (task / "comm").read_text().startswith("llvmpipe"):
                (GROUP / "tasks").write_text(task.name)
    except OSError as error:
        click.echo(f"a tenth of the speed: not measured, the kernel forbids it ({error})")
        return ""
    return "at a tenth of the speed, Mesa's threads aside"


def _rounds(
    glass: MeasuredGlass, ways: Sequence[str], rounds: int, patience: int
) -> Iterator[Touch]:
    for _ in range(rounds):
        for language in LANGUAGES:
            for way in ways:
                chosen = () if language == "de" else ("language", f"language.{language}")
                for name in (*chosen, *WAYS[way]):
                    time.sleep(READS_S * patience)
                    yield _touch(glass, name or _first_need(glass))


def _first_need(glass: MeasuredGlass) -> str:
    names = [str(element["id"]) for element in glass.tree()["elements"]]
    return next(name for name in names if name.startswith("need."))


def _touch(glass: MeasuredGlass, name: str) -> Touch:
    answer = glass.ask(command="tap", id=name)
    tree = glass.tree()
    if "measured" not in answer:
        raise LookupError(answer)
    took: dict[str, Any] = answer["measured"]
    return Touch(tree["screen"], tree["language"], **took)


def _report(speed: str, touches: Sequence[Touch]) -> None:
    click.echo(
        f"touch to complete frame, {speed} ({len(touches)} touches, {len(LANGUAGES)} languages)"
    )
    by_screen = defaultdict[str, list[Touch]](list)
    for touch in touches:
        by_screen[f"{touch.screen}, {touch.language}"].append(touch)
    for screen, found in [*by_screen.items(), ("all", [*touches])]:
        walls = [touch.wall for touch in found]
        mains = [touch.main for touch in found]
        click.echo(
            f"- {screen}: median {statistics.median(walls):.0f} ms, longest {max(walls):.0f};"
            f" CPU of the window's thread median {statistics.median(mains):.1f},"
            f" longest {max(mains):.1f}, with Mesa's {statistics.median(t.all for t in found):.0f};"
            f" {_sums([touch.counts for touch in found], len(found), '.1f')}"
        )
        click.echo(f"  of it: {_sums([touch.shares for touch in found], len(found), '.1f', ' ms')}")


def _sums(parts: Sequence[dict[str, Any]], of: int, digits: str, unit: str = "") -> str:
    total = Counter[str]()
    for part in parts:
        total.update(part)
    return ", ".join(f"{name} {amount / of:{digits}}{unit}" for name, amount in total.most_common())


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.touches", description=__doc__)
    parser.add_argument("--tree", type=Path, action="append", default=[], help="another checkout")
    parser.add_argument("--way", action="append", choices=WAYS, help="only this one")
    parser.add_argument("--rounds", type=int, default=1, help="so often each way in each language")
    wanted = parser.parse_args()
    for tree in (*wanted.tree, HERE):
        click.echo(f"\n== {tree} ==")
        measure(tree.resolve(), wanted.way or tuple(WAYS), wanted.rounds)


if __name__ == "__main__":
    main()
