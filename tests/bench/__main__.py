"""`script/bench`: figures, never a pass mark. Ratios within one run and counts; seconds are noisy.

Each figure is taken with an empty database and with the history of 200,000 past tickets.
"""

import argparse
import tempfile
from pathlib import Path

import click

from tests.bench import issue, services, syncs
from tests.bench.history import devices


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--history", type=int, default=200_000, help="past tickets; 0 skips them")
    parser.add_argument("--only", choices=["issue", "syncs", "services"], help="one part alone")
    chosen = parser.parse_args()
    parts = {"issue": issue.measure, "syncs": syncs.measure, "services": services.measure}
    disk = Path("var").resolve()  # a real disk; /tmp may be memory, whose syncs are free
    disk.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=disk, prefix="bench-") as folder:
        for title, data in devices(Path(folder), chosen.history):
            click.echo(f"\n== {title} ==")
            for name, measure in parts.items():
                if chosen.only in {None, name}:
                    measure(data)


if __name__ == "__main__":
    main()
