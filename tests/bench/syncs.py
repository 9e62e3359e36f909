"""How many disk syncs and bytes an action costs, counted by strace."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import click

ACTIONS = 50

PEOPLE = r"""
import sys
from kiosk.system.paths import Paths
from kiosk.service import staff, citizens, visits
from kiosk.service.citizens import TicketRequest
from kiosk.service.panel_state import save_journal_position
from kiosk.service.slips import SLIPS
from kiosk.wiring.box import open_kiosk
from pathlib import Path

kiosk = open_kiosk(Paths(Path(sys.argv[1])))
office, now, times = kiosk.office, kiosk.now, int(sys.argv[2])
panel = open_kiosk(Paths(Path(sys.argv[1]))).office

def slip():
    citizens.take_ticket(office, TicketRequest("schulsystem", "de"), now())
    job = SLIPS.begin(panel, now())
    SLIPS.printed(panel, job.id, now())

def heard():
    staff.call_next(office, "1", now())
    save_journal_position(panel, 1)

actions = {
    "ticket": lambda: citizens.take_ticket(office, TicketRequest("schulsystem", "de"), now()),
    "ticket with its slip": slip,
    "call": lambda: staff.call_next(office, "1", now()),
    "call heard by the panel": heard,
    "smiley": lambda: citizens.give_feedback(office, 5, now()),
}
visits.open_visit(office, None, None, now())
for name, action in actions.items():
    sys.stderr.write(f"begin {name}\n")
    for _ in range(times):
        action()
    sys.stderr.write(f"end {name}\n")
visits.close_visit(office, now(), expected=None)
"""

SYNC = re.compile(r"\b(?:fsync|fdatasync|sync_file_range|msync)\(")
WRITTEN = re.compile(r"\bp?write(?:64|v)?\(.* = (\d+)$")
MARK = re.compile(r'write\(2, "(begin|end) ([^"\\]+)')


def measure(data: Path) -> None:
    """Print syncs and bytes per action of each kind."""
    for name, (syncs, written) in traced(data).items():
        click.echo(
            f"{name}: {syncs / ACTIONS:.2f} syncs, {written / ACTIONS:.0f} bytes written per action"
        )


def traced(data: Path) -> dict[str, tuple[int, int]]:
    """Syncs and bytes of `ACTIONS` actions of each kind."""
    with tempfile.NamedTemporaryFile("r", suffix=".strace") as trace:
        calls = "trace=fsync,fdatasync,sync_file_range,msync,write,pwrite64,writev,pwritev"
        subprocess.run(
            [
                "strace",
                "-f",
                "-o",
                trace.name,
                "-e",
                calls,
                sys.executable,
                "-c",
                PEOPLE,
                str(data),
                str(ACTIONS),
            ],
            check=True,
            stderr=subprocess.DEVNULL,
        )
        return counted(trace.read().splitlines())


def counted(lines: list[str]) -> dict[str, tuple[int, int]]:
    totals: dict[str, tuple[int, int]] = {}
    current = ""
    for line in lines:
        mark = MARK.search(line)
        if mark:
            current = mark[2] if mark[1] == "begin" else ""
        elif current:
            syncs, written = totals.get(current, (0, 0))
            bytes_written = WRITTEN.search(line)
            totals[current] = (
                syncs + bool(SYNC.search(line)),
                written + (int(bytes_written[1]) if bytes_written else 0),
            )
    return totals
