"""A process of its own that commits to the journal."""

import os
import subprocess
import sys
from pathlib import Path

from tests.waiting import PATIENCE_S

WRITER = """
import sys, time
from pathlib import Path
from kiosk.domain.device_events import DeviceChanged
from kiosk.store import journal
from kiosk.store.database import Database
from tests.town import TownClock

database, clock = Database.open(Path(sys.argv[1])), TownClock()
print("ready", flush=True)
for line in sys.stdin:
    with database.write() as connection:
        event = DeviceChanged("printer", detail=line.strip())
        journal.append(connection, event, clock(), visit=None)
    print(time.monotonic(), flush=True)
"""

AS_OTHER_USERS = ["setpriv", "--bounding-set=-dac_override", "--"] if os.geteuid() == 0 else []
"""root, as which some run the tests, may open everything."""


class Writer:
    """A process that commits what it is told to."""

    def __init__(self, database: Path) -> None:
        self.process = subprocess.Popen(
            [*AS_OTHER_USERS, sys.executable, "-c", WRITER, str(database)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._line() == "ready"

    def _line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def committed_at_s(self) -> float:
        """When a commit was done, by the clock that only grows; fails if it was not."""
        return float(self._line())

    def send(self, *details: object) -> None:
        assert self.process.stdin
        self.process.stdin.write("".join(f"{detail}\n" for detail in details))
        self.process.stdin.flush()

    def write(self, *details: object) -> None:
        """Returns after the commits, and fails if one of them did."""
        self.send(*details)
        for _ in details:
            self.committed_at_s()

    def end(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(PATIENCE_S)
        self.process.stdout.close()
