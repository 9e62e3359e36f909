"""`script/bench`: figures, never a pass mark. Ratios within one run and counts; seconds are noisy.

Each figure is taken with an empty database and with the history of 200,000 past tickets; waiting
times are simulated and quarters closed in databases of their own. A whole run writes
`docs/benchmarks.md`.
"""

import argparse
import io
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path
from typing import TextIO

import click

from tests.bench import (
    buttons,
    calling,
    closing,
    crowd,
    fleet,
    idle,
    phones,
    presses,
    printing,
    report,
    services,
    state_cost,
    syncs,
    ticket_cost,
    touches,
    waits,
)
from tests.bench.history import devices

PARTS = {
    "ticket": ticket_cost.measure,
    "state": state_cost.measure,
    "syncs": syncs.measure,
    "services": services.measure,
    "idle": idle.measure,
    "calling": calling.measure,
    "phones": phones.measure,
    "crowd": crowd.measure,
    "printing": printing.measure,
    "buttons": buttons.measure,
}
ALONE = {
    "touches": touches.measure,
    "waits": waits.measure,
    "closing": closing.measure,
    "office": fleet.measure,
}
"""Parts with databases of their own."""

ON_DEMAND = {"presses": presses.measure}
"""Parts with a page of their own, which a whole run leaves as it is."""

HISTORY = 200_000


class Tee(io.StringIO):
    """Keeps what is printed, and prints it."""

    def __init__(self, out: TextIO) -> None:
        super().__init__()
        self._out = out

    def write(self, text: str) -> int:
        self._out.write(text)
        self._out.flush()
        return super().write(text)


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--history", type=int, default=HISTORY, help="past tickets; 0 skips them")
    parser.add_argument("--only", choices=[*PARTS, *ALONE, *ON_DEMAND], help="one part alone")
    chosen = parser.parse_args()
    where, printed = report.machine(), Tee(sys.stdout)
    with redirect_stdout(printed):
        failed = measure_all(chosen.history, chosen.only)
    if chosen.only is None:
        report.write(where, printed.getvalue())
    sys.exit(failed)


def measure_all(history: int, only: str | None) -> bool:
    """Run the parts; says whether one has failed, for a figure that is missing must be seen."""
    failed = False
    disk = Path("var").resolve()  # a real disk; /tmp may be memory, whose syncs are free
    disk.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=disk, prefix="bench-") as folder:
        if only not in {*ALONE, *ON_DEMAND}:
            for title, data in devices(Path(folder), history):
                click.echo(f"\n== {title} ==")
                for name, part in PARTS.items():
                    if only in {None, name}:
                        failed |= not measured(name, partial(part, data))
        for name, alone in (ALONE | ON_DEMAND).items():
            if only == name or (only is None and name in ALONE):
                failed |= not measured(name, alone)
    return failed


def measured(name: str, part: Callable[[], None]) -> bool:
    """Run one part; the others go on if it fails."""
    try:
        part()
    except Exception as error:  # noqa: BLE001 - whatever it is, the report says that it was
        traceback.print_exc()
        click.echo(f"{name} FAILED: {type(error).__name__}")
        return False
    return True


if __name__ == "__main__":
    main()
