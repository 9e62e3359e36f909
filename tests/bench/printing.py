"""From a tap to the printer's first dots, and whether a printer that hangs is felt at the glass."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from hardware.printer.families import families
from kiosk.operate.setup import create_device
from kiosk.service import citizens, visits
from kiosk.service.queue_view import device_states
from kiosk.service.slips import slips_of
from kiosk.system.paths import Paths
from kiosk.wiring.box import Kiosk, open_kiosk
from tests.emulators.line import plugged_in
from tests.emulators.printer import EmulatedPrinter
from tests.waiting import eventually

TAPS = 200
TIMES = 300
FAMILY = "generic"
RASTER = b"\x1dv0"
TOPIC = "wohngeld"
PAUSE_S = 0.05


class Stopwatch(EmulatedPrinter):
    """A printer that notes when the first dots of a slip come."""

    def __init__(self) -> None:
        super().__init__(families()[FAMILY])
        self.first_s: float | None = None

    def hear(self, received: bytes) -> bytes:
        if self.first_s is None and RASTER in received:
            self.first_s = time.perf_counter()
        return super().hear(received)


def measure(data: Path) -> None:
    """Print both; the panel is a process of its own, as in a bus."""
    with tempfile.TemporaryDirectory(dir=data, prefix="printing-") as name:
        folder = Path(name)
        click.echo(first_dots(folder))
        click.echo(hanging(folder))


def first_dots(folder: Path) -> str:
    """The delay from the tap to the first raster command of its slip, one slip after the other."""
    printer, port = Stopwatch(), folder / "line" / "printer"
    with plugged_in(printer, port), working(folder / "prints", port) as kiosk:
        delays_ms = [first_dots_ms(kiosk, printer) for _ in range(TAPS)]
    p50, p99 = spread(delays_ms)
    return f"tap to the first dots at the printer: p50 {p50:.0f} ms, p99 {p99:.0f} ms ({TAPS} taps)"


def first_dots_ms(kiosk: Kiosk, printer: Stopwatch) -> float:
    printer.first_s = None
    began_s = time.perf_counter()
    ticket = take(kiosk)
    eventually(lambda: kiosk.office.read(slips_of, ticket).slip == "printed", "a slip")
    assert printer.first_s
    time.sleep(PAUSE_S)  # the panel comes to rest
    return (printer.first_s - began_s) * 1000


def hanging(folder: Path) -> str:
    """What a ticket costs beside a printer that takes no byte, and in a bus without a printer.

    Both take turns, so that noise meets both.
    """
    port = folder / "line" / "hangs"
    with (
        plugged_in(Stopwatch(), port) as line,
        working(folder / "hangs", port) as hangs,
        working(folder / "none", None) as none,
    ):
        line.faults.stalls = True
        take(hangs)
        pairs = [(issue_ms(hangs), issue_ms(none)) for _ in range(TIMES)]
    (hung, hung_p99), (bare, bare_p99) = (
        spread(list(column)) for column in zip(*pairs, strict=True)
    )
    return (
        f"ticket issue while the printer hangs: {hung:.2f} ms (p99 {hung_p99:.1f}), without a"
        f" printer: {bare:.2f} ms (p99 {bare_p99:.1f}), ratio {hung / bare:.2f} ({TIMES} each)"
    )


@contextmanager
def working(data: Path, port: Path | None) -> Iterator[Kiosk]:
    """A new device with an open visit and its panel; without a port it has no printer."""
    create_device(Paths(data), "gelsenkirchen")
    settings = Paths(data).config
    driver = 'driver = "none"' if port is None else f'driver = "serial"\nport = "{port}"'
    before, section, after = settings.read_text().partition("[devices.printer]\n")
    rest = after.partition("\n[")[2]
    settings.write_text(f'{before}{section}{driver}\nfamily = "{FAMILY}"\n\n[{rest}')
    kiosk = open_kiosk(Paths(data))
    visits.open_visit(kiosk.office, None, None, kiosk.now())
    visits.limit_topic(kiosk.office, TOPIC, None, kiosk.now())
    with panel(data):
        if port:
            ready(kiosk)
        yield kiosk
    kiosk.office.database.close()


@contextmanager
def panel(data: Path) -> Iterator[None]:
    """Its process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "panel", "--data", str(data)],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()


def ready(kiosk: Kiosk) -> None:
    """Wait until the panel has said that the printer is there."""
    eventually(lambda: kiosk.office.read(device_states, kiosk.now()).get("printer"), "a printer")


def take(kiosk: Kiosk) -> int:
    return citizens.take_ticket(
        kiosk.office, citizens.TicketRequest(TOPIC, "de"), kiosk.now()
    ).ticket.id


def issue_ms(kiosk: Kiosk) -> float:
    began_s = time.perf_counter()
    take(kiosk)
    return (time.perf_counter() - began_s) * 1000


def spread(times_ms: list[float]) -> tuple[float, float]:
    """p50 and p99."""
    return statistics.median(times_ms), statistics.quantiles(times_ms, n=100)[98]
