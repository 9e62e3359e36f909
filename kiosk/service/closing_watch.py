"""Watcher by the clock: ends the intake, counts closed visits, forgets sheets, closes periods.

Rounding takes seconds and 150 MB, which no service carries for good: a process of its own does it.
Console and panel both watch, at different seconds of the hour; should both find something due, the
second one does nothing.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from kiosk.domain.errors import KioskError
from kiosk.domain.local_time import BERLIN
from kiosk.service import closing
from kiosk.service.intake_hours import end_intake
from kiosk.service.sheets import forget_closed
from kiosk.service.visit_counting import count_closed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office

LOOK_EVERY_S: Final = 3600.0
"""A clock that is set later is seen within the hour."""

COUNT_EVERY_S: Final = 60.0
"""A closed visit is counted within this time after it cannot be taken back any more, and the intake
ends within this time after its hour; sheets of a closed bus are forgotten within it, too."""

LONGEST_CLOSING_S: Final = 1800.0

log = logging.getLogger(__name__)


class ClosingWatch:
    """Looks soon after the start, then each hour and soon after each local midnight.

    `after_s` is how soon: not while the bus starts, and each service at another second.
    """

    def __init__(
        self, office: Office, now: Callable[[], Moment], command: Sequence[str], after_s: float
    ) -> None:
        self._office, self._now, self._command, self._after_s = office, now, command, after_s
        self._residue = False
        self._stopping = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._run, name="closing", daemon=True)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Watch while the block runs; a closing under way is ended with it, and loses nothing."""
        self._thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            if self._process:
                self._process.terminate()
            self._thread.join(timeout=2.0)

    def _run(self) -> None:
        rest_s = self._after_s
        while not self._stopping.wait(min(rest_s, COUNT_EVERY_S)):
            rest_s -= COUNT_EVERY_S
            self.end_intake()
            self.forget_sheets()
            if self.count_visit() or rest_s <= 0:
                self.check()
                rest_s = seconds_until_next_check(self._now(), self._after_s)

    def count_visit(self) -> bool:
        """Count a closed visit that cannot be taken back any more; says whether there was one."""
        try:
            return count_closed(self._office, self._now())
        except (KioskError, OSError) as error:
            log.warning("The closed visit is counted later: %s", error)
            return False

    def forget_sheets(self) -> None:
        """Forget the sheets of a closed bus, in the write-ahead log, too."""
        try:
            self._residue |= forget_closed(self._office, self._now())
            if self._residue:
                self._residue = not self._office.database.truncate_wal()
        except (KioskError, OSError) as error:
            log.warning("The sheets of the closed bus are forgotten later: %s", error)

    def end_intake(self) -> None:
        """End the intake when its hour has come."""
        try:
            end_intake(self._office, self._now())
        except (KioskError, OSError) as error:
            log.warning("The intake ends later: %s", error)

    def check(self) -> None:
        """Close what is due, if anything is."""
        try:
            if closing.is_closing_due(self._office, self._now()):
                self._close()
        except (KioskError, OSError) as error:
            log.warning("No look whether a period is to be closed: %s", error)

    def _close(self) -> None:
        log.info("A period is over and is closed now.")
        self._process = process = subprocess.Popen(
            self._command,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            output, failed = process.communicate(timeout=LONGEST_CLOSING_S)
        except subprocess.TimeoutExpired:
            process.kill()
            output, failed = process.communicate()
            failed = f"Closing took longer than {LONGEST_CLOSING_S:.0f} s."
        self._process = None
        if process.returncode == 0:
            log.info("%s", output.strip())
        elif not self._stopping.is_set():
            self._report(failed.strip() or f"Closing ended with {process.returncode}.")

    def _report(self, failed: str) -> None:
        """Whatever the other watcher has closed meanwhile has not failed."""
        reason = failed.splitlines()[-1].removeprefix("kiosk: ")
        if closing.is_closing_due(self._office, self._now()):
            log.warning("%s", reason)
            closing.record_failure(self._office, reason, self._now())


def closing_command(data: Path) -> list[str]:
    """`kiosk counts close` behind everything else.

    Not by `setpriv`, which calls capset(2) that the units forbid: if its service is killed, the
    unit's control group goes with it, and without a unit the closing goes on to its end.
    """
    return ["nice", "-n", "19", sys.executable, "-m", "kiosk", "counts", "close", f"--data={data}"]


def seconds_until_next_check(now: Moment, after_s: float) -> float:
    """An hour, or less if midnight comes before."""
    local = now.wall.astimezone(BERLIN)
    tomorrow = datetime.combine(local.date() + timedelta(days=1), datetime.min.time(), BERLIN)
    return min(LOOK_EVERY_S, (tomorrow - local).total_seconds() + after_s)


def _environment() -> dict[str, str]:
    """Without the service's line to systemd, and with one thread for linear algebra."""
    ours = {name: value for name, value in os.environ.items() if name != "NOTIFY_SOCKET"}
    return {**ours, "OPENBLAS_NUM_THREADS": "1"}
