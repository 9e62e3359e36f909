"""`script/bench`: figures, never a pass mark. Ratios within one run and counts; seconds are noisy.

Each figure is taken with an empty database and with the history of 200,000 past tickets; waiting
times are simulated in databases of their own.
"""

import argparse
import tempfile
from pathlib import Path

import click

from tests.bench import buttons, calling, idle, issue, phones, printing, services, syncs, waits
from tests.bench.history import devices

PARTS = {
    "issue": issue.measure,
    "syncs": syncs.measure,
    "services": services.measure,
    "idle": idle.measure,
    "calling": calling.measure,
    "phones": phones.measure,
    "printing": printing.measure,
    "buttons": buttons.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--history", type=int, default=200_000, help="past tickets; 0 skips them")
    parser.add_argument("--only", choices=[*PARTS, "waits"], help="one part alone")
    chosen = parser.parse_args()
    if chosen.only in {None, "waits"}:
        waits.measure()
    if chosen.only == "waits":
        return
    disk = Path("var").resolve()  # a real disk; /tmp may be memory, whose syncs are free
    disk.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=disk, prefix="bench-") as folder:
        for title, data in devices(Path(folder), chosen.history):
            click.echo(f"\n== {title} ==")
            for name, measure in PARTS.items():
                if chosen.only in {None, name}:
                    measure(data)


if __name__ == "__main__":
    main()
